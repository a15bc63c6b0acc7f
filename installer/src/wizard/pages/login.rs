//! How people log in to the host: a password, keys, or both.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::strength::{Strength, strength};
use super::super::task::{Ability, KeySource, Reply, Task};
use super::super::text::fit;
use super::super::theme;
use super::super::update::ask;
use super::super::view::{Item, Sheet};
use super::{Behaviour, Errors, note};
use firn_config::{Secret, check_password, check_ssh_key};
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Root's password.
pub const PASSWORD: Control = Control::secret("password");
/// The same again.
pub const AGAIN: Control = Control::secret("password-again");
/// An SSH public key, or the URL of some.
pub const KEY: Control = Control::text("ssh-key");
/// The keys that were fetched.
pub const KEYS: Control = Control::ticks("ssh-keys");

/// Fewest characters of a password.
const SHORTEST: usize = 8;

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
        ]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if model.keys.is_empty() {
            vec![PASSWORD, AGAIN, KEY]
        } else {
            vec![PASSWORD, AGAIN, KEY, KEYS]
        }
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::Back, Button::Next];
        if model.can(Ability::Fetch) || model.can(Ability::Sticks) {
            list.insert(0, Button::Fetch);
        }
        list
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        model.keys.len()
    }

    fn tick(&self, model: &mut Model, _control: Control) {
        let Some(key) = model.keys.get(model.cursor(KEYS)).cloned() else {
            return;
        };
        let ticked = model.ticked.entry(KEYS).or_default();
        if !ticked.remove(&key) {
            ticked.insert(key);
        }
    }

    /// From the URL in the field, else from the sticks.
    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        if button != Button::Fetch {
            return None;
        }
        let source = match model.text(KEY) {
            text if is_url(text) => KeySource::Url(text.to_owned()),
            _ => KeySource::Sticks,
        };
        Some(fetch(model, source))
    }

    /// Keys behind a URL are fetched before going on.
    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        let text = model.text(KEY).to_owned();
        if !is_url(&text) || !model.can(Ability::Fetch) {
            return None;
        }
        Some(fetch(model, KeySource::Url(text)))
    }

    fn reply(&self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Keys(Ok(keys)) => take_keys(model, keys),
            Reply::Keys(Err(text)) => {
                model.errors.insert(KEY, text);
                model.focus = Some(KEY);
            }
            _ => {}
        }
        Vec::new()
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        let (password, again) = (model.text(PASSWORD).to_owned(), model.text(AGAIN));
        let key = model.text(KEY).to_owned();
        let fetched = model.keys.iter().filter(|key| model.is_ticked(KEYS, key));
        let mut keys: Vec<_> = fetched.cloned().collect();
        if password.is_empty() && again.is_empty() && key.is_empty() && keys.is_empty() {
            errors.push((PASSWORD, say!("page-login-nothing")));
        } else if !password.is_empty() || !again.is_empty() {
            errors.extend(passwords(model, PASSWORD, AGAIN));
        }
        if !key.is_empty() {
            note(&mut errors, KEY, check_ssh_key(&key));
            if !keys.contains(&key) {
                keys.insert(0, key);
            }
        }
        if errors.is_empty() {
            let host = &mut model.answers.host;
            host.root_password = (!password.is_empty()).then_some(Secret(password));
            host.ssh_keys = keys;
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        sheet.field(PASSWORD, say!("page-login-password"), None);
        if !model.text(PASSWORD).is_empty() {
            meter(sheet);
        }
        sheet.field(AGAIN, say!("page-login-again"), None);
        sheet.blank();
        let example = say!("page-login-key-example");
        sheet.field(KEY, say!("page-login-key"), Some(example));
        if !model.keys.is_empty() {
            let item = |key: &String| item(sheet, key);
            let items: Vec<_> = model.keys.iter().map(item).collect();
            let lines = sheet.left(3, 2);
            sheet.list(KEYS, &items, lines);
        }
        sheet.blank();
        let keys = !model.text(KEY).is_empty() || !model.keys.is_empty();
        if model.text(PASSWORD).is_empty() && keys {
            sheet.indented(2, say!("page-login-key-alone"), theme::warn());
        } else {
            sheet.indented(2, say!("page-login-rules", least = SHORTEST), theme::dim());
        }
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn fetch(model: &mut Model, source: KeySource) -> Vec<Effect> {
    ask(model, Task::Keys(source), say!("page-login-fetching"))
}

/// Adds what was fetched, all of it ticked.
fn take_keys(model: &mut Model, keys: Vec<String>) {
    if is_url(model.text(KEY)) {
        model.texts.remove(&KEY);
    }
    model.told = Some(say!("page-login-fetched", count = keys.len()));
    for key in keys {
        model.ticked.entry(KEYS).or_default().insert(key.clone());
        if !model.keys.contains(&key) {
            model.keys.push(key);
        }
    }
    model.errors.clear();
    model.focus = model.controls().last().copied();
}

/// How strong the password is, below its field.
fn meter(sheet: &mut Sheet) {
    let (bars, word, style) = match strength(sheet.model.text(PASSWORD)) {
        Strength::Weak => (1, say!("page-login-weak"), theme::bad()),
        Strength::Fair => (2, say!("page-login-fair"), theme::warn()),
        Strength::Good => (3, say!("page-login-good"), theme::good()),
        Strength::Strong => (4, say!("page-login-strong"), theme::good()),
    };
    let word = sheet.say(word);
    sheet.line(Line::from(vec![
        Span::raw(" ".repeat(19)),
        Span::styled("█".repeat(bars * 4), style),
        Span::styled("░".repeat(16 - bars * 4), theme::dim()),
        Span::styled(format!(" {word}"), style),
    ]));
}

/// A key by its kind and its comment.
fn item(sheet: &Sheet, key: &str) -> Item {
    let mut words = key.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let start: String = words
        .next()
        .unwrap_or_default()
        .chars()
        .rev()
        .take(12)
        .collect();
    let end: String = start.chars().rev().collect();
    let comment = words.collect::<Vec<_>>().join(" ");
    let tick = if sheet.model.is_ticked(KEYS, key) {
        "[x] "
    } else {
        "[ ] "
    };
    let text = format!("{tick}{kind} ..{end} {comment}");
    Item {
        spans: vec![Span::styled(
            fit(&text, sheet.width.saturating_sub(5)),
            Style::new(),
        )],
        faint: false,
    }
}

/// What is wrong with a password that was typed twice.
pub fn passwords(model: &Model, first: Control, second: Control) -> Errors {
    let mut errors = Errors::new();
    let password = model.text(first);
    note(&mut errors, first, rules(password));
    if model.text(second) != password {
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
