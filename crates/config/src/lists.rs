//! The keyboards and time zones that can be chosen, with their names in all languages; `crates/config/names.py` writes the files.

use firn_words::Language;

/// What something is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// In English.
    pub en: &'static str,
    /// In German.
    pub de: &'static str,
}

impl Names {
    /// The name in a language.
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::De => self.de,
        }
    }
}

/// A keyboard that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyboard {
    /// XKB `layout` or `layout:variant`, as the answer file writes it.
    pub name: &'static str,
    /// What people call it.
    pub title: Names,
}

/// A time zone that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timezone {
    /// IANA name, as the answer file writes it.
    pub name: &'static str,
    /// What people call it.
    pub title: Names,
    /// The code of the country that it belongs to, in capitals; empty for `UTC` and its like.
    pub country: &'static str,
}

/// A country, as a help to find a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Two capitals.
    pub code: &'static str,
    /// The time zone that most of its people have.
    pub zone: &'static str,
    /// What people call it.
    pub title: Names,
}

impl Keyboard {
    /// The name of its console map: `ch-fr` for `ch:fr`.
    pub fn keymap(&self) -> String {
        keymap(self.name)
    }
}

/// The name of the console map for a keyboard.
pub(crate) fn keymap(keyboard: &str) -> String {
    keyboard.replace(':', "-")
}

/// All keyboards; the builder makes a console map for each.
pub fn keyboards() -> impl Iterator<Item = Keyboard> {
    let keyboard = |[name, en, de]: [_; 3]| Keyboard {
        name,
        title: Names { en, de },
    };
    rows(include_str!("keyboards.txt")).map(keyboard)
}

/// All time zones, sorted by name.
pub fn timezones() -> impl Iterator<Item = Timezone> {
    let zone = |[name, country, en, de]: [_; 4]| Timezone {
        name,
        country,
        title: Names { en, de },
    };
    rows(include_str!("timezones.txt")).map(zone)
}

/// All countries that have a time zone.
pub fn countries() -> impl Iterator<Item = Country> {
    let country = |[code, zone, en, de]: [_; 4]| Country {
        code,
        zone,
        title: Names { en, de },
    };
    rows(include_str!("countries.txt")).map(country)
}

/// The lines that have so many columns, which all have: a test counts them.
fn rows<const COLUMNS: usize>(
    table: &'static str,
) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    let columns = |line: &'static str| line.split('\t').collect::<Vec<_>>().try_into().ok();
    table.lines().filter_map(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sound() {
        assert!(keyboards().count() > 150);
        assert!(keyboards().any(|k| k.name == "ch:fr" && k.keymap() == "ch-fr"));
        assert!(timezones().map(|t| t.name).is_sorted());
        assert!(timezones().any(|t| t.name == "Europe/Berlin" && t.country == "DE"));
        let mut maps: Vec<String> = keyboards().map(|k| k.keymap()).collect();
        maps.sort();
        maps.dedup();
        assert_eq!(maps.len(), keyboards().count(), "two keyboards, one map");
    }
    #[test]
    fn no_line_is_lost() {
        let lines = |table: &str| table.lines().count();
        assert_eq!(keyboards().count(), lines(include_str!("keyboards.txt")));
        assert_eq!(timezones().count(), lines(include_str!("timezones.txt")));
        assert_eq!(countries().count(), lines(include_str!("countries.txt")));
    }

    #[test]
    fn everything_has_a_name_in_every_language() {
        let titles = keyboards().map(|k| k.title);
        let titles = titles.chain(timezones().map(|t| t.title));
        for title in titles.chain(countries().map(|c| c.title)) {
            for language in Language::ALL {
                assert!(!title.in_language(language).is_empty(), "{title:?}");
            }
        }
        let moscow = timezones().find(|t| t.name == "Europe/Moscow").unwrap();
        assert_eq!(moscow.title.de, "Europa/Moskau");
        let russia = countries().find(|c| c.code == moscow.country).unwrap();
        assert_eq!((russia.title.en, russia.title.de), ("Russia", "Russland"));
    }

    #[test]
    fn zones_and_countries_fit_together() {
        for country in countries() {
            assert!(country.code.len() == 2, "{country:?}");
            assert!(timezones().any(|t| t.name == country.zone), "{country:?}");
        }
        for zone in timezones().filter(|t| !t.country.is_empty()) {
            assert!(countries().any(|c| c.code == zone.country), "{zone:?}");
        }
    }
}
