//! Words that people type: which are the same, and which one is probably meant.

use unicode_normalization::UnicodeNormalization;

/// Nobody mistypes a book; and the distance takes time and memory by the length.
const LONGEST: usize = 200;

/// What two words have in common that nobody can tell apart, or that differ in upper and lower case only.
pub fn folded(word: &str) -> String {
    let word: String = word.nfkc().collect();
    // There and back, for letters with more than one form: ß and SS, ς and σ.
    let word = word.to_uppercase().to_lowercase();
    word.nfc().collect()
}

/// The word that `typed` is most likely a slip of, if one is near enough.
pub fn nearest<'c>(typed: &str, words: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if typed.len() > LONGEST {
        return None;
    }
    let typed = folded(typed);
    let allowed = match typed.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        length => length / 3,
    };
    words
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&typed, &folded(word)), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_but_no_strangers() {
        let words = ["name", "root-password", "ssh-keys", "Büro"];
        let long = "n".repeat(201);
        let table = [
            ("nmae", Some("name")),
            ("Name", Some("name")),
            ("root_password", Some("root-password")),
            ("ssh-key", Some("ssh-keys")),
            ("BU\u{308}RO", Some("Büro")),
            ("colour", None),
            ("", None),
            (&long, None),
        ];
        for (typed, expected) in table {
            assert_eq!(nearest(typed, words), expected, "{typed}");
        }
    }

    #[test]
    fn what_nobody_can_tell_apart_is_the_same() {
        for (one, other) in [
            ("straße", "STRASSE"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("ﬁrn", "FIRN"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
    }
}
