//! Reading answers and settings: all mistakes at once, each with its place.

mod answers;
mod disks;
mod network;
pub(crate) mod places;
mod reader;
mod report;
mod settings;
pub(crate) mod tree;
mod trust;
pub(crate) mod versions;

#[cfg(test)]
mod tests;

use crate::answers::{Answers, FinishAction, Report};
use crate::overrides::Override;
use crate::problem::Problem;
use crate::schema::Key;
use crate::trust::Trust;
use reader::{Field, Reader};

/// Reads an answer file; `overrides` win over it.
///
/// # Errors
/// Everything that is wrong with it, at once, in the order of the file.
pub fn parse(text: &str, overrides: &[Override]) -> Result<Answers, Vec<Problem>> {
    let text = without_bom(text);
    let (mut root, errors) = tree::read(text);
    for answer in overrides {
        root.set(answer);
    }
    from_tree(text, &root, errors)
}

/// The answers of a tree whose places are those in `text`.
pub(crate) fn from_tree(
    text: &str,
    root: &tree::Node,
    errors: Vec<tree::SyntaxError>,
) -> Result<Answers, Vec<Problem>> {
    let mut reader = Reader::new(text, !errors.is_empty());
    let answers = answers::read(&mut reader, root);
    finish(reader, errors, answers)
}

/// Reads `trust.toml`.
pub(crate) fn trust(text: &str) -> Result<Trust, Vec<Problem>> {
    let text = without_bom(text);
    let (root, errors) = tree::read(text);
    let mut reader = Reader::new(text, !errors.is_empty());
    let trust = trust::read(&mut reader, &root);
    finish(reader, errors, trust)
}

/// `finish.action`, whatever else is wrong.
pub(crate) fn finish_action(text: &str, overrides: &[Override]) -> Option<FinishAction> {
    let (mut root, _) = tree::read(without_bom(text));
    for answer in overrides {
        root.set(answer);
    }
    answers::action(&root)
}

/// `[report]`, whatever else is wrong.
pub(crate) fn report(text: &str, overrides: &[Override]) -> Option<Report> {
    let (mut root, _) = tree::read(without_bom(text));
    for answer in overrides {
        root.set(answer);
    }
    report::alone(&root)
}

fn finish<T>(
    mut reader: Reader,
    errors: Vec<tree::SyntaxError>,
    value: Option<T>,
) -> Result<T, Vec<Problem>> {
    reader.syntax(errors);
    match value {
        Some(value) if reader.is_clean() => Ok(value),
        Some(_) => Err(reader.into_problems()),
        None if reader.is_clean() => Err(vec![Problem::new("syntax", "the file cannot be read")]),
        None => Err(reader.into_problems()),
    }
}

pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The names of keys.
fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|k| k.name).collect()
}

/// The whole file as a field.
fn whole(root: &tree::Node) -> Field<'_> {
    Field {
        path: String::new(),
        node: root,
    }
}
