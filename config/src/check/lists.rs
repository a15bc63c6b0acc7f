//! What is chosen from a list.

use firn_words::{Text, say};

use super::quoted;
use crate::lists::{keyboards, timezones};
use crate::suggest::{meant, nearest};

/// A keyboard: an XKB `layout` or `layout:variant` that Firn has a console map for.
///
/// # Errors
/// What is wrong with it.
pub fn check_keyboard(name: &str) -> Result<(), Text> {
    if keyboards().any(|k| k.name == name) {
        return Ok(());
    }
    let layout = name.split([':', '-', '(']).next().unwrap_or_default();
    let known = keyboards().any(|k| k.name == layout);
    let hint = match nearest(name, keyboards().map(|k| k.name)) {
        Some(near) => meant(near),
        None if known => meant(layout),
        None => say!("value-keyboard-example"),
    };
    Err(say!("value-keyboard", name = quoted(name), hint = hint))
}

/// A time zone, by its IANA name.
///
/// # Errors
/// What is wrong with it.
pub fn check_timezone(name: &str) -> Result<(), Text> {
    let names = || timezones().map(|zone| zone.name);
    if names().any(|zone| zone == name) {
        return Ok(());
    }
    let city = |zone: &&str| zone.rsplit_once('/').is_some_and(|(_, city)| city == name);
    let hint = match nearest(name, names()).or_else(|| names().find(city)) {
        Some(near) => meant(near),
        None => say!("value-timezone-example"),
    };
    Err(say!("value-timezone", name = quoted(name), hint = hint))
}
