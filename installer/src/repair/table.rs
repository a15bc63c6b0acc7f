//! The partition table at the start of a disk, written anew from its copy at the end.

use super::parts::Parts;
use crate::execute::failure::Said;
use anyhow::{Context, Result, ensure};
use firn_disks::{appears, gpt};
use firn_table::{FirstSector, Found, Table};
use firn_words::say;
use std::fs::{File, OpenOptions};
use std::path::Path;
use std::time::Duration;

/// How long udev may hide a disk's partitions.
const BLINK: Duration = Duration::from_secs(5);

/// Both copies of a disk's table.
pub fn look(disk: &str, block: u32) -> Result<Found> {
    let reading = || format!("reading the partition table of {disk}");
    let mut file = File::open(disk).with_context(reading)?;
    firn_table::read(&mut file, block).with_context(reading)
}

/// The table that counts.
pub fn read(disk: &str, block: u32) -> Result<Table> {
    let found = look(disk, block)?;
    let table = found.table().cloned();
    table.with_context(|| Said(say!("repair-no-table", disk = disk)))
}

/// Whether the kernel and the firmware find no table at the disk's start.
pub fn is_damaged(disk: &str, block: u32) -> Result<bool> {
    let found = look(disk, block)?;
    Ok(found.primary.whole().is_none() || found.first_sector != FirstSector::Protective)
}

/// Writes protective MBR and table from the copy, and has the kernel show the partitions.
pub fn restore(disk: &str, block: u32) -> Result<()> {
    let writing = || format!("writing the partition table of {disk}");
    let table = read(disk, block)?;
    let file = OpenOptions::new().read(true).write(true).open(disk);
    let mut file = file.with_context(writing)?;
    let size = firn_table::size_of(&mut file).with_context(writing)?;
    let sync = |file: &mut File| file.sync_all();
    table.write(&mut file, size, sync).with_context(writing)?;
    gpt::protect(&mut file, size, block).with_context(writing)?;
    file.sync_all().with_context(writing)?;
    // Closing it has udev look at it, and only then the kernel can be asked.
    drop(file);
    show(disk)
}

/// A plain file, as in tests, has no partitions to show.
fn show(disk: &str) -> Result<()> {
    match Path::new(disk).starts_with("/dev") {
        true => crate::execute::reread(disk),
        false => Ok(()),
    }
}

/// An error with a way out where the kernel shows no partitions. Where a disk was closed after writing, as at the end of an
/// installation, udev takes them away for a moment.
pub fn check_shown(disk: &str, parts: &Parts) -> Result<()> {
    crate::execute::settle();
    ensure!(
        appears(&parts.lvm, BLINK),
        Said(say!("repair-table-damaged", disk = disk))
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::gpt::{GptConfig, partition_types};
    use std::os::unix::fs::FileExt;

    /// A disk with one partition on a file.
    fn disk() -> (tempfile::NamedTempFile, Table) {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(1 << 30).unwrap();
        let mut table = GptConfig::new()
            .writable(true)
            .create_from_device(file.as_file(), None)
            .unwrap();
        let kind = partition_types::LINUX_FS;
        table
            .add_partition_at("firn-a", 3, 2048, 4096, kind, 7)
            .unwrap();
        table.write_inplace().unwrap();
        let read = read(file.path().to_str().unwrap(), 512).unwrap();
        (file, read)
    }

    #[test]
    fn a_damaged_start_comes_back_from_the_copy() {
        // All of the start, and one byte of an entry, which its header still calls whole.
        for (at, length) in [(0, 1 << 20), (1024 + 60, 1)] {
            let (file, before) = disk();
            let path = file.path().to_str().unwrap();
            assert!(is_damaged(path, 512).unwrap(), "it has no MBR yet");
            file.as_file()
                .write_all_at(&vec![b'x'; length], at)
                .unwrap();
            restore(path, 512).unwrap();
            assert!(!is_damaged(path, 512).unwrap());
            let after = look(path, 512).unwrap();
            for copy in [&after.primary, &after.backup] {
                let copy = copy.whole().unwrap();
                assert_eq!((copy.id, &copy.partitions), (before.id, &before.partitions));
            }
            let theirs = GptConfig::new()
                .only_valid_headers(true)
                .open(path)
                .unwrap();
            assert!(
                theirs
                    .partitions()
                    .values()
                    .any(|part| part.name == "firn-a")
            );
        }
    }

    #[test]
    fn without_a_whole_table_nothing_is_written() {
        let (file, _) = disk();
        let path = file.path().to_str().unwrap();
        for at in [1024 + 60, (1 << 30) - 33 * 512 + 60] {
            file.as_file().write_all_at(b"x", at).unwrap();
        }
        let before = std::fs::read(path).unwrap();
        let error = restore(path, 512).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "both copies of the partition table of {path} are damaged: this cannot be repaired here"
            )
        );
        assert!(std::fs::read(path).unwrap() == before);
    }
}
