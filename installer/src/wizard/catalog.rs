//! What the wizard offers to choose from: keyboard layouts and time zones, by the names that they have in each language.

use firn_config::{Keyboard, Names, Timezone};
use firn_tui::text::{base_letters, spell_out};
use firn_words::Language;
use std::collections::BTreeMap;

/// Keyboard layouts, and the picker of them.
pub const KEYBOARDS: &str = "keyboard";
/// Time zones, and the picker of them.
pub const ZONES: &str = "zone";

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What goes into the answers: "de", "Europe/Berlin".
    pub value: &'static str,
    /// What people call it.
    pub title: Names,
    /// What is said beside it: the layout's short name, the time zone's country.
    pub beside: Names,
    /// All that it is found by, each behind a line feed.
    found_by: String,
}

impl Entry {
    fn new(value: &'static str, title: Names, beside: Names) -> Self {
        let names = [value, title.en, title.de, beside.en, beside.de];
        let ways = names.map(|name| [plain(name), plain(&spell_out(name))]);
        let found_by = ways.iter().flatten().map(|way| format!("\n{way}"));
        Self {
            value,
            title,
            beside,
            found_by: found_by.collect(),
        }
    }

    /// Whether what was typed occurs in one of its names, in whichever language, with ü as u or as ue.
    pub fn matches(&self, typed: &str) -> bool {
        self.found_by.contains(plain(typed).trim())
    }

    /// How well it matches what was typed: 0 is its value, 1 begins so, 2 is the rest.
    pub fn rank(&self, typed: &str) -> u8 {
        let typed = plain(typed);
        let typed = typed.trim();
        let begins = |sign| self.found_by.contains(&format!("{sign}{typed}"));
        match self.value.to_lowercase() == typed {
            true => 0,
            false if begins('\n') || begins('/') => 1,
            false => 2,
        }
    }
}

/// As people type it: small letters without signs.
fn plain(name: &str) -> String {
    base_letters(&name.to_lowercase().replace('_', " "))
}

/// Everything to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    /// Each list as somebody who speaks the language would sort it.
    lists: BTreeMap<(&'static str, Language), Vec<Entry>>,
}

impl Default for Catalog {
    fn default() -> Self {
        let mut lists = BTreeMap::new();
        for language in Language::ALL {
            let sorted = |mut list: Vec<Entry>| {
                list.sort_by_cached_key(|entry| plain(entry.title.in_language(language)));
                list
            };
            lists.insert((KEYBOARDS, language), sorted(keyboards()));
            lists.insert((ZONES, language), sorted(zones()));
        }
        Self { lists }
    }
}

impl Catalog {
    /// The list that a picker with this name chooses from.
    pub fn list(&self, picker: &'static str, language: Language) -> &[Entry] {
        self.lists
            .get(&(picker, language))
            .map_or(&[], Vec::as_slice)
    }
}

/// The time zone that most people in a layout's country have.
pub fn zone_for_keyboard(layout: &str) -> Option<&'static str> {
    let country = layout.split(':').next()?.to_uppercase();
    let found = firn_config::countries().find(|known| known.code == country)?;
    Some(found.zone)
}

fn keyboards() -> Vec<Entry> {
    let entry = |Keyboard { name, title }| Entry::new(name, title, Names { en: name, de: name });
    firn_config::keyboards().map(entry).collect()
}

fn zones() -> Vec<Entry> {
    let countries: BTreeMap<_, _> = firn_config::countries()
        .map(|country| (country.code, country.title))
        .collect();
    let entry = |zone: Timezone| {
        let country = countries.get(zone.country).copied();
        Entry::new(zone.name, zone.title, country.unwrap_or_default())
    };
    // `Etc/GMT+1` is one hour behind: nobody who needs this list means that.
    let zones = firn_config::timezones().filter(|zone| !zone.name.starts_with("Etc/"));
    zones.map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(picker: &'static str, typed: &str) -> Vec<&'static str> {
        let catalog = Catalog::default();
        let list = catalog.list(picker, Language::En).iter();
        let mut found: Vec<_> = list.filter(|entry| entry.matches(typed)).collect();
        found.sort_by_key(|entry| entry.rank(typed));
        found.iter().map(|entry| entry.value).collect()
    }

    #[test]
    fn finds_by_city_and_country_in_both_languages() {
        let zones = |typed| found(ZONES, typed);
        assert_eq!(zones("new york"), ["America/New_York"]);
        assert_eq!(zones("GERMANY"), ["Europe/Berlin", "Europe/Busingen"]);
        assert_eq!(zones("deutschland"), zones("Germany"));
        assert_eq!(zones("Moskau"), ["Europe/Moscow"]);
        assert_eq!(zones("moscow"), zones("moskau"));
        assert_eq!(zones(" utc ")[0], "UTC");
    }

    #[test]
    fn signs_on_letters_may_be_left_out() {
        let zones = |typed| found(ZONES, typed);
        for typed in ["Zürich", "zurich", "ZUERICH"] {
            assert_eq!(zones(typed), ["Europe/Zurich"], "{typed}");
        }
        for typed in ["Österreich", "osterreich", "oesterreich", "austria"] {
            assert_eq!(zones(typed), ["Europe/Vienna"], "{typed}");
        }
    }

    #[test]
    fn layouts_have_names_in_both_languages() {
        let keyboards = |typed| found(KEYBOARDS, typed);
        assert_eq!(keyboards("de")[0], "de");
        assert_eq!(keyboards("schwei")[0], "ch:fr");
        assert_eq!(keyboards("deutsch (öst"), keyboards("german (aus"));
    }

    #[test]
    fn each_language_has_its_order() {
        let catalog = Catalog::default();
        let first = |language| catalog.list(ZONES, language)[0].title.in_language(language);
        assert_eq!(first(Language::En), "Africa/Abidjan");
        let german = catalog.list(KEYBOARDS, Language::De);
        let at = |value| german.iter().position(|entry| entry.value == value);
        assert!(at("dk") < at("de") && at("de") < at("at") && at("at") < at("us"));
    }

    #[test]
    fn guesses_the_zone() {
        assert_eq!(zone_for_keyboard("de:nodeadkeys"), Some("Europe/Berlin"));
        assert_eq!(zone_for_keyboard("latam"), None);
    }
}
