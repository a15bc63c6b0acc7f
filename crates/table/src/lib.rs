//! Reads GUID partition tables, of which a disk has two copies. Nothing of a table is believed before it was checked: the header's
//! checksum, its place, its sizes and counts, then the checksum of the entries. What is damaged is still looked through for what can
//! be read of it, and is told apart from what is whole.
//!
//! Memory and time have a limit, whatever a disk holds. Nothing here writes but [`Table::write`].

mod copy;
mod entry;
mod first_sector;
mod header;
#[cfg(test)]
mod tests;
mod write;

pub use copy::{Copy, Remains};
pub use entry::Partition;
pub use first_sector::FirstSector;
pub use header::Fault;

use std::io::{self, Read, Seek, SeekFrom};
use uuid::Uuid;

/// The sizes of blocks that disks have, in bytes.
pub const BLOCKS: [u32; 2] = [512, 4096];

/// A whole table, of which everything was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The disk's GUID.
    pub id: Uuid,
    /// Bytes of a block, as the table counts them.
    pub block: u32,
    /// The used entries, in their order.
    pub partitions: Vec<Partition>,
    header: header::Header,
    entries: Vec<u8>,
}

/// Both copies of a disk's table, and what its first sector says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The copy at the start.
    pub primary: Copy,
    /// The copy at the end.
    pub backup: Copy,
    /// The first sector.
    pub first_sector: FirstSector,
}

impl Found {
    /// The table that counts: the one at the start if it is whole, else its copy.
    pub fn table(&self) -> Option<&Table> {
        self.primary.whole().or(self.backup.whole())
    }

    /// What can be read of damaged copies.
    pub fn remains(&self) -> impl Iterator<Item = &Remains> {
        [&self.primary, &self.backup]
            .into_iter()
            .filter_map(Copy::remains)
    }

    /// Why nothing is known of the table: neither copy could be read from the disk.
    pub fn unread(&self) -> Option<&str> {
        let reason = |copy: &'_ Copy| matches!(copy, Copy::Unread(_));
        match (&self.primary, &self.backup) {
            (Copy::Unread(why), other) if reason(other) || *other == Copy::Absent => Some(why),
            (Copy::Absent, Copy::Unread(why)) => Some(why),
            _ => None,
        }
    }
}

/// The size of a disk or of an image of one, in bytes.
///
/// # Errors
/// When it cannot be found out.
pub fn size_of(disk: &mut impl Seek) -> io::Result<u64> {
    disk.seek(SeekFrom::End(0))
}

/// Reads both copies of the table, as a disk with blocks of `block` bytes has them.
///
/// # Errors
/// When the disk's size cannot be found out, or its first sector cannot be read.
pub fn read<D: Read + Seek>(disk: &mut D, block: u32) -> io::Result<Found> {
    let size = size_of(disk)?;
    let place = header::Geometry::new(size, block);
    let primary = copy::read(disk, place, 1);
    let last = place.blocks.saturating_sub(1);
    let mut backup = copy::read(disk, place, last);
    // On a disk that has grown the copy is where its end was.
    let hint = primary.other().filter(|at| *at != last && *at > 1);
    if let (None, Some(at)) = (backup.whole(), hint) {
        let elsewhere = copy::read(disk, place, at);
        if elsewhere.whole().is_some() {
            backup = elsewhere;
        }
    }
    Ok(Found {
        primary: primary.copy,
        backup: backup.copy,
        first_sector: first_sector::read(disk, size)?,
    })
}
