//! The rules for single values; the wizard uses the very same ones.
//!
//! Each gives one sentence without a full stop, which quotes the value unless that is a secret.

use std::net::IpAddr;

use crate::lists::{keyboards, timezones};
use crate::suggest::{did_you_mean, nearest};
use crate::values::is_mac;

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

/// The name of the host: labels of letters, digits and hyphens with dots between.
///
/// # Errors
/// What is wrong with it.
pub fn check_host_name(name: &str) -> Result<(), String> {
    check_domain(name)?;
    let first = name.split('.').next().unwrap_or_default();
    if first.eq_ignore_ascii_case("localhost") {
        return Err(format!(
            "{name:?} is the name that every machine gives itself"
        ));
    }
    if name.parse::<IpAddr>().is_ok() || first.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!(
            "{name:?} is a number, no name; begin it with a letter"
        ));
    }
    Ok(())
}

/// The name of a DNS domain.
///
/// # Errors
/// What is wrong with it.
pub fn check_domain(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("\"\" is no name; write it as \"xen1.example.net\"".into());
    }
    if name.len() > 253 {
        return Err(format!("{name:?} is longer than 253 characters"));
    }
    if let Some(bare) = name.strip_suffix('.') {
        return Err(format!("{name:?} ends with a dot; write {bare:?}"));
    }
    name.split('.')
        .try_for_each(|label| check_label(name, label))
}

fn check_label(name: &str, label: &str) -> Result<(), String> {
    if label.is_empty() {
        return Err(format!("{name:?} has nothing between two dots"));
    }
    if label.len() > 63 {
        return Err(format!(
            "{label:?} in {name:?} is longer than 63 characters"
        ));
    }
    let allowed = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    if let Some(bad) = label.chars().find(|c| !allowed(c)) {
        let hint = if bad == '_' {
            format!("; write {:?}", name.replace('_', "-"))
        } else {
            String::new()
        };
        return Err(format!(
            "{name:?} has {bad:?} in it, a name takes letters, digits and hyphens only{hint}"
        ));
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err(format!(
            "{label:?} in {name:?} begins or ends with a hyphen"
        ));
    }
    Ok(())
}

/// Root's password.
///
/// # Errors
/// What is wrong with it, without showing it.
pub fn check_password(password: &str) -> Result<(), String> {
    if password.is_empty() {
        return Err("the password is empty".into());
    }
    if password.len() > 255 {
        return Err("the password is longer than 255 bytes".into());
    }
    if password.chars().any(char::is_control) {
        return Err("the password has a character in it that cannot be typed".into());
    }
    Ok(())
}

/// Root's password as a hash of yescrypt or sha512-crypt.
///
/// # Errors
/// What is wrong with it, without showing it.
pub fn check_password_hash(hash: &str) -> Result<(), String> {
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
            return Err(
                "the hash is of another kind than yescrypt ($y$…) and sha512-crypt \
                        ($6$…); make one with `mkpasswd`"
                    .into(),
            );
        }
    };
    if sound {
        return Ok(());
    }
    Err("the hash is not whole; copy it again, and put it between single quotes".into())
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
pub fn check_ssh_key(key: &str) -> Result<(), String> {
    if key.contains("PRIVATE KEY") {
        return Err(
            "this is a private key; give the public one, the file that ends in .pub".into(),
        );
    }
    if key.trim().chars().any(char::is_control) {
        return Err(format!(
            "{:?} has more than one line; give each key on its own",
            short(key)
        ));
    }
    let words: Vec<&str> = key.split_whitespace().collect();
    let Some(at) = words.iter().position(|w| KEY_TYPES.contains(w)) else {
        return Err(unknown_type(key, &words));
    };
    let blob = words.get(at + 1).and_then(|text| base64(text));
    if blob.is_some_and(|blob| begins_with_type(&blob, words[at])) {
        return Ok(());
    }
    Err(format!(
        "{:?} is not whole; copy the key again, on one line",
        short(key)
    ))
}

