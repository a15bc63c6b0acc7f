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
    use proptest::prelude::*;

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

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn quoted_words_come_back_and_anything_is_read(
            good in prop::collection::vec("[^\"]{1,20}", 0..8),
            text in prop_oneof!["[a-z.=\" \\n]{0,60}", any::<String>()],
        ) {
            let line: Vec<String> = good.iter().map(|word| format!("\"{word}\"")).collect();
            prop_assert_eq!(words(&line.join(" ")), good);
            let found = words(&text);
            prop_assert!(found.iter().all(|word| !word.is_empty() && !word.contains('"')));
            prop_assert!(found.iter().map(String::len).sum::<usize>() <= text.len());
            if !text.contains('"') {
                prop_assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
            }
        }

        /// PID 1 must not fall over what a loader hands it.
        #[test]
        fn any_command_line_is_options_or_an_error(root in "medium|slot|net|.{0,5}", rest in "( ?(firn\\.(base|image|slot|state|vlan|wait)|BOOTIF)=(https?://|01-)?[^ ]{0,12}){0,6}", text in any::<String>()) {
            use crate::options::{Options, Source};
            let _ = Options::parse(&text);
            let options = Options::parse(&format!("firn.root={root} {rest}"));
            if let Ok(Options { source: Source::Net(net), .. }) = options {
                prop_assert!(net.base.to_lowercase().starts_with("http"));
                prop_assert!(net.vlan.is_none_or(|id| (1..4095).contains(&id)));
                prop_assert!(net.mac.is_none_or(|mac| mac.split(':').count() == 6));
            }
        }
    }
}
