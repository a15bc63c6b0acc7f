//! One copy of a table: whole, damaged, or not there.

use crate::Table;
use crate::entry::{self, Partition};
use crate::header::{Fault, Geometry, Header};
use std::io::{self, Read, Seek, SeekFrom};
use uuid::Uuid;

/// Bytes that are looked through for entries where no header says how many there are.
const LOOKED_THROUGH: u64 = 16384;

/// One copy of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copy {
    /// Everything about it is right.
    Whole(Table),
    /// It is there, but not to be believed.
    Damaged(Remains),
    /// Nothing there looks like a table.
    Absent,
    /// The disk does not give its header: why.
    Unread(String),
}

/// What can be read of a damaged copy. No checksum speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// What is wrong.
    pub fault: Fault,
    /// The disk's GUID, as far as there is a header.
    pub id: Option<Uuid>,
    /// What looks like entries.
    pub partitions: Vec<Partition>,
}

impl Copy {
    /// The table, if it is whole.
    pub fn whole(&self) -> Option<&Table> {
        match self {
            Self::Whole(table) => Some(table),
            _ => None,
        }
    }

    /// What is left of it, if it is damaged.
    pub fn remains(&self) -> Option<&Remains> {
        match self {
            Self::Damaged(remains) => Some(remains),
            _ => None,
        }
    }
}

/// A copy, and where its header says that the other one is.
pub struct Looked {
    pub copy: Copy,
    other: Option<u64>,
}

impl Looked {
    pub fn whole(&self) -> Option<&Table> {
        self.copy.whole()
    }

    /// The block of the other copy's header, for what the word of this one is worth.
    pub fn other(&self) -> Option<u64> {
        self.other
    }
}

/// Reads the copy whose header is in block `at`.
pub fn read<D: Read + Seek>(disk: &mut D, place: Geometry, at: u64) -> Looked {
    let looked = |copy, other| Looked { copy, other };
    if at == 0 || at >= place.blocks {
        return looked(Copy::Absent, None);
    }
    let block = match bytes(disk, place, at, u64::from(place.block)) {
        Ok(block) => block,
        Err(error) => return looked(Copy::Unread(error.to_string()), None),
    };
    let Some(header) = Header::parse(&block) else {
        return looked(without_header(disk, place, at), None);
    };
    let other = Some(header.other);
    match whole(disk, place, at, &block, &header) {
        Ok(table) => looked(Copy::Whole(table), other),
        Err(fault) => looked(
            Copy::Damaged(remains(disk, place, at, &header, fault)),
            other,
        ),
    }
}

fn whole<D: Read + Seek>(
    disk: &mut D,
    place: Geometry,
    at: u64,
    block: &[u8],
    header: &Header,
) -> Result<Table, Fault> {
    header.check(block, at, place)?;
    let length = header.bytes().ok_or(Fault::HeaderFields)?;
    let entries = bytes(disk, place, header.entries_at, length);
    let entries = entries.map_err(|error| Fault::Unread(error.to_string()))?;
    if crc32fast::hash(&entries) != header.entries_checksum {
        return Err(Fault::EntriesChecksum);
    }
    Ok(Table {
        id: header.id,
        block: place.block,
        partitions: entry::parse(&entries, header.entry_size, place.block),
        header: header.clone(),
        entries,
    })
}

fn remains<D: Read + Seek>(
    disk: &mut D,
    place: Geometry,
    at: u64,
    header: &Header,
    fault: Fault,
) -> Remains {
    let usual = place.usual_entries(at);
    let mut partitions = legible(disk, place, usual);
    // The header may be right about where its entries are, even if something else of it is wrong.
    if header.entries_at != usual && header.fits(place) {
        partitions.extend(legible(disk, place, header.entries_at));
    }
    let id = Some(header.id).filter(|id| !id.is_nil());
    Remains {
        fault,
        id,
        partitions,
    }
}

/// Entries whose header is gone.
fn without_header<D: Read + Seek>(disk: &mut D, place: Geometry, at: u64) -> Copy {
    let partitions = legible(disk, place, place.usual_entries(at));
    if partitions.is_empty() {
        return Copy::Absent;
    }
    Copy::Damaged(Remains {
        fault: Fault::Signature,
        id: None,
        partitions,
    })
}

/// A block at a time: one that cannot be read does not hide the others.
fn legible<D: Read + Seek>(disk: &mut D, place: Geometry, from: u64) -> Vec<Partition> {
    let block = u64::from(place.block);
    let mut all = Vec::new();
    for at in from..from.saturating_add(LOOKED_THROUGH.div_ceil(block)) {
        let read = bytes(disk, place, at, block);
        all.extend(read.unwrap_or_else(|_| vec![0; usize::try_from(block).unwrap_or(512)]));
    }
    entry::legible(&all, place)
}

fn bytes<D: Read + Seek>(
    disk: &mut D,
    place: Geometry,
    at: u64,
    length: u64,
) -> io::Result<Vec<u8>> {
    let start = at.checked_mul(u64::from(place.block));
    let start = start.ok_or_else(|| io::Error::other("beyond the end"))?;
    disk.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    disk.by_ref().take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}
