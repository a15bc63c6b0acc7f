//! An answer file as a tree in which every key and value knows its place.

use crate::overrides::Override;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A value.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub data: Data,
    /// Its bytes in the file; none if it came from the kernel command line.
    pub span: Option<Range<usize>>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Text(String),
    /// From the kernel command line: text, a number, a truth value or a list, as the key wants it.
    Loose(String),
    Number(i64),
    Boolean(bool),
    List(Vec<Node>),
    Table(Vec<Entry>),
    /// Something that no key takes, such as "a date".
    Other(&'static str),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub key: String,
    pub key_span: Option<Range<usize>>,
    pub node: Node,
}

/// A mistake in the TOML itself: where, and what.
pub(crate) type SyntaxError = (Option<Range<usize>>, String);

/// Reads TOML as far as it can be understood, with everything that could not.
pub(crate) fn read(text: &str) -> (Node, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let span = table.span();
    let node = Node {
        data: Data::Table(entries(table.into_inner())),
        span: Some(span),
    };
    let errors = errors
        .into_iter()
        .map(|e| (e.span(), e.message().trim().replace('\n', ", ")))
        .collect();
    (node, errors)
}

fn entries(table: DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: Some(key.span()),
            key: key.into_inner().into_owned(),
            node: Node {
                span: Some(value.span()),
                data: data(value.into_inner()),
            },
        })
        .collect();
    entries.sort_by_key(|e| e.key_span.as_ref().map(|s| s.start));
    entries
}

fn data(value: DeValue<'_>) -> Data {
    match value {
        DeValue::String(text) => Data::Text(text.into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Data::Number(number),
            Err(_) => Data::Other("a number that is too great"),
        },
        DeValue::Boolean(truth) => Data::Boolean(truth),
        DeValue::Array(items) => Data::List(
            items
                .into_iter()
                .map(|item| Node {
                    span: Some(item.span()),
                    data: data(item.into_inner()),
                })
                .collect(),
        ),
        DeValue::Table(table) => Data::Table(entries(table)),
        DeValue::Float(_) => Data::Other("a number with a fraction"),
        DeValue::Datetime(_) => Data::Other("a date"),
    }
}

impl Node {
    /// Lays another tree over this one: its keys win, tables go on side by side, everything else is replaced.
    pub(crate) fn lay(&mut self, over: Node) {
        self.span = over.span;
        let (below, above) = match (&mut self.data, over.data) {
            (Data::Table(below), Data::Table(above)) => (below, above),
            (data, above) => {
                *data = above;
                return;
            }
        };
        for entry in above {
            match below.iter_mut().find(|e| e.key == entry.key) {
                Some(same) => {
                    same.key_span = entry.key_span;
                    same.node.lay(entry.node);
                }
                None => below.push(entry),
            }
        }
    }

    /// Moves all places, as the text does that is put behind another.
    pub(crate) fn shift(&mut self, by: usize) {
        shift(&mut self.span, by);
        match &mut self.data {
            Data::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Data::Table(entries) => {
                for entry in entries {
                    shift(&mut entry.key_span, by);
                    entry.node.shift(by);
                }
            }
            _ => {}
        }
    }

    /// Puts an answer from the kernel command line into the tree, over what the file says.
    pub(crate) fn set(&mut self, answer: &Override) {
        let mut node = self;
        for name in answer.key.split('.') {
            node = node.child(name);
        }
        *node = loose(&answer.value);
    }

    /// The value of a key, made if it is not there; what is no table becomes one.
    fn child(&mut self, name: &str) -> &mut Node {
        if !matches!(self.data, Data::Table(_)) {
            *self = Node {
                data: Data::Table(Vec::new()),
                span: None,
            };
        }
        let Data::Table(entries) = &mut self.data else {
            unreachable!("it was made a table just above");
        };
        let at = entries.iter().position(|e| e.key == name);
        let at = at.unwrap_or_else(|| {
            entries.push(Entry {
                key: name.to_owned(),
                key_span: None,
                node: loose(""),
            });
            entries.len() - 1
        });
        &mut entries[at].node
    }
}

pub(crate) fn shift(span: &mut Option<Range<usize>>, by: usize) {
    if let Some(span) = span {
        *span = span.start + by..span.end + by;
    }
}

/// A value of the command line: TOML if it is a whole list or table of TOML, else loose text.
fn loose(value: &str) -> Node {
    let plain = Node {
        data: Data::Loose(value.to_owned()),
        span: None,
    };
    if !value.starts_with(['[', '{']) {
        return plain;
    }
    let mut node = match DeValue::parse(value) {
        Ok(parsed) => Node {
            data: data(parsed.into_inner()),
            span: None,
        },
        Err(_) => return plain,
    };
    forget_places(&mut node);
    node
}

/// The places are those in the value, not in the file.
fn forget_places(node: &mut Node) {
    node.span = None;
    match &mut node.data {
        Data::List(items) => items.iter_mut().for_each(forget_places),
        Data::Table(entries) => {
            for entry in entries {
                entry.key_span = None;
                forget_places(&mut entry.node);
            }
        }
        _ => {}
    }
}
