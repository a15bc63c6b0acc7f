//! What people paste instead of a line of `authorized_keys`.

use super::{BLANKS, KINDS};
use crate::check::quoted;
use crate::suggest::did_you_mean;
use firn_words::{Text, say};

/// A piece of a file, and what to say of it.
type Known = (&'static str, fn() -> Text);

/// Beginnings of files that hold a key in another form, and what to say; none of them is ever shown.
const FILES: &[Known] = &[
    ("PuTTY-User-Key-File", || say!("value-key-ppk")),
    ("PRIVATE KEY", || say!("value-key-private")),
    ("BEGIN SSH2 PUBLIC KEY", || say!("value-key-ssh2")),
    ("BEGIN RSA PUBLIC KEY", || {
        say!("value-key-pem", form = "PEM")
    }),
    ("BEGIN PUBLIC KEY", || say!("value-key-pem", form = "PKCS8")),
];

/// What ends a line, also where it stands alone, as on old Macs.
const BREAKS: [char; 2] = ['\n', '\r'];

/// Whether this names a type of key, also one that is not taken.
pub(super) fn is_kind(word: &str) -> bool {
    KINDS.contains(&word) || word == "ssh-dss" || word.contains("-cert-v01@openssh.com")
}

/// Refuses a file in another form, by the first lines that such files have.
pub(super) fn check_file(text: &str) -> Result<(), Text> {
    let heads = text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("--") || line.starts_with("PuTTY"));
    match heads
        .flat_map(|line| FILES.iter().filter(|(start, _)| line.contains(start)))
        .next()
    {
        Some((_, text)) => Err(text()),
        None => Ok(()),
    }
}

/// Refuses what is no single line of readable words.
pub(super) fn check(line: &str) -> Result<(), Text> {
    if let Some((_, text)) = FILES.iter().find(|(start, _)| line.contains(start)) {
        return Err(text());
    }
    let key = quoted(&short(line));
    if line.contains(BREAKS) {
        return Err(lines(line, key));
    }
    let strange =
        |c: &char| !BLANKS.contains(c) && (c.is_control() || c.is_whitespace() || *c == '\u{feff}');
    // A comment may be written in any way.
    let before = line.split_once("AAAA").map_or(line, |(before, _)| before);
    if let Some(c) = before
        .chars()
        .chain(line.chars().filter(|c| c.is_control()))
        .find(strange)
    {
        let code = format!("U+{:04X}", u32::from(c));
        return Err(say!("value-key-character", key = key, code = code));
    }
    if line.starts_with('#') {
        return Err(say!("value-key-comment", key = key));
    }
    Ok(())
}

/// Several keys, or one that a terminal has broken.
fn lines(line: &str, key: String) -> Text {
    // Not by `lines`, to which a carriage return alone ends nothing: what is put together must not come here again.
    let pieces: Vec<&str> = line
        .split(BREAKS)
        .filter(|piece| !piece.is_empty())
        .collect();
    let several = pieces
        .iter()
        .skip(1)
        .any(|piece| piece.split(BLANKS).any(is_kind));
    if !several && super::read_ssh_key(&pieces.concat()).is_ok() {
        return say!("value-key-wrapped", key = key, count = pieces.len());
    }
    say!("value-key-lines", key = key)
}

/// There is no type where one must stand.
pub(super) fn no_kind(line: &str) -> Text {
    let key = quoted(&short(line));
    let words: Vec<&str> = line.split(BLANKS).filter(|word| !word.is_empty()).collect();
    let first = words.first().copied().unwrap_or_default();
    if words.contains(&"ssh-dss") {
        return say!("value-key-dsa", key = key);
    }
    if words
        .iter()
        .any(|word| word.contains("-cert-v01@openssh.com"))
    {
        return say!("value-key-certificate", key = key);
    }
    if let Some(quote) = first.get(..1).filter(|first| ["\"", "'"].contains(first)) {
        return say!("value-key-stray", key = key, word = quoted(quote));
    }
    if first.starts_with("AAAA") {
        return say!("value-key-typeless", key = key);
    }
    if let Some(stray) = words
        .iter()
        .position(|word| KINDS.contains(word))
        .and_then(|at| words.get(at.wrapping_sub(1)))
    {
        return say!("value-key-stray", key = key, word = quoted(stray));
    }
    let hint = did_you_mean(first, KINDS.iter().copied());
    say!("value-key-type", key = key, hint = hint)
}

/// The beginning of a key, enough to find it.
pub(super) fn short(key: &str) -> String {
    let key = key.trim();
    let line = key.split(BREAKS).next().unwrap_or_default();
    let start: String = line.chars().take(32).collect();
    if start.len() < key.len() {
        return format!("{start}…");
    }
    start
}

/// Whether a word looks like the name or address of a host, as `known_hosts` has it first.
pub(super) fn is_host(word: &str) -> bool {
    let marked = ["|1|", "[", "@cert-authority", "@revoked"];
    let name = !word.contains(['=', '"']) && !word.ends_with(':') && word.contains(['.', ':']);
    name || marked.iter().any(|mark| word.starts_with(mark))
}
