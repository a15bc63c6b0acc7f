//! What is chosen from a list.

use super::quoted;
use crate::lists::{keyboards, timezones};
use crate::other_names::{self, abbreviation, links, renamed_zone, zone_of_place};
use crate::suggest::meant;
use firn_words::{Text, nearest, say};

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
    // Every two letters are one slip from some layout, which says nothing about what was meant.
    let slip = || {
        let long = name.chars().count() > 2;
        long.then(|| nearest(name, keyboards().map(|k| k.name)))
            .flatten()
    };
    let hint = match other_names::keyboard(name).or_else(slip) {
        Some(near) => meant(near),
        None if known => meant(layout),
        None => say!("value-keyboard-example"),
    };
    Err(say!("value-keyboard", name = quoted(name), hint = hint))
}

/// A time zone, by its IANA name; also by one that it had before.
///
/// # Errors
/// What is wrong with it.
pub fn check_timezone(name: &str) -> Result<(), Text> {
    if zone_today(name).is_some() {
        return Ok(());
    }
    if let Some(place) = abbreviation(name) {
        return Err(say!(
            "value-timezone-abbreviation",
            name = quoted(name),
            place = quoted(place)
        ));
    }
    let hint = match zone_of_place(name).or_else(|| slip_of_zone(name)) {
        Some(near) => meant(near),
        None => say!("value-timezone-example"),
    };
    Err(say!("value-timezone", name = quoted(name), hint = hint))
}

/// The name that a time zone has today, by that one or by an earlier one.
pub(crate) fn zone_today(name: &str) -> Option<&'static str> {
    let today = timezones().map(|zone| zone.name).find(|zone| *zone == name);
    today.or_else(|| renamed_zone(name))
}

/// The zone that this is most likely a slip of. Region and city are compared on their own: half of a long name is its region.
fn slip_of_zone(name: &str) -> Option<&'static str> {
    let (region, city) = name.rsplit_once('/').unwrap_or(("", name));
    let all = || {
        timezones()
            .map(|zone| (zone.name, zone.name))
            .chain(links())
    };
    let parts = |zone: &'static str| zone.rsplit_once('/').unwrap_or(("", zone));
    let region = match nearest(region, all().map(|(zone, _)| parts(zone).0)) {
        Some(near) => near,
        None if region.is_empty() => "",
        None => return None,
    };
    let there = || all().filter(|(zone, _)| parts(zone).0 == region);
    let city = nearest(city, there().map(|(zone, _)| parts(zone).1))?;
    let found = there().find(|(zone, _)| parts(zone).1 == city);
    found.map(|(_, today)| today)
}
