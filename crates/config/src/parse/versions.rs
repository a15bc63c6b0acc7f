//! `host.toml` of other versions than today's. The file itself stays as it is: an older one is changed in memory, and of a newer one, as after
//! a return to an older image, counts what is understood.

use super::reader::Reader;
use super::tree::{self, Data, Node};
use super::{finish, settings, without_bom};
use crate::VERSION;
use crate::problem::Problem;
use crate::settings::{AnyVersion, Settings};

/// Makes of a file of one version one of the next.
type Migration = fn(&mut Node);

/// The first one makes version 2 of version 1, and so on up to today's.
const MIGRATIONS: [Migration; VERSION as usize - 1] = [];

/// Reads `host.toml` of today's version or an older one.
pub(crate) fn known(text: &str) -> Result<Settings, Vec<Problem>> {
    let text = without_bom(text);
    let (mut root, errors) = tree::read(text);
    to_today(&mut root, &MIGRATIONS);
    let mut reader = Reader::new(text, !errors.is_empty());
    let settings = settings::read(&mut reader, &root);
    finish(reader, errors, settings)
}

/// Reads `host.toml` of any version.
pub(crate) fn of_any(text: &str) -> Result<AnyVersion, Vec<Problem>> {
    let text = without_bom(text);
    let (mut root, errors) = tree::read(text);
    let version = version_in(&root).filter(|version| *version > VERSION);
    let (Some(version), true) = (version, errors.is_empty()) else {
        let settings = known(text)?;
        return Ok(AnyVersion {
            version: version_in(&root).unwrap_or(VERSION),
            settings,
            left: Vec::new(),
        });
    };
    set_version(&mut root, VERSION);
    let mut reader = Reader::new(text, false);
    match settings::read(&mut reader, &root) {
        Some(settings) => Ok(AnyVersion {
            settings,
            version,
            left: reader.into_problems(),
        }),
        None => Err(reader.into_problems()),
    }
}

/// The version that a file says it has.
pub(crate) fn version(text: &str) -> Option<u32> {
    version_in(&tree::read(without_bom(text)).0)
}

fn version_in(root: &Node) -> Option<u32> {
    let Data::Table(entries) = &root.data else {
        return None;
    };
    let entry = entries.iter().find(|entry| entry.key == "version")?;
    match entry.node.data {
        Data::Number(number) => u32::try_from(number).ok(),
        _ => None,
    }
}

fn set_version(root: &mut Node, version: u32) {
    if let Data::Table(entries) = &mut root.data {
        let found = entries.iter_mut().find(|entry| entry.key == "version");
        if let Some(entry) = found {
            entry.node.data = Data::Number(version.into());
        }
    }
}

/// Takes a file of an older version up one version after the other; one of another version stays as it is.
fn to_today(root: &mut Node, migrations: &[Migration]) {
    let Some(begin) = version_in(root).and_then(|version| version.checked_sub(1)) else {
        return;
    };
    for (version, migration) in (2..).zip(migrations).skip(begin as usize) {
        migration(root);
        set_version(root, version);
    }
}

#[cfg(test)]
mod tests;