fn unknown_type(key: &str, words: &[&str]) -> String {
    let first = words.first().copied().unwrap_or_default();
    if first == "ssh-dss" {
        return format!(
            "{:?} is a DSA key, which OpenSSH no longer takes",
            short(key)
        );
    }
    let hint = did_you_mean(first, KEY_TYPES.iter().copied());
    format!(
        "{:?} is no SSH key; it begins with \"ssh-ed25519\", \"ssh-rsa\" or \"ecdsa-sha2-nistp256\"{hint}",
        short(key)
    )
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

fn base64(text: &str) -> Option<Vec<u8>> {
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

/// A keyboard: an XKB `layout` or `layout:variant` that Firn has a console map for.
///
/// # Errors
/// What is wrong with it.
pub fn check_keyboard(name: &str) -> Result<(), String> {
    if keyboards().any(|k| k.name == name) {
        return Ok(());
    }
    let layout = name.split([':', '-', '(']).next().unwrap_or_default();
    let known = keyboards().any(|k| k.name == layout);
    let hint = match nearest(name, keyboards().map(|k| k.name)) {
        Some(near) => format!("; did you mean {near:?}?"),
        None if known => format!("; did you mean {layout:?}?"),
        None => {
            "; it is an XKB layout, or layout:variant, such as \"us\", \"de\" or \"ch:fr\"".into()
        }
    };
    Err(format!("{name:?} is no keyboard that Firn knows{hint}"))
}

/// A time zone, by its IANA name.
///
/// # Errors
/// What is wrong with it.
pub fn check_timezone(name: &str) -> Result<(), String> {
    if timezones().any(|t| t == name) {
        return Ok(());
    }
    let city = |t: &'static str| t.rsplit_once('/').map(|(_, city)| city) == Some(name);
    let hint = match nearest(name, timezones()).or_else(|| timezones().find(|t| city(t))) {
        Some(near) => format!("; did you mean {near:?}?"),
        None => "; it is a name such as \"Europe/Berlin\" or \"UTC\"".into(),
    };
    Err(format!("{name:?} is no time zone{hint}"))
}

/// A whole MAC address.
///
/// # Errors
/// What is wrong with it.
pub fn check_mac(mac: &str) -> Result<(), String> {
    if is_mac(mac) {
        return Ok(());
    }
    Err(format!(
        "{mac:?} is no MAC address; write it as \"52:54:00:12:34:56\""
    ))
}

/// An NTP server: a name or an address.
///
/// # Errors
/// What is wrong with it.
pub fn check_ntp_server(server: &str) -> Result<(), String> {
    if server.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let digits = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    if !server.is_empty() && server.split('.').all(digits) {
        return Err(format!("{server:?} is no IP address"));
    }
    check_domain(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin";

    fn wrong(result: Result<(), String>) -> String {
        result.unwrap_err()
    }

    #[test]
    fn host_names() {
        for good in [
            "xen1",
            "xen1.example.net",
            "XEN-1",
            "a.b.c",
            "4you.example.net",
        ] {
            assert_eq!(check_host_name(good), Ok(()), "{good}");
        }
        let table = [
            ("", r#""" is no name; write it as "xen1.example.net""#),
            (
                "xen_1",
                r#""xen_1" has '_' in it, a name takes letters, digits and hyphens only; write "xen-1""#,
            ),
            (
                "xen 1",
                r#""xen 1" has ' ' in it, a name takes letters, digits and hyphens only"#,
            ),
            ("-xen", r#""-xen" in "-xen" begins or ends with a hyphen"#),
            ("xen..net", r#""xen..net" has nothing between two dots"#),
            ("xen.", r#""xen." ends with a dot; write "xen""#),
            (
                "localhost",
                r#""localhost" is the name that every machine gives itself"#,
            ),
            (
                "192.0.2.1",
                r#""192.0.2.1" is a number, no name; begin it with a letter"#,
            ),
        ];
        for (name, text) in table {
            assert_eq!(wrong(check_host_name(name)), text);
        }
        assert!(check_host_name(&"x".repeat(64)).is_err());
    }

    #[test]
    fn ssh_keys() {
        assert_eq!(check_ssh_key(KEY), Ok(()));
        assert_eq!(
            check_ssh_key(&format!("no-pty,from=\"10.*\" {KEY}")),
            Ok(())
        );
        let table = [
            (
                "",
                r#""" is no SSH key; it begins with "ssh-ed25519", "ssh-rsa" or "ecdsa-sha2-nistp256""#,
            ),
            (
                "ssh-ed25519 AAAA admin",
                r#""ssh-ed25519 AAAA admin" is not whole; copy the key again, on one line"#,
            ),
            (
                "ssh-ed2551 AAAA",
                r#""ssh-ed2551 AAAA" is no SSH key; it begins with "ssh-ed25519", "ssh-rsa" or "ecdsa-sha2-nistp256"; did you mean "ssh-ed25519"?"#,
            ),
            (
                "ssh-dss AAAA",
                r#""ssh-dss AAAA" is a DSA key, which OpenSSH no longer takes"#,
            ),
            (
                "-----BEGIN OPENSSH PRIVATE KEY-----",
                "this is a private key; give the public one, the file that ends in .pub",
            ),
            (
                "ssh-rsa AAAA\nssh-rsa AAAA",
                r#""ssh-rsa AAAA…" has more than one line; give each key on its own"#,
            ),
        ];
        for (key, text) in table {
            assert_eq!(wrong(check_ssh_key(key)), text);
        }
    }

    #[test]
    fn hashes_are_never_shown() {
        let sum = "a".repeat(86);
        let yescrypt = format!("$y$j9T$salt$ {}", "b".repeat(43)).replace(' ', "");
        for good in [
            format!("$6$saltsalt${sum}"),
            format!("$6$rounds=5000$saltsalt${sum}"),
            yescrypt,
        ] {
            assert_eq!(check_password_hash(&good), Ok(()), "{good}");
        }
        for bad in ["$6$saltsalt$short", "$y$j9T$salt", "$1$salt$hash", "geheim"] {
            let text = wrong(check_password_hash(bad));
            assert!(!text.contains(bad), "{text}");
        }
    }

    #[test]
    fn keyboards_zones_servers() {
        assert_eq!(check_keyboard("de"), Ok(()));
        assert_eq!(check_timezone("UTC"), Ok(()));
        assert_eq!(check_ntp_server("192.0.2.1"), Ok(()));
        assert_eq!(check_ntp_server("0.pool.ntp.org"), Ok(()));
        let table = [
            (
                check_keyboard("ch-fr"),
                r#""ch-fr" is no keyboard that Firn knows; did you mean "ch:fr"?"#,
            ),
            (
                check_keyboard("xx"),
                r#""xx" is no keyboard that Firn knows; it is an XKB layout, or layout:variant, such as "us", "de" or "ch:fr""#,
            ),
            (
                check_keyboard("de:klingonisch"),
                r#""de:klingonisch" is no keyboard that Firn knows; did you mean "de"?"#,
            ),
            (
                check_timezone("Europe/Berln"),
                r#""Europe/Berln" is no time zone; did you mean "Europe/Berlin"?"#,
            ),
            (
                check_timezone("Berlin"),
                r#""Berlin" is no time zone; did you mean "Europe/Berlin"?"#,
            ),
            (
                check_timezone("Mars"),
                r#""Mars" is no time zone; it is a name such as "Europe/Berlin" or "UTC""#,
            ),
            (
                check_ntp_server("192.0.2.300"),
                r#""192.0.2.300" is no IP address"#,
            ),
            (
                check_mac("52:54"),
                r#""52:54" is no MAC address; write it as "52:54:00:12:34:56""#,
            ),
        ];
        for (result, text) in table {
            assert_eq!(wrong(result), text);
        }
    }
}
