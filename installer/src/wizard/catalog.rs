//! What the wizard offers to choose from: keyboard layouts and time zones.

use std::collections::BTreeMap;
use std::path::Path;

/// Where the tables lie that tell which country a time zone belongs to.
const ZONES: &str = "/usr/share/zoneinfo";

/// What a list of things to choose is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Keyboard layouts.
    Keyboards,
    /// Time zones.
    Zones,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What goes into the answers: "de", "Europe/Berlin".
    pub value: String,
    /// For people: "German", "Germany".
    pub title: String,
}

impl Entry {
    /// Whether what was typed occurs in it, without case and with space and underscore alike.
    pub fn matches(&self, typed: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace('_', " ");
        let typed = plain(typed);
        let typed = typed.trim();
        plain(&self.value).contains(typed) || plain(&self.title).contains(typed)
    }

    /// How well it matches what was typed: 0 is its value, 1 begins so, 2 is the rest.
    pub fn rank(&self, typed: &str) -> u8 {
        let typed = typed.trim().to_lowercase();
        let (value, title) = (self.value.to_lowercase(), self.title.to_lowercase());
        let city = value.rsplit('/').next().unwrap_or_default();
        match value == typed {
            true => 0,
            false if title.starts_with(&typed) || city.starts_with(&typed) => 1,
            false => 2,
        }
    }
}

/// Everything to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Keyboard layouts, by title.
    pub keyboards: Vec<Entry>,
    /// Time zones, by name.
    pub zones: Vec<Entry>,
    /// The most populous time zone of each country, by its code in lower case.
    pub capitals: BTreeMap<String, String>,
}

impl Catalog {
    /// The lists of `firn-config`, with this system's countries.
    pub fn load() -> Self {
        let read =
            |name: &str| std::fs::read_to_string(Path::new(ZONES).join(name)).unwrap_or_default();
        Self::new(&read("zone.tab"), &read("iso3166.tab"))
    }

    /// The lists of `firn-config`, with countries from the texts of `zone.tab` and `iso3166.tab`.
    pub fn new(zone_tab: &str, iso3166: &str) -> Self {
        let countries = countries(zone_tab);
        let names: BTreeMap<&str, &str> = rows(iso3166)
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let country = |zone: &str| {
            let (code, _) = countries.iter().find(|(_, name)| *name == zone)?;
            names.get(code).map(|name| (*name).to_owned())
        };
        let entry = |zone: &str| Entry {
            value: zone.into(),
            title: country(zone).unwrap_or_default(),
        };
        // `Etc/GMT+1` is one hour behind: nobody who needs this list means that.
        let zones = firn_config::timezones().filter(|zone| !zone.starts_with("Etc/"));
        let mut capitals = BTreeMap::new();
        for (code, zone) in &countries {
            capitals
                .entry(code.to_lowercase())
                .or_insert_with(|| (*zone).to_owned());
        }
        Self {
            keyboards: keyboards(),
            zones: zones.map(entry).collect(),
            capitals,
        }
    }

    /// The list about a subject.
    pub fn list(&self, subject: Subject) -> &[Entry] {
        match subject {
            Subject::Keyboards => &self.keyboards,
            Subject::Zones => &self.zones,
        }
    }

    /// The time zone that a layout's country most likely has.
    pub fn zone_for_keyboard(&self, layout: &str) -> Option<&str> {
        let zone = self.capitals.get(layout.split(':').next()?)?;
        self.zones
            .iter()
            .map(|entry| entry.value.as_str())
            .find(|value| value == zone)
    }
}

fn keyboards() -> Vec<Entry> {
    firn_config::keyboards()
        .map(|keyboard| Entry {
            value: keyboard.name.into(),
            title: keyboard.title.into(),
        })
        .collect()
}

/// The lines of a table that are no comments.
fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Country code and zone of each line of `zone.tab`.
fn countries(zone_tab: &str) -> Vec<(&str, &str)> {
    let pair = |line| {
        let mut columns = str::split(line, '\t');
        Some((columns.next()?, columns.nth(1)?))
    };
    rows(zone_tab).filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE_TAB: &str = "#code\nDE\t+5230+01322\tEurope/Berlin\tmost of Germany\nDE\t+4742+00841\tEurope/Busingen\n\
                            US\t+404251-0740023\tAmerica/New_York\tEastern\n";
    const ISO: &str = "#x\nDE\tGermany\nUS\tUnited States\n";

    #[test]
    fn finds_by_city_and_country() {
        let catalog = Catalog::new(ZONE_TAB, ISO);
        let find = |typed: &str| -> Vec<&str> {
            catalog
                .zones
                .iter()
                .filter(|zone| zone.matches(typed))
                .map(|zone| zone.value.as_str())
                .collect()
        };
        assert_eq!(find("new york"), ["America/New_York"]);
        assert_eq!(find("GERMANY"), ["Europe/Berlin", "Europe/Busingen"]);
        assert_eq!(find(" utc "), ["UTC"]);
    }

    #[test]
    fn guesses_the_zone() {
        let catalog = Catalog::new(ZONE_TAB, ISO);
        assert_eq!(
            catalog.zone_for_keyboard("de:nodeadkeys"),
            Some("Europe/Berlin")
        );
        assert_eq!(catalog.zone_for_keyboard("latam"), None);
        assert_eq!(Catalog::new("", "").zone_for_keyboard("de"), None);
        assert!(catalog.keyboards.iter().any(|entry| entry.value == "de"));
    }
}
