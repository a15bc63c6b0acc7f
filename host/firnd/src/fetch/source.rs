//! What a request wants fetched.

use crate::http::refusal::Refusal;
use axum::http::StatusCode;
use firn_api::{Fetch, Problem};
use firn_images::{Checksum, Known, check_address, known};
use firn_words::{Text, say};
use std::fs;
use std::path::Path;

/// A file to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its address.
    pub url: String,
    /// What it is called by people.
    pub name: String,
    /// What its publisher calls it.
    pub file: String,
    /// What it must be.
    pub expected: Expected,
}

/// What a file's checksum is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nobody says what it must be.
    Nothing,
    /// It was given.
    This(Checksum),
    /// It stands in the list at this address.
    Listed(String),
}

impl Expected {
    /// Whether a list has to be fetched before.
    pub fn is_listed(&self) -> bool {
        matches!(self, Self::Listed(_))
    }
}

/// Finds what is to be fetched: an address, or an image of the list in this file.
///
/// # Errors
/// All that is wrong with the request, or that no such image is known.
pub fn find(list: &Path, wanted: &Fetch) -> Result<Source, Refusal> {
    let mut problems = Vec::new();
    let given = wanted.checksum.as_deref().map(Checksum::parse).transpose();
    let given = given.unwrap_or_else(|error| {
        problems.push(Problem::new(&error.text(), Some("checksum")));
        None
    });
    let from = wanted.from.trim();
    let source = if from.contains("://") {
        if let Err(error) = check_address(from) {
            problems.push(Problem::new(&error.text(), Some("from")));
        }
        of_address(from)
    } else {
        of_list(list, from)?
    };
    if !problems.is_empty() {
        return Err(Refusal::all(StatusCode::UNPROCESSABLE_ENTITY, problems));
    }
    let expected = given.map_or(source.expected, Expected::This);
    Ok(Source { expected, ..source })
}

fn of_address(url: &str) -> Source {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.trim_end_matches('/').rsplit('/').next();
    let name = name.unwrap_or(url).to_owned();
    Source {
        url: url.to_owned(),
        file: name.clone(),
        name,
        expected: Expected::Nothing,
    }
}

fn of_list(list: &Path, id: &str) -> Result<Source, Refusal> {
    let text = fs::read_to_string(list).unwrap_or_default();
    let all = match text.is_empty() {
        true => Ok(Vec::new()),
        false => known(&text),
    };
    let all = all.map_err(|error| Refusal::unavailable(&error.text()))?;
    let found = all.iter().find(|image| image.id == id);
    let source = found.map(|image| Source {
        url: image.url.clone(),
        name: image.name.clone(),
        file: image.file().to_owned(),
        expected: Expected::Listed(image.checksums.clone()),
    });
    let problem = || Problem::new(&unknown(id, &all), Some("from"));
    source.ok_or_else(|| Refusal::all(StatusCode::NOT_FOUND, vec![problem()]))
}

fn unknown(id: &str, all: &[Known]) -> Text {
    let ids: Vec<_> = all.iter().map(|image| image.id.as_str()).collect();
    let known = match ids.is_empty() {
        true => "—".to_owned(),
        false => ids.join(", "),
    };
    say!("firnd-no-image", id = id, known = known)
}
