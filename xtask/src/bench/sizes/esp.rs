//! The EFI system partition of a disk or an ISO, found by its GPT.

use anyhow::{Context, Result};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

const SECTOR: u64 = 512;
/// The type GUID of an EFI system partition, as it lies on the disk.
const TYPE: [u8; 16] = [
    0x28, 0x73, 0x2a, 0xc1, 0x1f, 0xf8, 0xd2, 0x11, 0xba, 0x4b, 0x00, 0xa0, 0xc9, 0x3e, 0xc9, 0x3b,
];
/// An entry of the table has this many bytes; the table follows the header and has 128 entries.
const ENTRY: usize = 128;

/// Its size in bytes.
///
/// # Errors
/// When the file cannot be read or has no such partition.
pub fn size(path: &Path) -> Result<u64> {
    let what = || format!("reading the partition table of {}", path.display());
    let file = File::open(path).with_context(what)?;
    let mut table = vec![0; ENTRY * 128];
    file.read_exact_at(&mut table, 2 * SECTOR)
        .with_context(what)?;
    find(&table)
        .context("it has no EFI system partition")
        .with_context(what)
}

fn find(table: &[u8]) -> Option<u64> {
    let entry = table.chunks_exact(ENTRY).find(|e| e[..16] == TYPE)?;
    let number = |at: usize| Some(u64::from_le_bytes(entry[at..at + 8].try_into().ok()?));
    let (first, last) = (number(32)?, number(40)?);
    Some((last.checked_sub(first)? + 1) * SECTOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_sector() {
        let mut table = vec![0; ENTRY * 4];
        assert_eq!(find(&table), None);
        table[ENTRY..ENTRY + 16].copy_from_slice(&TYPE);
        table[ENTRY + 32..ENTRY + 40].copy_from_slice(&100_u64.to_le_bytes());
        table[ENTRY + 40..ENTRY + 48].copy_from_slice(&107_u64.to_le_bytes());
        assert_eq!(find(&table), Some(8 * SECTOR));
    }
}
