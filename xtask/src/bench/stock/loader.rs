//! GRUB for BIOS on a disk with an MBR, as `grub-install` puts it there, without a device to install to.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use anyhow::{Context, Result, ensure};

const SECTOR: usize = 512;
/// The part of the first sector that is code.
const CODE: usize = 440;
/// In boot.img: two NOPs make it ask the BIOS for the drive's number.
const DRIVE_CHECK: usize = 0x66;
/// In the first sector of core.img: where the rest is, how much, and the segment to load it to.
const BLOCK_LIST: usize = 0x1f4;
const SEGMENT: u16 = 0x820;
/// The first entry of the partition table.
const ENTRY: usize = 446;
const LINUX: u8 = 0x83;

/// Writes `boot.img` and `core.img` of this folder, and one partition from `offset` to the end.
///
/// # Errors
/// When a file is missing, or the core image does not fit before the partition.
pub fn write(disk: &Path, folder: &Path, offset: u64) -> Result<()> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).with_context(|| format!("reading {}", path.display()))
    };
    let (boot, core) = (read("boot.img")?, core(read("core.img")?)?);
    ensure!(
        core.len() + SECTOR <= usize::try_from(offset)?,
        "GRUB's core image does not fit before the first partition"
    );
    let what = || format!("writing the boot loader to {}", disk.display());
    let file = File::options().write(true).open(disk).with_context(what)?;
    let length = file.metadata()?.len();
    let first = boot_sector(&boot, offset, length)?;
    file.write_all_at(&first, 0).with_context(what)?;
    file.write_all_at(&core, SECTOR as u64).with_context(what)
}

/// core.img begins in the second sector, where boot.img expects it; its rest follows.
fn core(mut core: Vec<u8>) -> Result<Vec<u8>> {
    core.resize(core.len().next_multiple_of(SECTOR), 0);
    let sectors = u16::try_from(core.len() / SECTOR).context("GRUB's core image is too large")?;
    ensure!(sectors >= 2, "GRUB's core image is too small");
    core[BLOCK_LIST..BLOCK_LIST + 8].copy_from_slice(&2_u64.to_le_bytes());
    core[BLOCK_LIST + 8..BLOCK_LIST + 10].copy_from_slice(&(sectors - 1).to_le_bytes());
    core[BLOCK_LIST + 10..BLOCK_LIST + 12].copy_from_slice(&SEGMENT.to_le_bytes());
    Ok(core)
}

fn boot_sector(boot: &[u8], offset: u64, length: u64) -> Result<[u8; SECTOR]> {
    ensure!(
        boot.len() == SECTOR,
        "boot.img has {} bytes instead of {SECTOR}",
        boot.len()
    );
    let mut sector = [0; SECTOR];
    sector[..CODE].copy_from_slice(&boot[..CODE]);
    sector[DRIVE_CHECK..DRIVE_CHECK + 2].copy_from_slice(&[0x90, 0x90]);
    let start = u32::try_from(offset / SECTOR as u64)?;
    let count = u32::try_from((length - offset) / SECTOR as u64)?;
    let entry = &mut sector[ENTRY..ENTRY + 16];
    entry[0] = 0x80;
    entry[4] = LINUX;
    entry[8..12].copy_from_slice(&start.to_le_bytes());
    entry[12..16].copy_from_slice(&count.to_le_bytes());
    sector[SECTOR - 2..].copy_from_slice(&[0x55, 0xaa]);
    Ok(sector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_partition_after_the_loader() {
        let sector = boot_sector(&[7; SECTOR], 1 << 20, 3 << 20).unwrap();
        assert_eq!(sector[0], 7);
        assert_eq!(sector[ENTRY + 4], LINUX);
        assert_eq!(sector[ENTRY + 8..ENTRY + 16], [0, 8, 0, 0, 0, 16, 0, 0]);
        assert_eq!(sector[510..], [0x55, 0xaa]);
        assert!(boot_sector(&[7; 10], 1 << 20, 3 << 20).is_err());
    }

    #[test]
    fn core_knows_its_rest() {
        let core = core(vec![1; 3 * SECTOR + 5]).unwrap();
        assert_eq!(core.len(), 4 * SECTOR);
        assert_eq!(
            core[BLOCK_LIST..BLOCK_LIST + 12],
            [2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x20, 8]
        );
    }
}
