//! What people write for keyboards and time zones whose names are others.

use crate::lists::{keyboards, timezones};

/// Time zones' abbreviations, which say nothing of summer time, and the place that most who write them mean. tzdata knows a few of
/// them, but `EST` as Panama's time, which nobody in New York has in summer.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("ACST", "Australia/Adelaide"),
    ("AEDT", "Australia/Sydney"),
    ("AEST", "Australia/Sydney"),
    ("AST", "America/Halifax"),
    ("AWST", "Australia/Perth"),
    ("BRT", "America/Sao_Paulo"),
    ("BST", "Europe/London"),
    ("CDT", "America/Chicago"),
    ("CEST", "Europe/Berlin"),
    ("CET", "Europe/Berlin"),
    ("CST", "America/Chicago"),
    ("EDT", "America/New_York"),
    ("EEST", "Europe/Athens"),
    ("EET", "Europe/Athens"),
    ("EST", "America/New_York"),
    ("HKT", "Asia/Hong_Kong"),
    ("HST", "Pacific/Honolulu"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("MDT", "America/Denver"),
    ("MESZ", "Europe/Berlin"),
    ("MET", "Europe/Berlin"),
    ("MEZ", "Europe/Berlin"),
    ("MSK", "Europe/Moscow"),
    ("MST", "America/Denver"),
    ("NZDT", "Pacific/Auckland"),
    ("NZST", "Pacific/Auckland"),
    ("PDT", "America/Los_Angeles"),
    ("PST", "America/Los_Angeles"),
    ("SAST", "Africa/Johannesburg"),
    ("SGT", "Asia/Singapore"),
    ("WEST", "Europe/Lisbon"),
    ("WET", "Europe/Lisbon"),
];

/// Large cities that have the time of another one.
const CITIES: &[(&str, &str)] = &[
    ("Ankara", "Europe/Istanbul"),
    ("Atlanta", "America/New_York"),
    ("Bangalore", "Asia/Kolkata"),
    ("Barcelona", "Europe/Madrid"),
    ("Beijing", "Asia/Shanghai"),
    ("Bern", "Europe/Zurich"),
    ("Boston", "America/New_York"),
    ("Cologne", "Europe/Berlin"),
    ("Dallas", "America/Chicago"),
    ("Delhi", "Asia/Kolkata"),
    ("Frankfurt", "Europe/Berlin"),
    ("Geneva", "Europe/Zurich"),
    ("Hamburg", "Europe/Berlin"),
    ("Hanoi", "Asia/Ho_Chi_Minh"),
    ("Houston", "America/Chicago"),
    ("Kharkiv", "Europe/Kyiv"),
    ("Miami", "America/New_York"),
    ("Milan", "Europe/Rome"),
    ("Mumbai", "Asia/Kolkata"),
    ("Munich", "Europe/Berlin"),
    ("New_Delhi", "Asia/Kolkata"),
    ("Osaka", "Asia/Tokyo"),
    ("Ottawa", "America/Toronto"),
    ("San_Francisco", "America/Los_Angeles"),
    ("Seattle", "America/Los_Angeles"),
    ("St_Petersburg", "Europe/Moscow"),
    ("Washington", "America/New_York"),
    ("Wellington", "Pacific/Auckland"),
];

/// Languages, countries and console maps whose keyboards XKB calls otherwise. A tag of language and country is found by its
/// country where nothing else stands here.
const KEYBOARDS: &[(&str, &str)] = &[
    ("af", "za"),
    ("azerty", "fr"),
    ("bepo", "fr:bepo"),
    ("br-abnt", "br"),
    ("br-abnt2", "br"),
    ("bs", "ba"),
    ("ca-es", "es:cat"),
    ("colemak", "us:colemak"),
    ("cs", "cz"),
    ("cz-lat2", "cz"),
    ("da", "dk"),
    ("de-latin1", "de"),
    ("de-latin1-nodeadkeys", "de:nodeadkeys"),
    ("de-li", "ch"),
    ("de-lu", "de"),
    ("deu", "de"),
    ("dvorak", "us:dvorak"),
    ("el", "gr"),
    ("en", "us"),
    ("en-ca", "ca:eng"),
    ("en-in", "us"),
    ("en-nz", "us"),
    ("en-sg", "us"),
    ("en-uk", "gb"),
    ("eng", "us"),
    ("es-419", "latam"),
    ("es-ar", "latam"),
    ("es-cl", "latam"),
    ("es-co", "latam"),
    ("es-mx", "latam"),
    ("et", "ee"),
    ("fr-ch", "ch:fr"),
    ("fr-lu", "ch:fr"),
    ("fra", "fr"),
    ("ga", "ie"),
    ("ger", "de"),
    ("gsw", "ch"),
    ("ja", "jp"),
    ("jp106", "jp"),
    ("ko", "kr"),
    ("la", "latam"),
    ("la-latin1", "latam"),
    ("nb", "no"),
    ("neo", "de:neo"),
    ("nn", "no"),
    ("qwerty", "us"),
    ("qwertz", "de"),
    ("sf", "ch:fr"),
    ("sg", "ch"),
    ("sl", "si"),
    ("slovene", "si"),
    ("sq", "al"),
    ("sr", "rs"),
    ("sv", "se"),
    ("trq", "tr"),
    ("uk", "gb"),
    ("uk-ua", "ua"),
    ("usa", "us"),
    ("vi", "vn"),
    ("zh", "cn"),
    ("zh-hans", "cn"),
    ("zh-hant", "tw"),
];

