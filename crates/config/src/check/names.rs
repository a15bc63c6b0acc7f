//! Names and addresses.

use super::{Role, check_address, quoted};
use crate::values::is_mac;
use firn_words::{Text, say};
use std::net::IpAddr;

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
    if name.to_lowercase().ends_with(".localhost") {
        return Err(say!("value-name-localhost", name = quoted(name)));
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    if name.parse::<IpAddr>().is_err() && name.contains('.') && is_number(last) {
        return Err(say!(
            "value-name-number-last",
            name = quoted(name),
            last = quoted(last)
        ));
    }
    if name.parse::<IpAddr>().is_ok() || is_number(first) {
        return Err(say!("value-name-number", name = quoted(name)));
    }
    Ok(())
}

/// The name of a DNS domain.
///
/// # Errors
/// What is wrong with it.
fn check_domain(name: &str) -> Result<(), Text> {
    check_labels(name, is_usual)
}

fn check_labels(name: &str, allowed: fn(char) -> bool) -> Result<(), Text> {
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
        .try_for_each(|label| check_label(name, label, allowed))
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|b| b.is_ascii_digit())
}

/// A domain in which short names are looked up. Windows' domains have underscores; what only begins with one is a service.
///
/// # Errors
/// What is wrong with it.
pub fn check_search_domain(name: &str) -> Result<(), Text> {
    if name == "." {
        return Err(say!("value-search-root"));
    }
    if name.starts_with('_') {
        let hosts = name.split('.').skip_while(|label| label.starts_with('_'));
        let domain: Vec<&str> = hosts.collect();
        let domain = match domain.as_slice() {
            [] => "example.net".to_owned(),
            labels => labels.join("."),
        };
        return Err(say!(
            "value-search-service",
            name = quoted(name),
            domain = quoted(&domain)
        ));
    }
    check_labels(name, |c| is_usual(c) || c == '_')
}

/// Letters, digits and hyphens.
fn is_usual(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

fn check_label(name: &str, label: &str, allowed: fn(char) -> bool) -> Result<(), Text> {
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
    if let Some(bad) = label.chars().find(|c| !allowed(*c)) {
        if bad.is_alphabetic() {
            return Err(say!(
                "value-name-letter",
                name = quoted(name),
                character = format!("{bad:?}")
            ));
        }
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
    if let Ok(address) = server.parse::<IpAddr>() {
        return check_address(address, server, Role::Server);
    }
    if matches!(server, "dhcp" | "none") {
        return Err(say!("value-ntp-word", word = quoted(server)));
    }
    if server.eq_ignore_ascii_case("localhost") {
        return Err(say!("value-name-localhost", name = quoted(server)));
    }
    if !server.is_empty() && server.split('.').all(is_number) {
        return Err(say!("value-ip", address = quoted(server)));
    }
    check_domain(server)
}
