//! The partition table at the start of a disk, written anew from its copy at the end.

use super::parts::Parts;
use crate::execute::failure::Said;
use anyhow::{Context, Result, ensure};
use firn_words::say;
use gpt::GptConfig;
use gpt::disk::LogicalBlockSize;
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

/// How long udev may hide a disk's partitions.
const BLINK: Duration = Duration::from_secs(5);
/// The last two bytes of a first sector that is none.
const SIGNATURE: [u8; 2] = [0x55, 0xaa];

/// Whether the kernel and the firmware find no table at the disk's start.
pub fn is_damaged(disk: &str, block: LogicalBlockSize) -> Result<bool> {
    let reading = || format!("reading the partition table of {disk}");
    let table = GptConfig::new().logical_block_size(block).open(disk);
    let table = table.with_context(reading)?;
    let mut sector = [0; 512];
    let mut file = OpenOptions::new().read(true).open(disk)?;
    file.read_exact(&mut sector).with_context(reading)?;
    Ok(table.primary_header().is_err() || sector[510..] != SIGNATURE)
}

/// Writes protective MBR and table from the copy, and has the kernel show the partitions.
pub fn restore(disk: &str, block: LogicalBlockSize) -> Result<()> {
    let writing = || format!("writing the partition table of {disk}");
    let file = OpenOptions::new().read(true).write(true).open(disk);
    let mut file = file.with_context(writing)?;
    let blocks = file.seek(SeekFrom::End(0))? / block.as_u64();
    let mut table = GptConfig::new()
        .writable(true)
        .logical_block_size(block)
        .open_from_device(&file)
        .with_context(writing)?;
    // Without a change the crate leaves a header that it could not read as it is.
    let partitions = table.partitions().clone();
    table.update_partitions(partitions).with_context(writing)?;
    table.write_inplace().with_context(writing)?;
    let last = u32::try_from(blocks - 1).unwrap_or(u32::MAX);
    let mbr = gpt::mbr::ProtectiveMBR::with_lb_size(last);
    mbr.overwrite_lba0(&mut &file).with_context(writing)?;
    file.sync_all().with_context(writing)?;
    // Closing it has udev look at it, and only then the kernel can be asked.
    drop(table);
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
        crate::execute::appears(&parts.lvm, BLINK),
        Said(say!("repair-table-damaged", disk = disk))
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::FileExt;

    #[test]
    fn a_wiped_start_comes_back_from_the_copy() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let size = 1 << 30;
        file.as_file().set_len(size).unwrap();
        let block = LogicalBlockSize::Lb512;
        let mut table = GptConfig::new()
            .writable(true)
            .create_from_device(file.as_file(), None)
            .unwrap();
        let kind = gpt::partition_types::LINUX_FS;
        table
            .add_partition_at("firn-a", 1, 2048, 4096, kind, 0)
            .unwrap();
        table.write_inplace().unwrap();
        let before = table.partitions().clone();
        let path = file.path().to_str().unwrap();
        assert!(is_damaged(path, block).unwrap(), "it has no MBR yet");
        file.as_file().write_all_at(&[0; 1 << 20], 0).unwrap();
        restore(path, block).unwrap();
        assert!(!is_damaged(path, block).unwrap());
        let after = GptConfig::new().open(path).unwrap();
        assert_eq!(after.partitions(), &before);
        assert!(after.backup_header().is_ok());
        assert_eq!(after.guid(), table.guid());
    }
}
