//! A definition as a file, which people may have edited.

use super::{Definition, VERSION};
use crate::{Id, name};
use firn_words::{Text, say};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The file of a definition.
///
/// # Errors
/// When a value cannot be written as TOML.
pub(crate) fn write(definition: &Definition) -> Result<String, Text> {
    toml::to_string(definition).map_err(|error| error.to_string().into())
}

/// Reads the file of the guest with this id.
///
/// # Errors
/// What is wrong with it, with the place.
pub(crate) fn read(id: &Id, bytes: &[u8]) -> Result<Definition, Text> {
    let text = std::str::from_utf8(bytes).map_err(|_| say!("guests-file-not-text"))?;
    let version: Version = toml::from_str(text).map_err(|error| place(text, &error))?;
    if version.version > VERSION {
        return Err(say!(
            "guests-file-newer",
            found = version.version,
            known = VERSION
        ));
    }
    let definition: Definition = toml::from_str(text).map_err(|error| place(text, &error))?;
    odd(id, &definition).map_or(Ok(definition), Err)
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

fn place(text: &str, error: &toml::de::Error) -> Text {
    let at = error.span().map_or(0, |span| span.start);
    let line = text
        .get(..at)
        .map_or(1, |before| before.matches('\n').count() + 1);
    say!("guests-file-wrong", line = line, reason = error.message())
}

/// What is well-formed and yet cannot be.
fn odd(id: &Id, definition: &Definition) -> Option<Text> {
    if definition.id != *id {
        return Some(say!("guests-file-other-id", id = definition.id.as_str()));
    }
    if let Some(text) = name::wrong(&definition.name) {
        return Some(text);
    }
    let numbers: BTreeSet<u32> = definition.disks.iter().map(|disk| disk.number).collect();
    let targets: BTreeSet<&str> = definition
        .disks
        .iter()
        .map(|disk| disk.target.as_str())
        .collect();
    let all = definition.disks.len();
    (numbers.len() < all || targets.len() < all).then(|| say!("guests-file-disks"))
}
