//! A public SSH key as a line of `authorized_keys`. What passes here, sshd of OpenSSH 10 takes as well.

mod blob;
mod options;
mod shape;
#[cfg(test)]
mod tests;
mod value;

use super::quoted;
use firn_words::{Text, say};
use options::Options;
use ssh_key::HashAlg;

/// The types of keys that OpenSSH takes.
const KINDS: &[&str] = &[
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// A key that `authorized_keys` may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshKey {
    /// The line, without blanks around it.
    pub line: String,
    /// `ssh-ed25519`, …
    pub kind: String,
    /// What its owner has called it, mostly `name@machine`.
    pub comment: String,
    /// As `ssh-keygen -l` shows it: `SHA256:…`.
    pub fingerprint: String,
    /// Whether its owner gets a shell, which a command forced upon the key prevents.
    pub gives_shell: bool,
    /// When sshd stops to take it, as `YYYYMMDDHHMMSS`.
    pub expires: Option<String>,
}

/// A public SSH key, one line as in `authorized_keys`.
///
/// # Errors
/// What is wrong with it.
pub fn check_ssh_key(key: &str) -> Result<(), Text> {
    read_ssh_key(key).map(drop)
}

/// Reads a public SSH key, one line as in `authorized_keys`.
///
/// # Errors
/// What is wrong with it.
pub fn read_ssh_key(text: &str) -> Result<SshKey, Text> {
    // Windows' editors put a mark before the first character.
    let line = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    shape::check(line)?;
    let (options, rest) = split_options(line)?;
    let (kind, rest) = word(rest);
    if !KINDS.contains(&kind) {
        return Err(shape::no_kind(line));
    }
    let (data, comment) = word(rest);
    let key = blob::read(line, kind, data)?;
    Ok(SshKey {
        line: line.to_owned(),
        kind: kind.to_owned(),
        comment: comment.to_owned(),
        fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
        gives_shell: !options.forced_command,
        expires: options.expires,
    })
}

/// Whether somebody can work on a host that these keys alone lead to; they are good ones, and there may be none.
///
/// # Errors
/// That each of them runs one command and ends.
pub fn check_ways_in(keys: &[String]) -> Result<(), Text> {
    let mut read = keys.iter().filter_map(|key| read_ssh_key(key).ok());
    if keys.is_empty() || read.any(|key| key.gives_shell) {
        return Ok(());
    }
    Err(say!("value-keys-no-shell"))
}

/// Whether a file can hold lines of `authorized_keys` at all.
///
/// # Errors
/// That it is a private key, or a public one in another form.
pub fn check_key_file(text: &str) -> Result<(), Text> {
    shape::check_file(text)
}

/// The options, if the line does not begin with the key itself, and what is behind them.
fn split_options(line: &str) -> Result<(Options, &str), Text> {
    if KINDS.contains(&word(line).0) || !word(line).1.split(BLANKS).any(shape::is_kind) {
        return Ok((Options::default(), line));
    }
    let (options, rest) = options::split(line).ok_or_else(|| {
        let key = quoted(&shape::short(line));
        say!("value-key-quote", key = key)
    })?;
    Ok((options::read(line, options)?, rest))
}

/// What sshd takes for blanks; others only look like some.
const BLANKS: [char; 2] = [' ', '\t'];

/// The first word and what is behind it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(BLANKS);
    let (word, rest) = text.split_once(BLANKS).unwrap_or((text, ""));
    (word, rest.trim_start_matches(BLANKS))
}
