//! The options before a key, read as OpenSSH 10 reads them: one that it does not take makes it pass over the whole line.

use super::{BLANKS, shape, value};
use crate::check::quoted;
use crate::suggest::did_you_mean;
use firn_words::{Text, say};

/// Options without a value.
const FLAGS: &[&str] = &[
    "restrict",
    "cert-authority",
    "port-forwarding",
    "agent-forwarding",
    "x11-forwarding",
    "touch-required",
    "verify-required",
    "pty",
    "user-rc",
    "no-port-forwarding",
    "no-agent-forwarding",
    "no-x11-forwarding",
    "no-touch-required",
    "no-verify-required",
    "no-pty",
    "no-user-rc",
];
/// Options with a value in double quotes.
const VALUES: &[&str] = &[
    "command",
    "principals",
    "from",
    "expiry-time",
    "environment",
    "permitopen",
    "permitlisten",
    "tunnel",
];
/// Those that sshd takes only once.
const ONCE: &[&str] = &["command", "principals", "from"];

/// What the options mean for whoever logs in.
#[derive(Debug, Default)]
pub(super) struct Options {
    /// A program runs instead of a shell.
    pub forced_command: bool,
    /// When sshd stops to take the key, as `YYYYMMDDHHMMSS`.
    pub expires: Option<String>,
}

/// The options and what is behind them, at the first blank outside quotes; nothing if a quote stays open. A quote behind
/// a backslash never counts, not even behind two.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let (mut open, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' if !escaped => open = !open,
            c if BLANKS.contains(&c) && !open => return Some((&line[..at], &line[at..])),
            _ => {}
        }
        escaped = c == '\\';
    }
    None
}

/// Reads all options of the key in `line`.
pub(super) fn read(line: &str, text: &str) -> Result<Options, Text> {
    let key = quoted(&shape::short(line));
    let mut options = Options::default();
    let mut seen = Vec::new();
    for item in items(text) {
        let (name, given) = item
            .split_once('=')
            .map_or((item, None), |(name, text)| (name, Some(text)));
        let name = name.to_ascii_lowercase();
        if !given.map_or(FLAGS, |_| VALUES).contains(&name.as_str()) {
            return Err(unknown(&key, item, &name));
        }
        let Some(given) = given else {
            seen.push(name);
            continue;
        };
        let wrong = |reason: Text| {
            say!(
                "value-key-option-value",
                key = &key,
                name = quoted(&name),
                reason = reason
            )
        };
        let given =
            unquote(given).ok_or_else(|| wrong(say!("value-key-unquoted", name = &name)))?;
        if ONCE.contains(&name.as_str()) && seen.contains(&name) {
            return Err(wrong(say!("value-key-twice")));
        }
        value::check(&name, &given).map_err(wrong)?;
        options.note(&name, &given);
        seen.push(name);
    }
    let has = |name: &str| seen.iter().any(|seen| seen == name);
    if has("principals") && !has("cert-authority") {
        let reason = say!("value-key-principals");
        return Err(say!(
            "value-key-option-value",
            key = key,
            name = quoted("principals"),
            reason = reason
        ));
    }
    Ok(options)
}

impl Options {
    fn note(&mut self, name: &str, value: &str) {
        match name {
            "command" => self.forced_command = true,
            "expiry-time" => {
                let time = value::time(value);
                let earlier = |old: &String| time.as_ref().is_some_and(|new| new < old);
                if self.expires.as_ref().is_none_or(earlier) {
                    self.expires = time;
                }
            }
            _ => {}
        }
    }
}

/// The pieces between commas outside quotes.
fn items(text: &str) -> Vec<&str> {
    let (mut open, mut escaped) = (false, false);
    let comma = |c: char| {
        if c == '"' && !escaped {
            open = !open;
        }
        escaped = c == '\\';
        c == ',' && !open
    };
    text.split(comma).filter(|item| !item.is_empty()).collect()
}

/// The text between double quotes, with `\"` for one inside.
fn unquote(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = inner.replace("\\\"", "");
    (!plain.contains('"') && !inner.ends_with('\\')).then(|| inner.replace("\\\"", "\""))
}

fn unknown(key: &str, item: &str, name: &str) -> Text {
    if shape::is_host(item) {
        return say!("value-key-known-hosts", key = key);
    }
    if VALUES.contains(&name) {
        let reason = say!("value-key-unquoted", name = name);
        return say!(
            "value-key-option-value",
            key = key,
            name = quoted(name),
            reason = reason
        );
    }
    let hint = did_you_mean(name, FLAGS.iter().chain(VALUES).copied());
    say!(
        "value-key-option",
        key = key,
        word = quoted(item),
        hint = hint
    )
}
