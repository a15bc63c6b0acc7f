//! The entries of a table.

use crate::header::{Geometry, guid, le};
use uuid::Uuid;

/// Where the name is in an entry, and its length in bytes.
const NAME: std::ops::Range<usize> = 56..128;

/// A used entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its number, from 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// GUID of its kind.
    pub kind: Uuid,
    /// Its own GUID, the PARTUUID.
    pub guid: Uuid,
    /// First byte on the disk.
    pub start: u64,
    /// Bytes; 0 where the entry ends before it begins.
    pub size: u64,
}

/// The used entries among these bytes.
pub fn parse(entries: &[u8], entry_size: u32, block: u32) -> Vec<Partition> {
    let each = usize::try_from(entry_size).unwrap_or(128).max(128);
    let numbered = (1..).zip(entries.chunks_exact(each));
    numbered
        .filter_map(|(number, entry)| one(number, entry, block))
        .collect()
}

/// Nothing for an unused entry.
fn one(number: u32, entry: &[u8], block: u32) -> Option<Partition> {
    let kind = guid(entry.get(..16)?)?;
    let (first, last) = (le(entry, 32, 8)?, le(entry, 40, 8)?);
    let block = u64::from(block);
    let count = last.checked_sub(first).map_or(0, |n| n.saturating_add(1));
    (!kind.is_nil()).then_some(Partition {
        number,
        name: name(entry)?,
        kind,
        guid: guid(entry.get(16..32)?)?,
        start: first.saturating_mul(block),
        size: count.saturating_mul(block),
    })
}

fn units(entry: &[u8]) -> Option<Vec<u16>> {
    let pairs = entry.get(NAME)?.chunks_exact(2);
    Some(pairs.map(|b| u16::from_le_bytes([b[0], b[1]])).collect())
}

fn name(entry: &[u8]) -> Option<String> {
    let units = units(entry)?;
    let end = units.iter().position(|u| *u == 0).unwrap_or(units.len());
    Some(String::from_utf16_lossy(&units[..end]))
}

/// Writes a name into an entry.
pub fn set_name(entry: &mut [u8], name: &str) {
    let Some(place) = entry.get_mut(NAME) else {
        return;
    };
    let units = name.encode_utf16().chain(std::iter::repeat(0));
    for (pair, unit) in place.chunks_exact_mut(2).zip(units) {
        pair.copy_from_slice(&unit.to_le_bytes());
    }
}

/// The entries among bytes that no checksum speaks for: those which look like entries, since anything can be there.
pub fn legible(entries: &[u8], disk: Geometry) -> Vec<Partition> {
    let numbered = (1..).zip(entries.chunks_exact(128));
    numbered
        .filter(|(_, entry)| looks_real(entry, disk))
        .filter_map(|(number, entry)| one(number, entry, disk.block))
        .collect()
}

/// A place on the disk, and a name of printable characters with nothing but zeros behind it.
fn looks_real(entry: &[u8], disk: Geometry) -> bool {
    let place = || Some((le(entry, 32, 8)?, le(entry, 40, 8)?));
    let fits =
        place().is_some_and(|(first, last)| first > 1 && first <= last && last < disk.blocks);
    let name = units(entry).unwrap_or_default();
    let end = name.iter().position(|u| *u == 0).unwrap_or(name.len());
    let printable = char::decode_utf16(name[..end].iter().copied())
        .all(|c| c.is_ok_and(|c| !c.is_control() && c != char::REPLACEMENT_CHARACTER));
    fits && end > 0 && printable && name[end..].iter().all(|u| *u == 0)
}
