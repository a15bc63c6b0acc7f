//! The words of the kernel command line.

pub mod key;

/// One word: `quiet`, `firn.root=net`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What stands before the first `=`.
    pub name: String,
    /// What stands behind it, without quotes around it; `None` where there is no `=`.
    pub value: Option<String>,
}

/// Splits a command line as the kernel does: white space inside double quotes does not count. Quotes around a whole word or
/// a whole value are the kernel's and taken off; others belong to the value.
pub fn words(cmdline: &str) -> Vec<Word> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in cmdline.chars() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words.retain(|w| !w.is_empty());
    words.iter().map(|w| word(unquoted(w))).collect()
}

fn word(text: &str) -> Word {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(unquoted(value).to_owned())),
        None => (text, None),
    };
    Word {
        name: name.to_owned(),
        value,
    }
}

fn unquoted(text: &str) -> &str {
    match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
        None => text,
    }
}

/// The value of the last `name=value` word: what is appended to a command line wins over what stands there.
pub fn last_value<'w>(words: &'w [Word], name: &str) -> Option<&'w str> {
    let values = words.iter().rev().filter(|word| word.name == name);
    values.filter_map(|word| word.value.as_deref()).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_split_at_blanks_outside_quotes() {
        let cases: [(&str, &[&str]); 8] = [
            ("", &[]),
            ("quiet  ro\n", &["quiet", "ro"]),
            ("a=\"b c\" d", &["a: b c", "d"]),
            ("\"a=b c\" d", &["a: b c", "d"]),
            ("a= b==c", &["a: ", "b: =c"]),
            ("a=[\"b c\",\"d\"]", &["a: [\"b c\",\"d\"]"]),
            ("a=\"b c", &["a: b c"]),
            ("\"", &[""]),
        ];
        let shown = |word: &Word| match &word.value {
            Some(value) => format!("{}: {value}", word.name),
            None => word.name.clone(),
        };
        for (text, expected) in cases {
            let found: Vec<String> = words(text).iter().map(shown).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn the_last_value_wins_and_beginnings_do_not_count() {
        let words = words("firn.root=medium firn.rootx=1 firn.root=slot firn.root");
        assert_eq!(last_value(&words, "firn.root"), Some("slot"));
        assert_eq!(last_value(&words, "firn.roo"), None);
        assert_eq!(last_value(&words, ""), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn quoted_values_come_back_and_anything_is_read(
            good in prop::collection::vec(("[a-z.-]{1,12}", prop::option::of("[^\"]{0,20}")), 0..8),
            text in prop_oneof!["[a-z.=\" \\n]{0,60}", any::<String>()],
        ) {
            let line: Vec<String> = good.iter().map(|(name, value)| match value {
                Some(value) => format!("{name}=\"{value}\""),
                None => name.clone(),
            }).collect();
            let good: Vec<Word> = good.into_iter().map(|(name, value)| Word { name, value }).collect();
            prop_assert_eq!(words(&line.join(" ")), good);
            let found = words(&text);
            let length = |word: &Word| word.name.len() + word.value.as_ref().map_or(0, String::len);
            prop_assert!(found.iter().all(|word| !word.name.contains('=')));
            prop_assert!(found.iter().map(length).sum::<usize>() <= text.len());
            if !text.contains('"') {
                prop_assert_eq!(found.len(), text.split_whitespace().count());
            }
        }
    }
}
