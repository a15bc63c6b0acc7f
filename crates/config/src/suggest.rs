//! "Did you mean": the nearest of the words that would have been right.

use firn_words::{Text, nearest, say};

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
