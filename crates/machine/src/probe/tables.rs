//! The partition table of a disk, and what is wrong with it.

use crate::{Damage, Listed, What};
use firn_table::{BLOCKS, Copy, FirstSector, Found, Partition, Table};
use std::fs::File;
use uuid::Uuid;

/// What was read of a disk's table.
#[derive(Debug)]
pub struct Tables {
    /// As the disk counts its blocks.
    own: Found,
    /// As a disk with blocks of another size would count them: some adapters change the size.
    other: Option<Found>,
}

/// Reads the table of the disk `path`, with blocks of `block` bytes.
///
/// # Errors
/// A sentence when the disk cannot be read: then nothing is known about it.
pub fn read(path: &str, block: u32) -> Result<Tables, String> {
    let mut disk = File::open(path).map_err(|error| error.to_string())?;
    let mut look = |block| firn_table::read(&mut disk, block).map_err(|error| error.to_string());
    let own = look(block)?;
    if let Some(reason) = own.unread() {
        return Err(reason.to_owned());
    }
    let other = BLOCKS.into_iter().find(|size| *size != block);
    let other = other
        .filter(|_| own.table().is_none())
        .map(look)
        .transpose()?;
    Ok(Tables { own, other })
}

impl Tables {
    /// The table that counts, if one is whole.
    pub fn whole(&self) -> Option<&Table> {
        self.own
            .table()
            .or(self.other.as_ref().and_then(Found::table))
    }

    /// Whether there is a table at the disk's start that is not whole.
    pub fn starts_damaged(&self) -> bool {
        self.own.primary.remains().is_some()
    }

    /// Whether the table at the disk's start is whole, and nothing keeps the kernel from it; `shown` is whether it shows partitions.
    pub fn is_as_it_should_be(&self, shown: bool) -> bool {
        let old = matches!(self.own.first_sector, FirstSector::Partitions(_));
        let whole = matches!(self.own.primary, Copy::Whole(_));
        whole && !old && self.trouble(shown).is_none()
    }

    /// Whether a whole table says what the disk is for: a GUID table, or one of the older kind without anything like a GUID table beside it.
    pub fn is_told_by_a_table(&self) -> bool {
        let none = self.own.remains().next().is_none();
        let whole = self.whole().is_some();
        whole || none && matches!(self.own.first_sector, FirstSector::Partitions(_))
    }

    /// What can be read of damaged tables: the disk's GUID, and what looks like entries, each once. Copies that name the
    /// same partition differently are both heard.
    pub fn legible(&self) -> (Option<Uuid>, Vec<Partition>) {
        let all = || {
            std::iter::once(&self.own)
                .chain(&self.other)
                .flat_map(Found::remains)
        };
        let mut partitions: Vec<Partition> = Vec::new();
        for part in all().flat_map(|remains| &remains.partitions) {
            let known = |other: &Partition| other.guid == part.guid && other.name == part.name;
            if !partitions.iter().any(known) {
                partitions.push(part.clone());
            }
        }
        (all().find_map(|remains| remains.id), partitions)
    }

    /// What is wrong with the table, if anything is; `shown` is whether the kernel shows partitions.
    pub fn trouble(&self, shown: bool) -> Option<What> {
        let of = |table: &Table, damage| Some(what(&table.partitions, damage));
        let first = self.own.first_sector;
        // A table of the older kind in whose place a GUID table was before.
        if shown && matches!(first, FirstSector::Partitions(_)) {
            return None;
        }
        if let Copy::Whole(table) = &self.own.primary {
            let hidden = !shown && !table.partitions.is_empty();
            return match first {
                FirstSector::Protective if hidden => of(table, Damage::NotShown),
                FirstSector::Protective => None,
                _ if hidden => of(table, Damage::FirstSector),
                _ => None,
            };
        }
        if let Copy::Whole(table) = &self.own.backup {
            return of(table, Damage::Start);
        }
        if let Some(table) = self.whole() {
            return of(table, Damage::Blocks(table.block));
        }
        let (_, mut partitions) = self.legible();
        let mut seen = std::collections::HashSet::new();
        partitions.retain(|part| seen.insert(part.guid));
        let damaged = first == FirstSector::Protective || self.own.remains().next().is_some();
        (damaged || !partitions.is_empty()).then(|| what(&partitions, Damage::Both))
    }
}

fn what(partitions: &[Partition], damage: Damage) -> What {
    let listed = |part: &Partition| Listed {
        number: part.number,
        name: part.name.clone(),
        size: part.size,
    };
    What::DamagedTable {
        damage,
        partitions: partitions.iter().map(listed).collect(),
    }
}
