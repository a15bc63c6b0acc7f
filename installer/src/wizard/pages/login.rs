//! How people log in to the host: a password, keys, or both.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::strength::{Strength, strength};
use super::super::task::{Ability, KeySource, Reply, Task};
use super::super::update::ask;
use super::super::view::{Item, Sheet};
use super::{Behaviour, Errors, note};
use firn_config::{Secret, SshKey, check_password, check_ssh_key, check_ways_in, read_ssh_key};
use firn_tui::keys::Key;
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Root's password.
pub const PASSWORD: Control = Control::secret("password");
/// The same again.
pub const AGAIN: Control = Control::secret("password-again");
/// The SSH keys so far.
pub const KEYS: Control = Control::list("ssh-keys");
/// One more SSH key, or the URL of some.
pub const KEY: Control = Control::text("ssh-key");

/// Fewest characters of a password.
const SHORTEST: usize = 8;
/// Columns of a key's kind.
const KIND: usize = 11;
/// Columns of a fingerprint.
const PRINT: usize = 50;

/// The page.
pub struct Login;

impl Behaviour for Login {
    fn title(&self) -> Text {
        say!("page-login-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-login-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![
            say!("page-login-help-password"),
            say!("page-login-help-key"),
            say!("page-login-help-remove"),
        ]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if model.answers.host.ssh_keys.is_empty() {
            vec![PASSWORD, AGAIN, KEY]
        } else {
            vec![PASSWORD, AGAIN, KEYS, KEY]
        }
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::Back, Button::Next];
        if model.can(Ability::Sticks) {
            list.insert(0, Button::Fetch);
        }
        list
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        model.answers.host.ssh_keys.len()
    }

    fn key(&self, model: &mut Model, key: Key) -> Option<Vec<Effect>> {
        let meant = model.form.focus == Some(KEYS) && matches!(key, Key::Delete | Key::Backspace);
        meant.then(|| {
            remove(model);
            Vec::new()
        })
    }

    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        (button == Button::Fetch).then(|| fetch(model, KeySource::Sticks))
    }

    /// A key that was typed joins the others, those behind a URL are fetched. Enter in the field does no more than that.
    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        let text = model.form.text(KEY).to_owned();
        if is_url(&text) && model.can(Ability::Fetch) {
            return Some(fetch(model, KeySource::Url(text)));
        }
        if text.is_empty() || check_ssh_key(&text).is_err() {
            return None;
        }
        add(model, vec![text]);
        (model.form.focus == Some(KEY)).then(Vec::new)
    }

    fn reply(&self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Keys(Ok(found)) => {
                model.told = Some(say!("page-login-fetched", count = found.lines.len()));
                add(model, found.lines);
                model.form.focus = Some(KEYS);
                model
                    .form
                    .errors
                    .extend(found.refused.map(|text| (KEY, text)));
            }
            Reply::Keys(Err(text)) => {
                model.form.errors.insert(KEY, text);
                model.form.focus = Some(KEY);
            }
            _ => {}
        }
        Vec::new()
    }

    fn hints(&self, model: &Model) -> Option<Text> {
        match model.form.focus? {
            KEYS => Some(say!("keys-ssh-keys")),
            KEY => Some(say!("keys-ssh-key")),
            _ => None,
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        let (password, again) = (model.form.text(PASSWORD).to_owned(), model.form.text(AGAIN));
        let key = model.form.text(KEY);
        let keys = !key.is_empty() || !model.answers.host.ssh_keys.is_empty();
        if password.is_empty() && again.is_empty() && !keys {
            errors.push((PASSWORD, say!("page-login-nothing")));
        } else if !password.is_empty() || !again.is_empty() {
            errors.extend(passwords(model, PASSWORD, AGAIN));
        }
        if !key.is_empty() {
            note(&mut errors, KEY, check_ssh_key(key));
        } else if password.is_empty() {
            note(
                &mut errors,
                KEY,
                check_ways_in(&model.answers.host.ssh_keys),
            );
        }
        if errors.is_empty() {
            let password = (!password.is_empty()).then_some(Secret(password));
            model.answers.host.root_password = password;
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        sheet.field(PASSWORD, say!("page-login-password"), None);
        if !model.form.text(PASSWORD).is_empty() {
            meter(sheet);
        }
        sheet.field(AGAIN, say!("page-login-again"), None);
        sheet.blank();
        let keys = &model.answers.host.ssh_keys;
        if !keys.is_empty() {
            let items: Vec<_> = keys.iter().map(|line| item(sheet, line)).collect();
            let below = sheet.measure(add_key);
            let lines = sheet.left(below, 2);
            sheet.list(KEYS, &items, lines);
        }
        add_key(sheet);
    }
}

/// The field for one more key, and what there is to know.
fn add_key(sheet: &mut Sheet) {
    let model = sheet.model;
    let keys = &model.answers.host.ssh_keys;
    let example = say!("page-login-key-example");
    sheet.field(KEY, say!("page-login-key"), Some(example));
    sheet.blank();
    let marked = keys.get(model.form.cursor(KEYS));
    if let (Some(line), true) = (marked, model.form.focus == Some(KEYS)) {
        sheet.indented(2, describe(line).fingerprint, theme::dim());
    } else if model.form.text(PASSWORD).is_empty() && !keys.is_empty() {
        sheet.indented(2, say!("page-login-key-alone"), theme::warn());
    } else {
        sheet.indented(2, say!("page-login-rules", least = SHORTEST), Style::new());
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn fetch(model: &mut Model, source: KeySource) -> Vec<Effect> {
    ask(model, Task::Keys(source), say!("page-login-fetching"))
}

/// Adds keys that are not there yet; the field for more is empty afterwards.
fn add(model: &mut Model, lines: Vec<String>) {
    let keys = &mut model.answers.host.ssh_keys;
    for line in lines {
        let fingerprint = describe(&line).fingerprint;
        if keys
            .iter()
            .all(|key| describe(key).fingerprint != fingerprint)
        {
            keys.push(line);
        }
    }
    let last = keys.len().saturating_sub(1);
    model.form.cursors.insert(KEYS, last);
    model.form.texts.remove(&KEY);
    model.form.errors.clear();
}

/// Takes the marked key out.
fn remove(model: &mut Model) {
    let at = model.form.cursor(KEYS);
    let keys = &mut model.answers.host.ssh_keys;
    if at < keys.len() {
        keys.remove(at);
    }
    let last = keys.len().saturating_sub(1);
    model.form.cursors.insert(KEYS, at.min(last));
    if keys.is_empty() {
        model.form.focus = Some(KEY);
    }
}

/// The key in a line that was checked.
fn describe(line: &str) -> SshKey {
    read_ssh_key(line).unwrap_or_else(|_| SshKey {
        line: line.to_owned(),
        kind: String::new(),
        comment: String::new(),
        fingerprint: String::new(),
        gives_shell: true,
        expires: None,
    })
}

/// How strong the password is, below its field.
fn meter(sheet: &mut Sheet) {
    let password = sheet.model.form.text(PASSWORD);
    let lacks = SHORTEST.saturating_sub(password.chars().count());
    let (bars, word, style) = match strength(password) {
        _ if lacks > 0 => (0, say!("page-login-lacks", count = lacks), theme::warn()),
        Strength::Weak => (1, say!("page-login-weak"), theme::bad()),
        Strength::Fair => (2, say!("page-login-fair"), theme::warn()),
        Strength::Good => (3, say!("page-login-good"), theme::good()),
        Strength::Strong => (4, say!("page-login-strong"), theme::good()),
    };
    let same = (sheet.model.form.text(AGAIN) == password).then(|| say!("page-login-same"));
    let word = Text::join([Some(word), same].into_iter().flatten(), ", ");
    let word = sheet.say(word);
    sheet.line(Line::from(vec![
        Span::raw(" ".repeat(19)),
        Span::styled("█".repeat(bars * 4), style),
        Span::styled("░".repeat(16 - bars * 4), theme::dim()),
        Span::styled(format!(" {word}"), style),
    ]));
}

/// A key by its kind, its comment, and as much of its fingerprint as fits; the marked one's is shown whole below.
fn item(sheet: &Sheet, line: &str) -> Item {
    let key = describe(line);
    let room = sheet.width.saturating_sub(4 + KIND);
    let print = if room >= PRINT + 20 { PRINT } else { 20 };
    let comment = room.saturating_sub(print + 1);
    Item {
        spans: vec![
            Span::styled(fit(kind(&key.kind), KIND), theme::accent()),
            Span::raw(format!("{} ", fit(&key.comment, comment))),
            Span::styled(fit(&key.fingerprint, print), theme::dim()),
        ],
        faint: false,
    }
}

/// A key's kind as `ssh-keygen` says it.
fn kind(name: &str) -> &str {
    match name {
        "ssh-ed25519" => "ED25519",
        "ssh-rsa" => "RSA",
        "sk-ssh-ed25519@openssh.com" => "ED25519-SK",
        "sk-ecdsa-sha2-nistp256@openssh.com" => "ECDSA-SK",
        name if name.starts_with("ecdsa-") => "ECDSA",
        name => name,
    }
}

/// What is wrong with a password that was typed twice.
pub fn passwords(model: &Model, first: Control, second: Control) -> Errors {
    let mut errors = Errors::new();
    let password = model.form.text(first);
    note(&mut errors, first, rules(password));
    if model.form.text(second) != password {
        errors.push((second, say!("page-login-differ")));
    }
    errors
}

fn rules(password: &str) -> Result<(), Text> {
    check_password(password)?;
    if password.chars().count() < SHORTEST {
        return Err(say!("page-login-short", least = SHORTEST));
    }
    Ok(())
}
