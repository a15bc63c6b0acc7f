//! "Did you mean": the nearest of the words that would have been right.

use firn_words::{Text, say};

/// The candidate that `word` is most likely a slip of, if one is near enough.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // Nobody mistypes a book; and the distance takes time and memory by the length.
    if word.len() > 100 {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = match word.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        n => n / 3,
    };
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(&word, &c.to_lowercase()), c))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean "name"?` or nothing.
pub(crate) fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Text {
    nearest(word, candidates).map_or_else(Text::default, meant)
}

/// `; did you mean "name"?`
pub(crate) fn meant(word: &str) -> Text {
    say!("value-did-you-mean", word = format!("{word:?}"))
}

/// `"a", "b" or "c"`.
pub(crate) fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("{w:?}")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_but_no_strangers() {
        let words = ["name", "root-password", "ssh-keys"];
        let table = [
            ("nmae", Some("name")),
            ("Name", Some("name")),
            ("root_password", Some("root-password")),
            ("ssh-key", Some("ssh-keys")),
            ("colour", None),
            ("", None),
        ];
        for (word, expected) in table {
            assert_eq!(nearest(word, words), expected, "{word}");
        }
    }
}