/// The name that a time zone has today, for one that it had before. tzdata says that both are the same clock; `zone_links.txt` is
/// made from its links.
pub(crate) fn renamed_zone(name: &str) -> Option<&'static str> {
    abbreviation(name).is_none().then(|| link(name)).flatten()
}

fn link(name: &str) -> Option<&'static str> {
    links().find(|(old, _)| *old == name).map(|(_, new)| new)
}

/// Old names and those of today.
pub(crate) fn links() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("zone_links.txt").lines();
    lines.filter_map(|line| line.split_once('\t'))
}

/// The place that an abbreviation is mostly written for.
pub(crate) fn abbreviation(name: &str) -> Option<&'static str> {
    same(ABBREVIATIONS, name)
}

/// The time zone of a place that is given by its city alone, by a city that has no zone of its own, or in another language.
pub(crate) fn zone_of_place(name: &str) -> Option<&'static str> {
    let plain = name.replace(' ', "_");
    let city = plain.rsplit('/').next().unwrap_or_default();
    let titled = |zone: &crate::lists::Timezone| {
        let titles = [zone.title.en, zone.title.de];
        let cities = titles.map(|title| title.rsplit('/').next().unwrap_or_default());
        let own = zone.name.rsplit('/').next().unwrap_or_default();
        titles.contains(&name)
            || own.eq_ignore_ascii_case(city)
            || cities
                .iter()
                .any(|c| c.replace(' ', "_").to_lowercase() == city.to_lowercase())
    };
    let zone = timezones().find(|zone| zone.country.len() == 2 && titled(zone));
    let zone = zone.map(|zone| zone.name);
    zone.or_else(|| same(CITIES, city))
}

/// The keyboard that goes by another name, by its language or country, or by its title.
pub(crate) fn keyboard(name: &str) -> Option<&'static str> {
    let bare = name.split('.').next().unwrap_or_default();
    let tag = bare.to_lowercase().replace('_', "-");
    let known = |name: &str| keyboards().find(|k| k.name == name).map(|k| k.name);
    let variant = || known(&tag.replacen(['-', '('], ":", 1).replace(')', ""));
    let country = || {
        let (language, country) = tag.split_once('-')?;
        let two = language.len() == 2 && country.len() == 2;
        two.then(|| known(country)).flatten()
    };
    let title = || {
        let same = |title: &str| title.eq_ignore_ascii_case(name);
        let mut all = keyboards();
        let found = all.find(|k| same(k.title.en) || same(k.title.de));
        found.map(|k| k.name)
    };
    same(KEYBOARDS, &tag)
        .or_else(variant)
        .or_else(country)
        .or_else(|| known(&tag))
        .or_else(title)
}

fn same(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let row = table
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name));
    row.map(|(_, meant)| *meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_lead_to_ones_that_there_are() {
        let zone = |name: &str| timezones().any(|zone| zone.name == name);
        assert!(links().count() > 140);
        for (old, new) in links().chain(ABBREVIATIONS.iter().chain(CITIES).copied()) {
            assert!(zone(new) && !zone(old), "{old} {new}");
        }
        for (other, name) in KEYBOARDS {
            assert!(keyboards().any(|k| k.name == *name), "{other} {name}");
            assert!(!keyboards().any(|k| k.name == *other), "{other}");
        }
    }

    #[test]
    fn old_zones_have_a_name_of_today() {
        let table = [
            ("Europe/Kiev", Some("Europe/Kyiv")),
            ("Asia/Saigon", Some("Asia/Ho_Chi_Minh")),
            ("Asia/Calcutta", Some("Asia/Kolkata")),
            ("US/Eastern", Some("America/New_York")),
            ("EST5EDT", Some("America/New_York")),
            ("GMT", Some("UTC")),
            ("Zulu", Some("UTC")),
            ("Etc/GMT", Some("UTC")),
            ("CET", None),
            ("EST", None),
            ("Europe/Berlin", None),
        ];
        for (old, new) in table {
            assert_eq!(renamed_zone(old), new, "{old}");
        }
    }

    #[test]
    fn keyboards_by_other_names() {
        let table = [
            ("uk", Some("gb")),
            ("en", Some("us")),
            ("en-us", Some("us")),
            ("en_US.UTF-8", Some("us")),
            ("en-gb", Some("gb")),
            ("en-au", Some("au")),
            ("de-ch", Some("ch")),
            ("de-at", Some("at")),
            ("de_DE", Some("de")),
            ("fr-ch", Some("ch:fr")),
            ("fr-ca", Some("ca")),
            ("nl-be", Some("be")),
            ("pt-br", Some("br")),
            ("ja", Some("jp")),
            ("sv", Some("se")),
            ("da", Some("dk")),
            ("cs", Some("cz")),
            ("el", Some("gr")),
            ("nb", Some("no")),
            ("sg", Some("ch")),
            ("ch-fr", Some("ch:fr")),
            ("ch(fr)", Some("ch:fr")),
            ("DE", Some("de")),
            ("German", Some("de")),
            ("Deutsch", Some("de")),
            ("qq", None),
        ];
        for (name, meant) in table {
            assert_eq!(keyboard(name), meant, "{name}");
        }
    }
}
