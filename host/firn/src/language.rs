//! The language to speak: the one of the terminal, else the host's.

use crate::settings;
use firn_words::Language;
use std::path::Path;

/// Where the environment says it, as other programs look for it.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// The language of whoever sits there.
pub fn language() -> Language {
    let terminal = VARIABLES
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    let host = || settings::read(Path::new("/")).map(|found| found.settings.language);
    spoken(terminal).unwrap_or_else(|| host().unwrap_or_default())
}

/// The language of the first locale that is set; nothing where it is the one that stands for none.
fn spoken(locales: impl Iterator<Item = String>) -> Option<Language> {
    let locale = { locales }.find(|locale| !locale.is_empty())?;
    match locale.split(['_', '.', '@']).next()? {
        "C" | "POSIX" => None,
        "de" => Some(Language::De),
        _ => Some(Language::En),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_decides() {
        let of = |locales: &[&str]| spoken(locales.iter().map(|&locale| locale.to_owned()));
        assert_eq!(of(&["", "de_DE.UTF-8", "en_US"]), Some(Language::De));
        assert_eq!(of(&["fr_FR.UTF-8"]), Some(Language::En));
        assert_eq!(of(&["C.UTF-8"]), None);
        assert_eq!(of(&["POSIX"]), None);
        assert_eq!(of(&[]), None);
    }
}
