//! GRUB for BIOS on a disk with an MBR, as `grub-install` puts it there, without a device to install to.

use anyhow::{Context, Result, ensure};
use firn_grub::{CODE, SECTOR};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// The sector of core.img: the second one.
const CORE: u64 = 1;
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
    let (boot, core) = (read("boot.img")?, firn_grub::core(read("core.img")?, CORE)?);
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

fn boot_sector(boot: &[u8], offset: u64, length: u64) -> Result<[u8; SECTOR]> {
    let mut sector = [0; SECTOR];
    sector[..CODE].copy_from_slice(&firn_grub::boot(boot, CORE)?);
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
}
