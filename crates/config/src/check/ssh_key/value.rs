//! The values of options, as far as sshd judges them.

use crate::check::quoted;
use firn_words::{Text, say};
use std::net::IpAddr;

/// The greatest number of a tunnel device in OpenSSH.
const MOST_TUNNEL: u32 = 0x7fff_fffd;

/// Refuses a value that sshd does not take, or that lets nobody in.
pub(super) fn check(name: &str, value: &str) -> Result<(), Text> {
    let good = match name {
        "from" => return from(value),
        "expiry-time" => time(value).is_some(),
        "environment" => value
            .split_once('=')
            .is_some_and(|(name, _)| is_variable(name)),
        "permitopen" => value.rsplit_once(':').is_some_and(is_place),
        "permitlisten" => value.rsplit_once(':').map_or(is_port(value), is_place),
        "tunnel" => is_tunnel(value),
        _ => true,
    };
    if good {
        return Ok(());
    }
    let example = match name {
        "expiry-time" => "20301231",
        "environment" => "NAME=value",
        "permitopen" => "192.0.2.1:443",
        "permitlisten" => "8080",
        _ => "0",
    };
    Err(say!(
        "value-key-value",
        value = quoted(value),
        example = quoted(example)
    ))
}

/// sshd compares addresses with these; one that it cannot read makes it let nobody in, from nowhere.
fn from(value: &str) -> Result<(), Text> {
    let mut hope = false;
    for piece in value.split(',') {
        let (wanted, pattern) = piece
            .strip_prefix('!')
            .map_or((true, piece), |rest| (false, rest));
        if pattern.is_empty() {
            return Err(say!("value-key-from-empty"));
        }
        let network = network(pattern);
        if network == Some(false) {
            return Err(say!("value-key-from-network", piece = quoted(pattern)));
        }
        hope |= wanted && (network == Some(true) || may_be_address(pattern));
    }
    if hope {
        return Ok(());
    }
    Err(say!("value-key-from-names", value = quoted(value)))
}

/// Whether an address, with or without a length, is a network: no bit is set behind its prefix. `None`: it is a pattern.
fn network(text: &str) -> Option<bool> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let (bits, most) = match address.parse().ok()? {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()) << 96, 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    };
    let length = length.unwrap_or(most);
    Some(length <= most && bits.checked_shl(length).unwrap_or(0) == 0)
}

/// Host names are not looked up (`UseDNS` is off), so a pattern of one never fits.
fn may_be_address(pattern: &str) -> bool {
    let letters = pattern.bytes().any(|b| b.is_ascii_alphabetic());
    let known = |b: u8| b.is_ascii_hexdigit() || b".:*?%".contains(&b);
    pattern.bytes().all(known) && (!letters || pattern.contains(':'))
}

/// `YYYYMMDD`, with `HHMM` or `HHMMSS` behind it, and perhaps `Z`; always given as 14 digits.
pub(super) fn time(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let digits = upper
        .strip_suffix("UTC")
        .or(upper.strip_suffix('Z'))
        .unwrap_or(&upper);
    if ![8, 12, 14].contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = format!("{digits:0<14}");
    let fields = [
        (0, 4, 1971, 9999),
        (4, 6, 1, 12),
        (6, 8, 1, 31),
        (8, 10, 0, 23),
        (10, 12, 0, 59),
        (12, 14, 0, 59),
    ];
    let fits = |&(start, end, least, most): &(usize, usize, u32, u32)| {
        whole[start..end]
            .parse()
            .is_ok_and(|n: u32| (least..=most).contains(&n))
    };
    fields.iter().all(fits).then_some(whole)
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_place((host, port): (&str, &str)) -> bool {
    let bare = match host.strip_prefix('[') {
        Some(inner) => inner
            .strip_suffix(']')
            .is_some_and(|name| !name.contains([']', '['])),
        None => !host.contains([':', '/']),
    };
    bare && host.len() < 1000 && is_port(port)
}

fn is_port(text: &str) -> bool {
    text == "*" || text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_tunnel(text: &str) -> bool {
    text.eq_ignore_ascii_case("any")
        || text
            .parse::<u32>()
            .is_ok_and(|number| number <= MOST_TUNNEL)
}
