//! Passwords, their hashes, and SSH keys.

use firn_words::{Text, say};

use super::quoted;
use crate::suggest::did_you_mean;

/// The types of keys that OpenSSH still takes.
const KEY_TYPES: &[&str] = &[
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// Root's password.
///
/// # Errors
/// What is wrong with it, without showing it.
pub fn check_password(password: &str) -> Result<(), Text> {
    if password.is_empty() {
        return Err(say!("value-password-empty"));
    }
    if password.len() > 255 {
        return Err(say!("value-password-long"));
    }
    if password.chars().any(char::is_control) {
        return Err(say!("value-password-control"));
    }
    Ok(())
}

/// Root's password as a hash of yescrypt or sha512-crypt.
///
/// # Errors
/// What is wrong with it, without showing it.
pub fn check_password_hash(hash: &str) -> Result<(), Text> {
    let fields: Vec<&str> = hash.split('$').collect();
    let sound = match fields.as_slice() {
        ["", "y", params, salt, sum] => {
            !params.is_empty() && !salt.is_empty() && is_crypt64(salt) && is_sum(sum, 43)
        }
        ["", "6", salt, sum] => is_salt(salt) && is_sum(sum, 86),
        ["", "6", rounds, salt, sum] => {
            rounds.starts_with("rounds=") && is_salt(salt) && is_sum(sum, 86)
        }
        _ if hash.starts_with("$y$") || hash.starts_with("$6$") => false,
        _ => {
            return Err(say!("value-hash-kind"));
        }
    };
    if sound {
        return Ok(());
    }
    Err(say!("value-hash-broken"))
}

fn is_crypt64(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'/')
}

fn is_sum(text: &str, length: usize) -> bool {
    text.len() == length && is_crypt64(text)
}

/// libxcrypt takes any printable salt, cut after 16 characters.
fn is_salt(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic() && b != b':')
}

/// A public SSH key, one line as in `authorized_keys`.
///
/// # Errors
/// What is wrong with it.
pub fn check_ssh_key(key: &str) -> Result<(), Text> {
    if key.contains("PRIVATE KEY") {
        return Err(say!("value-key-private"));
    }
    if key.trim().chars().any(char::is_control) {
        return Err(say!("value-key-lines", key = quoted(&short(key))));
    }
    let words: Vec<&str> = key.split_whitespace().collect();
    let Some(at) = words.iter().position(|w| KEY_TYPES.contains(w)) else {
        return Err(unknown_type(key, &words));
    };
    let blob = words.get(at + 1).and_then(|text| base64(text));
    if blob.is_some_and(|blob| begins_with_type(&blob, words[at])) {
        return Ok(());
    }
    Err(say!("value-key-broken", key = quoted(&short(key))))
}

fn unknown_type(key: &str, words: &[&str]) -> Text {
    let first = words.first().copied().unwrap_or_default();
    if first == "ssh-dss" {
        return say!("value-key-dsa", key = quoted(&short(key)));
    }
    let hint = did_you_mean(first, KEY_TYPES.iter().copied());
    say!("value-key-type", key = quoted(&short(key)), hint = hint)
}

/// The beginning of a key, enough to find it.
fn short(key: &str) -> String {
    let key = key.trim();
    let line = key.lines().next().unwrap_or_default();
    let start: String = line.chars().take(32).collect();
    if start.len() < key.len() {
        return format!("{start}…");
    }
    start
}

/// A key's data begins with its type again, after four bytes of length.
fn begins_with_type(blob: &[u8], kind: &str) -> bool {
    let length = (kind.len() as u32).to_be_bytes();
    blob.strip_prefix(&length)
        .and_then(|rest| rest.strip_prefix(kind.as_bytes()))
        .is_some_and(|rest| rest.len() > 16)
}

/// The bytes of base64 with its padding.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in digits.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}
