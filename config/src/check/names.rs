//! Names and addresses.

use std::net::IpAddr;

use firn_words::{Text, say};

use super::quoted;
use crate::values::is_mac;

/// The name of the host: labels of letters, digits and hyphens with dots between.
///
/// # Errors
/// What is wrong with it.
pub fn check_host_name(name: &str) -> Result<(), Text> {
    check_domain(name)?;
    let first = name.split('.').next().unwrap_or_default();
    if first.eq_ignore_ascii_case("localhost") {
        return Err(say!("value-name-localhost", name = quoted(name)));
    }
    if name.parse::<IpAddr>().is_ok() || first.bytes().all(|b| b.is_ascii_digit()) {
        return Err(say!("value-name-number", name = quoted(name)));
    }
    Ok(())
}

/// The name of a DNS domain.
///
/// # Errors
/// What is wrong with it.
pub fn check_domain(name: &str) -> Result<(), Text> {
    if name.is_empty() {
        return Err(say!("value-name-empty"));
    }
    if name.len() > 253 {
        return Err(say!("value-name-long", name = quoted(name)));
    }
    if let Some(bare) = name.strip_suffix('.') {
        return Err(say!(
            "value-name-dot",
            name = quoted(name),
            bare = quoted(bare)
        ));
    }
    name.split('.')
        .try_for_each(|label| check_label(name, label))
}

fn check_label(name: &str, label: &str) -> Result<(), Text> {
    if label.is_empty() {
        return Err(say!("value-name-dots", name = quoted(name)));
    }
    if label.len() > 63 {
        return Err(say!(
            "value-label-long",
            label = quoted(label),
            name = quoted(name)
        ));
    }
    let allowed = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    if let Some(bad) = label.chars().find(|c| !allowed(c)) {
        let hint = match bad {
            '_' => say!("value-write", value = quoted(&name.replace('_', "-"))),
            _ => Text::default(),
        };
        return Err(say!(
            "value-name-character",
            name = quoted(name),
            character = format!("{bad:?}"),
            hint = hint
        ));
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err(say!(
            "value-label-hyphen",
            label = quoted(label),
            name = quoted(name)
        ));
    }
    Ok(())
}

/// A whole MAC address.
///
/// # Errors
/// What is wrong with it.
pub fn check_mac(mac: &str) -> Result<(), Text> {
    if is_mac(mac) {
        return Ok(());
    }
    Err(say!("value-mac", mac = quoted(mac)))
}

/// An NTP server: a name or an address.
///
/// # Errors
/// What is wrong with it.
pub fn check_ntp_server(server: &str) -> Result<(), Text> {
    if server.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let digits = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    if !server.is_empty() && server.split('.').all(digits) {
        return Err(say!("value-ip", address = quoted(server)));
    }
    check_domain(server)
}
