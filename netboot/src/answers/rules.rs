//! `rules.toml`: what lies below the machines' own files.

use firn_machine::Match;
use serde::Deserialize;

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Rules {
    /// Files below every machine's answers: the site.
    pub base: Vec<String>,
    /// Groups, of which every one that fits lies over the base, in this order.
    pub rule: Vec<Rule>,
}

/// One group of machines.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rule {
    /// What they have in common.
    #[serde(rename = "match")]
    pub condition: Match,
    /// Files with their answers.
    pub files: Vec<String>,
}

/// Reads the file.
///
/// # Errors
/// One line with line and column.
pub fn parse(text: &str) -> Result<Rules, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let message = error.message().trim().replace('\n', ", ");
        match error.span().map(|span| place(text, span.start)) {
            Some((line, column)) => format!("{message} (line {line}, column {column})"),
            None => message,
        }
    })
}

fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rule_has_a_condition_and_files() {
        let rules = parse(
            "base = ['site.toml']\n[[rule]]\nmatch = { product = 'PowerEdge*', disk = { min-size = '1T' } }\nfiles = ['r740.toml']\n",
        )
        .unwrap();
        assert_eq!(rules.base, ["site.toml"]);
        assert_eq!(rules.rule[0].files, ["r740.toml"]);
        assert!(rules.rule[0].condition.disk.is_some());
    }

    #[test]
    fn mistakes_have_their_place() {
        let wrong = |text: &str| parse(text).unwrap_err();
        insta::assert_snapshot!(wrong("base = ['a']\n[[rule]]\nmatch = { prodct = 'x' }\nfiles = []\n"), @"unknown field `prodct`, expected one of `mac`, `uuid`, `serial`, `product`, `vendor`, `hostname`, `min-memory`, `min-disks`, `max-disks`, `disk`, `min-nics`, `max-nics`, `nic` (line 3, column 11)");
        insta::assert_snapshot!(wrong("[[rule]]\nfiles = []\n"), @"missing field `match` (line 1, column 1)");
        insta::assert_snapshot!(wrong("base = 'a'\n"), @r#"invalid type: string "a", expected a sequence (line 1, column 8)"#);
        insta::assert_snapshot!(wrong("base = [\n"), @"unclosed array, expected `]` (line 1, column 9)");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damaged_rules_get_one_line(changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3u8, "[ -~\\n\\r\u{feff}é]|\\[\\[|\"\"\""), 0..4), text in any::<String>()) {
            let good = "base = ['site.toml']\n[[rule]]\nmatch = { product = 'PowerEdge*', min-memory = '16G', disk = { min-size = '1T' } }\nfiles = ['r740.toml']\n";
            let mut letters: Vec<char> = good.chars().collect();
            for (at, how, with) in changes {
                let at = at.index(letters.len());
                let end = if how == 0 { at } else { at + 1 };
                let with = if how == 2 { "" } else { &with };
                letters.splice(at..end, with.chars());
            }
            for text in [letters.into_iter().collect(), text] {
                match parse(&text) {
                    Ok(rules) => prop_assert!(rules.rule.len() <= text.matches("rule").count()),
                    Err(said) => prop_assert!(!said.is_empty() && !said.contains('\n') && said.len() < 2000, "{}", said),
                }
            }
        }
    }
}
