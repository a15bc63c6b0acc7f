//! The words of the kernel command line.

/// Splits a kernel command line at blanks; double quotes keep blanks together and are taken off, as the kernel does.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => push(&mut words, &mut word),
            c => word.push(c),
        }
    }
    push(&mut words, &mut word);
    words
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// The value of the last `key=value` word, as the kernel lets the last one win.
pub fn value<'a>(words: &'a [String], key: &str) -> Option<&'a str> {
    words
        .iter()
        .rev()
        .find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_at_blanks_outside_quotes() {
        let cases: [(&str, &[&str]); 4] = [
            ("", &[]),
            ("quiet  ro\n", &["quiet", "ro"]),
            ("a=\"b c\" d", &["a=b c", "d"]),
            ("\"a=b c\" d", &["a=b c", "d"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn the_last_value_wins_and_prefixes_do_not_count() {
        let words = words("firn.root=medium firn.rootx=1 firn.root=slot");
        assert_eq!(value(&words, "firn.root"), Some("slot"));
        assert_eq!(value(&words, "firn.roo"), None);
    }
}
