//! Every sentence is there in every language, with the same values, is used, and is used with all its values.

use crate::language::SUBJECTS;
use crate::{Language, Text};
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Sentences = BTreeMap<String, BTreeSet<String>>;

/// Ids and the names of their values in one source; a mistake in its grammar ends the test.
fn sentences(subject: &str, source: &str) -> Sentences {
    let resource = fluent_syntax::parser::parse(source)
        .unwrap_or_else(|(_, errors)| panic!("{subject}.ftl: {errors:?}"));
    let mut found = Sentences::new();
    for entry in resource.body {
        if let ast::Entry::Message(message) = entry {
            let id = message.id.name.to_owned();
            let mut names = BTreeSet::new();
            let pattern = message
                .value
                .unwrap_or_else(|| panic!("{subject}.ftl: {id} is empty"));
            pattern_names(&pattern, &mut names);
            let before = found.insert(id.clone(), names);
            assert!(before.is_none(), "{subject}.ftl has {id} twice");
        }
    }
    found
}

fn pattern_names(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_names(expression, names);
        }
    }
}

fn expression_names(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_names(inline, names),
        ast::Expression::Select { selector, variants } => {
            inline_names(selector, names);
            variants.iter().for_each(|v| pattern_names(&v.value, names));
        }
    }
}

fn inline_names(inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => drop(names.insert(id.name.to_owned())),
        ast::InlineExpression::Placeable { expression } => expression_names(expression, names),
        _ => {}
    }
}

fn all(pick: impl Fn(&(&str, &'static str, &'static str)) -> &'static str) -> Sentences {
    let mut found = Sentences::new();
    for subject in SUBJECTS {
        for (id, names) in sentences(subject.0, pick(subject)) {
            assert!(
                found.insert(id.clone(), names).is_none(),
                "{id} is in two files"
            );
        }
    }
    found
}

#[test]
fn every_sentence_is_there_in_every_language_with_the_same_values() {
    for subject in SUBJECTS {
        assert_eq!(
            sentences(subject.0, subject.1),
            sentences(subject.0, subject.2),
            "en/{0}.ftl and de/{0}.ftl",
            subject.0
        );
    }
}

/// One use of `say!` in the code: where, the id, the names of its values.
fn uses() -> Vec<(String, String, BTreeSet<String>)> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["crates", "host", "installer", "xtask"] {
        walk(&workspace.join(folder), &mut |path, text| {
            for (at, _) in text.match_indices("say!(") {
                if let Some((id, names)) = one_use(&text[at + "say!(".len()..]) {
                    found.push((path.display().to_string(), id, names));
                }
            }
        });
    }
    found
}

fn walk(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // What stands here are no sentences but how they are said.
            if path != Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/words") {
                walk(&path, each);
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            each(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

/// Reads `"id", name = value, …)`; a `name =` counts only outside of brackets and strings.
fn one_use(text: &str) -> Option<(String, BTreeSet<String>)> {
    let mut rest = text.trim_start().strip_prefix('"')?.splitn(2, '"');
    let (id, rest) = (rest.next()?.to_owned(), rest.next()?);
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let mut names = BTreeSet::new();
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                let name: String = rest[at + 1..]
                    .trim_start()
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                names.insert(name);
            }
            _ => {}
        }
    }
    names.remove("");
    Some((id, names))
}

#[test]
fn the_code_says_only_what_is_written_and_everything_that_is_written() {
    let written = all(|subject| subject.1);
    let mut unused: BTreeSet<_> = written.keys().cloned().collect();
    for (place, id, names) in uses() {
        let wanted = written.get(&id);
        assert_eq!(Some(&names), wanted, "{place} says {id:?}");
        unused.remove(&id);
    }
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn texts_show_in_both_languages_and_nest() {
    assert_eq!(Text::from("as it is").in_language(Language::De), "as it is");
    assert_eq!(Text::said("no-such-id").to_string(), "<no-such-id>");
    let list = Text::join(["a".into(), "b".into()], ", ");
    assert_eq!(list.to_string(), "a, b");
}

#[test]
fn values_and_texts_from_outside_do_nothing_to_a_terminal() {
    let evil = "a\u{1b}[2Jb\u{7}c\nd\u{202e}";
    let shown = r"a\x1b[2Jb\x07c\nd\u{202e}";
    let sentence = crate::say!("plan-empty", disk = evil);
    for language in Language::ALL {
        let text = sentence.in_language(language);
        assert!(
            text.contains(shown) && text.chars().all(crate::is_seen),
            "{text}"
        );
    }
    assert_eq!(Text::from(evil).to_string(), shown);
    // Line breaks between parts are ours, also after a way through a file.
    let two = Text::join([Text::from(evil), "two".into()], "\n");
    assert_eq!(two.to_string(), format!("{shown}\ntwo"));
    let value = serde_json::to_value(&two).unwrap();
    let read: Text = serde_json::from_value(value).unwrap();
    assert_eq!(read.to_string(), two.to_string());
}

#[test]
fn another_program_says_the_same_sentence_in_its_own_language() {
    let text = crate::say!("execute-wrong-size", found = 1_u64, expected = "2 GB");
    let (id, values) = text.parts().unwrap();
    let values: Vec<_> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
    for language in [Language::En, Language::De] {
        assert_eq!(
            crate::known(id, &values, language),
            Some(text.in_language(language))
        );
    }
    assert_eq!(
        crate::known("no-such-sentence", &values, Language::En),
        None
    );
}
