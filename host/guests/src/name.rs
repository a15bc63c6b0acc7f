//! Names of guests: free, but one line that shows itself, and no two alike.

use firn_words::{Text, is_seen, say};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The most letters of a name.
const LONGEST: usize = 64;

/// A name as it is kept: composed (NFC), without blanks around it.
pub fn tidy(name: &str) -> String {
    name.trim().nfc().collect()
}

/// What is wrong with a name as a name.
pub(crate) fn wrong(name: &str) -> Option<Text> {
    let length = name.chars().count();
    if name.trim().is_empty() {
        return Some(say!("guests-name-empty"));
    }
    if length > LONGEST {
        return Some(say!("guests-name-long", found = length, most = LONGEST));
    }
    if name.trim() != name || !is_nfc(name) {
        return Some(say!("guests-name-untidy", name = name));
    }
    if !name.chars().all(|c| is_seen(c) && c != '/') {
        return Some(say!("guests-name-letter", name = name));
    }
    // It would be taken for an option, or for an id.
    let taken = name.starts_with('-') || name.starts_with("id:");
    taken.then(|| say!("guests-name-begins", name = name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_a_name() {
        for name in [
            "a",
            "web1",
            "Mail & Kalender",
            "Büro",
            "漢字",
            "x".repeat(64).as_str(),
            "a-b",
            "a.b",
        ] {
            assert_eq!(wrong(name), None, "{name}");
        }
        let table = [
            ("", "A name needs at least one letter."),
            (" ", "A name needs at least one letter."),
            (&"x".repeat(65), "The name has 65 letters; 64 are possible."),
            (
                "a ",
                "The name “a ” has blanks around it, or letters that are not composed (NFC); write it without.",
            ),
            (
                "u\u{308}",
                "The name “u\u{308}” has blanks around it, or letters that are not composed (NFC); write it without.",
            ),
            (
                "a/b",
                "The name “a/b” has a “/” or a sign that cannot be seen; leave it out.",
            ),
            (
                "a\nb",
                r"The name “a\nb” has a “/” or a sign that cannot be seen; leave it out.",
            ),
            (
                "a\u{202e}b",
                r"The name “a\u{202e}b” has a “/” or a sign that cannot be seen; leave it out.",
            ),
            (
                "-rf",
                "The name “-rf” begins with “-” or “id:”, which stands for an option or an id; let it begin otherwise.",
            ),
            (
                "id:abcdefgh",
                "The name “id:abcdefgh” begins with “-” or “id:”, which stands for an option or an id; let it begin otherwise.",
            ),
        ];
        for (name, expected) in table {
            assert_eq!(wrong(name).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn a_name_is_stored_in_one_form() {
        assert_eq!(tidy(" u\u{308} "), "ü");
    }
}
