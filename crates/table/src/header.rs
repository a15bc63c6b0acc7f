//! The header of a table: checked field by field before anything that it points to is read.

use std::fmt;
use uuid::Uuid;

/// What stands at its beginning.
pub const SIGNATURE: &[u8; 8] = b"EFI PART";
/// Bytes that have a meaning.
pub const SIZE: usize = 92;
/// Bytes of the smallest entry.
pub const ENTRY: u32 = 128;
/// No table has larger entries, nor more bytes of them.
const LARGEST_ENTRY: u32 = 4096;
const MOST_BYTES: u64 = 1 << 20;
/// Bytes of the entries that every tool makes room for.
const USUAL_BYTES: u64 = 16384;

/// Blocks of a disk.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    /// Bytes of one.
    pub block: u32,
    /// How many there are.
    pub blocks: u64,
}

impl Geometry {
    /// Of a disk of `size` bytes.
    pub fn new(size: u64, block: u32) -> Self {
        let block = block.max(512);
        let blocks = size / u64::from(block);
        Self { block, blocks }
    }

    /// Where the entries of the usual table lie, whose header is in block `at`.
    pub fn usual_entries(self, at: u64) -> u64 {
        let length = USUAL_BYTES.div_ceil(u64::from(self.block));
        if at == 1 {
            2
        } else {
            at.saturating_sub(length)
        }
    }
}

/// Why a copy of a table is not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The header's signature is gone, but entries are there.
    Signature,
    /// The header's checksum is wrong.
    HeaderChecksum,
    /// A size, a count or a place in the header cannot be.
    HeaderFields,
    /// It describes a larger disk, or another place on it.
    Place,
    /// The checksum of the entries is wrong.
    EntriesChecksum,
    /// Its entries could not be read: why.
    Unread(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature => "its header is gone",
            Self::HeaderChecksum => "the checksum of its header is wrong",
            Self::HeaderFields => "its header has impossible values",
            Self::Place => "it was made for another disk",
            Self::EntriesChecksum => "the checksum of its entries is wrong",
            Self::Unread(why) => return write!(f, "its entries cannot be read: {why}"),
        })
    }
}

/// A header, as it stands on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub revision: u32,
    pub size: u32,
    pub checksum: u32,
    pub at: u64,
    pub other: u64,
    pub first_usable: u64,
    pub last_usable: u64,
    pub id: Uuid,
    pub entries_at: u64,
    pub count: u32,
    pub entry_size: u32,
    pub entries_checksum: u32,
}

impl Header {
    /// The fields of a block that has the signature; nothing is checked.
    pub fn parse(block: &[u8]) -> Option<Self> {
        if block.get(..8)? != SIGNATURE || block.len() < SIZE {
            return None;
        }
        let u32_at = |at: usize| le(block, at, 4).and_then(|n| u32::try_from(n).ok());
        Some(Self {
            revision: u32_at(8)?,
            size: u32_at(12)?,
            checksum: u32_at(16)?,
            at: le(block, 24, 8)?,
            other: le(block, 32, 8)?,
            first_usable: le(block, 40, 8)?,
            last_usable: le(block, 48, 8)?,
            id: guid(block.get(56..72)?)?,
            entries_at: le(block, 72, 8)?,
            count: u32_at(80)?,
            entry_size: u32_at(84)?,
            entries_checksum: u32_at(88)?,
        })
    }

    /// Bytes of all entries; nothing where that cannot be.
    pub fn bytes(&self) -> Option<u64> {
        let sane =
            self.entry_size.is_power_of_two() && (ENTRY..=LARGEST_ENTRY).contains(&self.entry_size);
        let bytes = u64::from(self.count) * u64::from(self.entry_size);
        (sane && self.count > 0 && bytes <= MOST_BYTES).then_some(bytes)
    }

    /// Whether its entries lie on the disk, and not on the header itself.
    pub fn fits(&self, disk: Geometry) -> bool {
        let Some(bytes) = self.bytes() else {
            return false;
        };
        let length = bytes.div_ceil(u64::from(disk.block));
        let end = self.entries_at.checked_add(length);
        let on_header = self.entries_at <= self.at && end.is_some_and(|end| end > self.at);
        self.entries_at > 0 && end.is_some_and(|end| end <= disk.blocks) && !on_header
    }

    /// Checks the header in block `at` of the disk, of which `block` are the bytes.
    pub fn check(&self, block: &[u8], at: u64, disk: Geometry) -> Result<(), Fault> {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        if !(SIZE..=block.len()).contains(&size) {
            return Err(Fault::HeaderFields);
        }
        if checksum(&block[..size]) != self.checksum {
            return Err(Fault::HeaderChecksum);
        }
        if self.at != at || self.last_usable >= disk.blocks {
            return Err(Fault::Place);
        }
        if self.first_usable > self.last_usable || !self.fits(disk) {
            return Err(Fault::HeaderFields);
        }
        Ok(())
    }

    /// As it is written into a block of this size, with its checksum.
    pub fn encode(&self, block: u32) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SIZE);
        bytes.extend(SIGNATURE);
        bytes.extend(self.revision.to_le_bytes());
        bytes.extend(u32::try_from(SIZE).unwrap_or(self.size).to_le_bytes());
        bytes.extend([0; 8]);
        for number in [self.at, self.other, self.first_usable, self.last_usable] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.id.to_bytes_le());
        bytes.extend(self.entries_at.to_le_bytes());
        for number in [self.count, self.entry_size, self.entries_checksum] {
            bytes.extend(number.to_le_bytes());
        }
        let sum = checksum(&bytes);
        bytes[16..20].copy_from_slice(&sum.to_le_bytes());
        bytes.resize(usize::try_from(block).unwrap_or(512), 0);
        bytes
    }
}

/// The checksum of a header; its own field counts as zeros.
fn checksum(header: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&header[..16]);
    sum.update(&[0; 4]);
    sum.update(&header[20..]);
    sum.finalize()
}

/// A number of `length` bytes, the lowest first.
pub fn le(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    Some(bytes.iter().rev().fold(0, add))
}

/// A GUID as tables store it.
pub fn guid(bytes: &[u8]) -> Option<Uuid> {
    Some(Uuid::from_bytes_le(bytes.try_into().ok()?))
}
