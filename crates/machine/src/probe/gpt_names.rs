//! What the names in a disk's partition table say about an installed or half-installed Firn, and about the further disks of its store.

use super::host_json;
use super::remains::{self, Remains};
use super::tables::Tables;
use crate::FirnHost;
use firn_image::disk::{self, LVM, STORE, UNFINISHED};
use firn_table::{Partition, Table};

const ESP: &str = disk::ESP.name;
/// What an unfinished installation has.
const OURS: [&str; 5] = [disk::BIOS.name, ESP, UNFINISHED, disk::SLOT_B.name, LVM];
/// Partitions with what a host must not lose.
const HOST: [&str; 2] = [disk::SLOT_A.name, LVM];

/// What a disk is to Firn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No table, or not Firn's.
    Foreign,
    /// An installation that never came to its end: counts as empty.
    Unfinished,
    /// An installed Firn, or what is left of one.
    Installed(FirnHost),
    /// A further disk of a Firn's store; of the host no more than the id is known here.
    Store(FirnHost),
}

/// What the disk `path` is, by its tables. A damaged table speaks as well: what may be a host is one.
pub fn layout(path: &str, tables: &Tables) -> Layout {
    let whole = tables.whole().map(|table| by_table(path, table));
    match whole {
        // Where the first copy is damaged, the second may be older than what the first still says.
        Some(Layout::Foreign) | None if tables.starts_damaged() => by_remains(path, tables),
        Some(layout) => layout,
        None => by_remains(path, tables),
    }
}

fn by_table(path: &str, table: &Table) -> Layout {
    // The table's own id is the host id, on every disk of a host.
    let unknown = || remains::with_id(table.id.simple().to_string());
    // A damaged ESP does not make an installed Firn a stranger.
    let host = || esp(table).and_then(|esp| host_json::read(path, esp.start, esp.size).ok());
    match classify(&names(&table.partitions)) {
        Kind::Foreign => Layout::Foreign,
        Kind::Store => Layout::Store(unknown()),
        // The power has failed in the last step: it starts, so it may have been in use since.
        Kind::Unfinished
            if esp(table).is_some_and(|esp| host_json::starts(path, esp.start, esp.size)) =>
        {
            Layout::Installed(host().unwrap_or_else(unknown))
        }
        Kind::Unfinished => Layout::Unfinished,
        Kind::Installed => Layout::Installed(host().unwrap_or_else(unknown)),
    }
}

fn by_remains(path: &str, tables: &Tables) -> Layout {
    let (id, partitions) = tables.legible();
    let kind = classify(&names(&partitions));
    if kind == Kind::Unfinished && !starts(path, &partitions) {
        return Layout::Unfinished;
    }
    let left = (!tables.is_told_by_a_table())
        .then(|| remains::look(path))
        .flatten();
    // The table's id is the host's, so that says more than one made of what else there is.
    let id = id.map(|id| remains::with_id(id.simple().to_string()));
    let unknown = || remains::nameless(&format!("{partitions:?}"));
    match (left, kind) {
        (Some(Remains::Named(host)), _) => Layout::Installed(host),
        (Some(Remains::Host(host)), _) => Layout::Installed(id.unwrap_or(host)),
        (_, Kind::Installed | Kind::Unfinished) => Layout::Installed(id.unwrap_or_else(unknown)),
        (Some(Remains::Store(host)), _) => Layout::Store(id.unwrap_or(host)),
        (None, Kind::Store) => Layout::Store(id.unwrap_or_else(unknown)),
        (None, Kind::Foreign) => Layout::Foreign,
    }
}

/// Whether a firmware would start something where an entry says that the ESP is, or where every Firn has it.
fn starts(path: &str, partitions: &[Partition]) -> bool {
    let listed = partitions.iter().filter(|part| part.name == ESP);
    let mut places = listed.map(|part| (part.start, part.size));
    places.any(|(start, size)| host_json::starts(path, start, size))
        || host_json::starts(path, remains::ESP.0, remains::ESP.1)
}

fn esp(table: &Table) -> Option<&Partition> {
    table.partitions.iter().find(|part| part.name == ESP)
}

fn names(partitions: &[Partition]) -> Vec<&str> {
    partitions.iter().map(|part| part.name.as_str()).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Foreign,
    Unfinished,
    Installed,
    Store,
}

fn classify(names: &[&str]) -> Kind {
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
    if has(&[STORE]) {
        return Kind::Store;
    }
    if !has(&[UNFINISHED]) {
        return if has(&HOST) {
            Kind::Installed
        } else {
            Kind::Foreign
        };
    }
    match names.iter().all(|name| OURS.contains(name)) {
        true => Kind::Unfinished,
        false if has(&[disk::SLOT_A.name]) => Kind::Installed,
        false => Kind::Foreign,
    }
}

#[cfg(test)]
mod tests;
