//! The first sector of a disk, where the older kind of partition table is, and a protective one before a GUID table. It has no checksum.

use crate::header::le;
use std::io::{self, Read, Seek, SeekFrom};

/// The last two bytes of a first sector that means something.
const SIGNATURE: [u8; 2] = [0x55, 0xaa];
/// The kind of the one partition that stands for a GUID table.
const PROTECTIVE: u8 = 0xee;

/// What the first sector says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstSector {
    /// Zeros.
    Blank,
    /// That there is a GUID table.
    Protective,
    /// A table of the older kind, with so many partitions that lie on the disk.
    Partitions(usize),
    /// Something else: a file system's first sector, a table that is damaged.
    Other,
}

/// Reads it.
pub fn read<D: Read + Seek>(disk: &mut D, size: u64) -> io::Result<FirstSector> {
    let mut sector = Vec::new();
    disk.seek(SeekFrom::Start(0))?;
    disk.by_ref().take(512).read_to_end(&mut sector)?;
    Ok(classify(&sector, size))
}

fn classify(sector: &[u8], size: u64) -> FirstSector {
    if sector.iter().all(|byte| *byte == 0) {
        return FirstSector::Blank;
    }
    if sector.get(510..) != Some(&SIGNATURE) {
        return FirstSector::Other;
    }
    let entries: Vec<&[u8]> = sector[446..510].chunks_exact(16).collect();
    if entries.iter().any(|entry| entry[4] == PROTECTIVE) {
        return FirstSector::Protective;
    }
    match entries.iter().filter(|entry| is_real(entry, size)).count() {
        0 => FirstSector::Other,
        count => FirstSector::Partitions(count),
    }
}

/// A flag that exists, a kind, and a beginning on the disk; blocks have 512 bytes at least.
fn is_real(entry: &[u8], size: u64) -> bool {
    let (start, count) = (le(entry, 8, 4).unwrap_or(0), le(entry, 12, 4).unwrap_or(0));
    matches!(entry[0], 0 | 0x80) && entry[4] != 0 && start > 0 && count > 0 && start < size / 512
}
