//! Takes typed values out of the tree and collects what is wrong on the way.

use super::places::Places;
use super::tree::{Data, Entry, Node, SyntaxError};
use crate::check::quoted;
use crate::problem::Problem;
use crate::suggest::{alternatives, did_you_mean};
use firn_words::{Text, nearest};
use std::collections::HashSet;
use std::ops::Range;
use std::str::FromStr;

/// So many problems are said one by one; a file with more is not read by a person anyway.
const MOST: usize = 500;

/// Collects problems.
pub(crate) struct Reader<'t> {
    text: &'t str,
    places: Places<'t>,
    problems: Vec<Problem>,
    /// Problems beyond the `MOST` that are said.
    more: usize,
    /// Parts of the file could not be understood: then nothing is called missing.
    broken: bool,
    /// Paths that a mistyped key was probably meant to be: these are not missing as well.
    meant: Vec<String>,
}

/// A value with its path, `host.name`.
#[derive(Clone)]
pub(crate) struct Field<'n> {
    pub path: String,
    pub node: &'n Node,
}

/// The keys of a table with its path.
#[derive(Clone)]
pub(crate) struct Fields<'n> {
    path: String,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<Field<'n>> {
        let entry = self.entries.iter().find(|e| e.key == key)?;
        Some(Field {
            path: join(&self.path, key),
            node: &entry.node,
        })
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        return key.to_owned();
    }
    format!("{path}.{key}")
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str, broken: bool) -> Self {
        Self {
            text,
            places: Places::new(text),
            broken,
            problems: Vec::new(),
            more: 0,
            meant: Vec::new(),
        }
    }

    /// All problems, in the order of the file; those without a place come last.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        self.problems
            .sort_by_key(|p| p.at.unwrap_or((usize::MAX, 0)));
        if self.more > 0 {
            let text = format!("there are {} more mistakes; mend these first", self.more);
            self.problems.push(Problem::new("syntax", text));
        }
        self.problems
    }

    /// Whether everything was right so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// A problem at a place of the file.
    pub(crate) fn at(&mut self, name: &str, text: impl Into<Text>, span: Option<&Range<usize>>) {
        if self.problems.len() >= MOST {
            self.more += 1;
            return;
        }
        let at = span.map(|s| self.places.of(s.start));
        self.problems.push(Problem {
            name: name.to_owned(),
            text: text.into(),
            at,
        });
    }

    /// The mistakes in the TOML itself; of several in one line the first, which the others follow from.
    pub(crate) fn syntax(&mut self, errors: Vec<SyntaxError>) {
        let mut lines = HashSet::new();
        for (span, text) in errors {
            let line = span.as_ref().map(|s| self.places.line(s.start));
            if line.is_some_and(|line| !lines.insert(line)) {
                continue;
            }
            let text = match span.clone().and_then(|s| self.text.get(s)) {
                Some(key) if text == "duplicate key" => {
                    format!("the key {} is given twice", shortened(key))
                }
                _ if text.starts_with("string values must be quoted") => {
                    "text must stand in quotes".to_owned()
                }
                _ => text.trim_end_matches(", expected nothing").to_owned(),
            };
            self.at("syntax", text, span.as_ref());
        }
    }

    /// A problem of a value.
    pub(crate) fn wrong(&mut self, field: &Field, text: impl Into<Text>) {
        let text = match field.node.span {
            Some(_) => text.into(),
            None => Text::join([text.into(), "(kernel command line)".into()], " "),
        };
        self.at(&field.path, text, field.node.span.as_ref());
    }

    /// A problem of a key that is not there, unless a mistyped one stands for it.
    pub(crate) fn missing(&mut self, path: &str, text: &str) {
        let stands_for = |meant: &String| {
            let below = path.strip_prefix(meant.as_str());
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if !self.broken && !self.meant.iter().any(stands_for) {
            self.problems.push(Problem::new(path, text));
        }
    }

    /// Whether a mistyped key was probably meant to be this one.
    pub(crate) fn was_meant(&self, path: &str) -> bool {
        self.meant.iter().any(|m| m == path)
    }

    /// The keys of a table; others than `known` are problems.
    pub(crate) fn table<'n>(&mut self, field: &Field<'n>, known: &[&str]) -> Option<Fields<'n>> {
        let Data::Table(entries) = &field.node.data else {
            let section = &field.path;
            let text = format!("{}; this takes a table, [{section}]", describe(field));
            self.wrong(field, text);
            return None;
        };
        for entry in entries {
            if !known.contains(&entry.key.as_str()) {
                self.unknown(&field.path, entry, known);
            }
        }
        Some(Fields {
            path: field.path.clone(),
            entries,
        })
    }

    fn unknown(&mut self, path: &str, entry: &Entry, known: &[&str]) {
        let place = match path {
            "" => "at the top of the file".to_owned(),
            path => format!("in {path}"),
        };
        let near = nearest(&entry.key, known.iter().copied());
        let hint = match near {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("it takes {}", alternatives(known).replace(" or ", " and ")),
        };
        if let Some(near) = near {
            self.meant.push(join(path, near));
        }
        let source = match entry.key_span {
            Some(_) => "",
            None => " (kernel command line)",
        };
        let text = format!("unknown key {} {place}; {hint}{source}", quoted(&entry.key));
        self.at(&join(path, &entry.key), text, entry.key_span.as_ref());
    }

    /// Text.
    pub(crate) fn text(&mut self, field: &Field) -> Option<String> {
        match &field.node.data {
            Data::Text(text) | Data::Loose(text) => Some(text.clone()),
            data => {
                let key = field.path.rsplit('.').next().unwrap_or_default();
                let example = match data {
                    Data::Number(number) => format!(": {key} = \"{number}\""),
                    _ => String::new(),
                };
                let text = format!("{}; this takes text in quotes{example}", describe(field));
                self.wrong(field, text);
                None
            }
        }
    }

    /// Text that must not be shown.
    pub(crate) fn secret(
        &mut self,
        field: &Field,
        check: fn(&str) -> Result<(), Text>,
    ) -> Option<String> {
        let Data::Text(text) = &field.node.data else {
            self.wrong(field, "this takes text in quotes");
            return None;
        };
        if let Err(text) = check(text) {
            self.wrong(field, text);
            return None;
        }
        Some(text.clone())
    }

    /// Text that keeps a rule.
    pub(crate) fn checked(
        &mut self,
        field: &Field,
        check: impl Fn(&str) -> Result<(), Text>,
    ) -> Option<String> {
        let text = self.text(field)?;
        match check(&text) {
            Ok(()) => Some(text),
            Err(problem) => {
                self.wrong(field, problem);
                None
            }
        }
    }

    /// Text that stands for a value.
    pub(crate) fn parsed<T: FromStr<Err = Text>>(&mut self, field: &Field) -> Option<T> {
        let text = self.text(field)?;
        text.parse().map_err(|e| self.wrong(field, e)).ok()
    }

    /// An IP address.
    pub(crate) fn address<T: FromStr>(&mut self, field: &Field, example: &str) -> Option<T> {
        let text = self.text(field)?;
        let wrong = format!("{} is no address; write it as {example:?}", quoted(&text));
        text.trim()
            .parse()
            .map_err(|_| self.wrong(field, wrong))
            .ok()
    }

    /// One of some words.
    pub(crate) fn word<T: Copy>(&mut self, field: &Field, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(field)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let hint = did_you_mean(&text, names.iter().copied());
        // A long list would hide the word that was meant.
        if names.len() > 8 && !hint.is_empty() {
            self.wrong(field, format!("{} is not known{hint}", quoted(&text)));
            return None;
        }
        self.wrong(
            field,
            format!("{} is not {}{hint}", quoted(&text), alternatives(&names)),
        );
        None
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, field: &Field) -> Option<bool> {
        match &field.node.data {
            Data::Boolean(truth) => return Some(*truth),
            Data::Loose(text) if text == "true" => return Some(true),
            Data::Loose(text) if text == "false" => return Some(false),
            _ => {}
        }
        let text = format!(
            "{}; this takes true or false, without quotes",
            describe(field)
        );
        self.wrong(field, text);
        None
    }

    /// A whole number between two others.
    pub(crate) fn number(&mut self, field: &Field, least: i64, most: i64) -> Option<i64> {
        let number = match &field.node.data {
            Data::Number(number) => Some(*number),
            Data::Loose(text) => text.parse().ok(),
            _ => None,
        };
        let text = match number {
            Some(number) if (least..=most).contains(&number) => return Some(number),
            Some(number) => format!("{number} is not between {least} and {most}"),
            None => format!("{}; this takes a number without quotes", describe(field)),
        };
        self.wrong(field, text);
        None
    }

    /// The items of a list; on the command line they are separated by commas.
    pub(crate) fn items(&mut self, field: &Field) -> Option<Vec<(String, Node)>> {
        let items: Vec<Node> = match &field.node.data {
            Data::List(items) => items.clone(),
            Data::Loose(text) => text
                .split(',')
                .filter(|t| !t.is_empty())
                .map(loose)
                .collect(),
            _ => {
                let text = format!("{}; this takes a list: [\"…\", \"…\"]", describe(field));
                self.wrong(field, text);
                return None;
            }
        };
        Some(items.into_iter().map(|i| (field.path.clone(), i)).collect())
    }

    /// A list of which every item is read by `read`.
    pub(crate) fn list<T>(
        &mut self,
        field: &Field,
        mut read: impl FnMut(&mut Self, &Field) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.items(field)?;
        let count = items.len();
        let read: Vec<T> = items
            .iter()
            .filter_map(|(path, node)| {
                let path = path.clone();
                read(self, &Field { path, node })
            })
            .collect();
        (read.len() == count).then_some(read)
    }
}

fn loose(text: &str) -> Node {
    Node {
        data: Data::Loose(text.trim().to_owned()),
        span: None,
    }
}

/// What a value is, for a sentence that says what it should have been.
pub(crate) fn describe(field: &Field) -> String {
    match &field.node.data {
        Data::Text(text) | Data::Loose(text) => format!("{} is text", quoted(text)),
        Data::Number(number) => format!("{number} is a number"),
        Data::Boolean(truth) => format!("{truth} is a truth value"),
        Data::List(_) => "here is a list".into(),
        Data::Table(_) => "here is a table".into(),
        Data::Other(what) => format!("here is {what}"),
    }
}

/// The beginning of a piece of the file.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 100;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
