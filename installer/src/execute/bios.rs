//! GRUB for BIOS: what `grub-bios-setup` does, without its search for devices.
//!
//! `core.img` goes into the BIOS boot partition, where its first sector has to know where the rest is. `boot.img` goes
//! into the first sector of the disk and has to know where `core.img` is; it is written last of all.

use super::context::{Context, Result};
use super::esp::GRUB;
use super::failure::Said;
use crate::plan::PartitionKind;
use anyhow::{Context as _, ensure};
use firn_words::say;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;

const SECTOR: usize = 512;
/// The part of the first sector that is code; the disk's signature and the partition entries follow.
const CODE: usize = 440;
/// x86 real mode, loaded to 0:7C00: prints the text behind it through the BIOS (INT 10h, AH = 0Eh), then gives the turn to the
/// next boot device (INT 18h). Without it a BIOS would run into zeros and hang without a word.
const PRINT: [u8; 27] = [
    0x31, 0xc0, // xor ax, ax
    0x8e, 0xd8, // mov ds, ax
    0xfc, // cld
    0xbe, 0x1b, 0x7c, // mov si, text
    0xac, // next: lodsb
    0x84, 0xc0, // test al, al
    0x74, 0x09, // jz end
    0xb4, 0x0e, // mov ah, 0Eh
    0xbb, 0x07, 0x00, // mov bx, 7
    0xcd, 0x10, // int 10h
    0xeb, 0xf2, // jmp next
    0xcd, 0x18, // end: int 18h
    0xf4, // stop: hlt
    0xeb, 0xfd, // jmp stop
];
const NOTICE: &[u8] =
    b"The installation of Firn on this disk was not finished. Start the installer again.\r\n";
/// In boot.img: the sector of core.img, 8 bytes.
const KERNEL_SECTOR: usize = 0x5c;
/// In boot.img: a jump that trusts the BIOS about the drive's number; two NOPs make it check, as for every hard disk.
const DRIVE_CHECK: usize = 0x66;
/// In core.img's first sector: where the rest is (8 bytes sector, 2 bytes length, 2 bytes segment).
const BLOCK_LIST: usize = 0x1f4;
/// The segment that the rest of core.img is loaded to: 0x8200.
const SEGMENT: u16 = 0x820;

/// The three images must be there before anything is written.
pub fn check_artefacts() -> Result<()> {
    for name in ["boot.img", "core.img", "grubx64.efi"] {
        let path = Path::new(GRUB).join(name);
        ensure!(
            path.is_file(),
            Said(say!(
                "execute-medium-incomplete",
                file = path.display().to_string()
            ))
        );
    }
    Ok(())
}

fn read(name: &str) -> Result<Vec<u8>> {
    let path = Path::new(GRUB).join(name);
    fs::read(&path).with_context(|| format!("reading {}", path.display()))
}

/// Writes core.img into the BIOS boot partition.
pub fn write_core(context: &mut Context<'_>) -> Result<()> {
    let part = context.partition(PartitionKind::BiosBoot)?;
    write_core_at(context.disk()?, part.start, part.size)?;
    super::disk::sync(context)
}

/// Writes core.img to `start` of a whole disk, where the BIOS boot partition of `size` bytes is.
pub fn write_core_at(disk: &File, start: u64, size: u64) -> Result<()> {
    let core = patched_core(read("core.img")?, start / SECTOR as u64)?;
    ensure!(
        core.len() as u64 <= size,
        "core.img is larger than the BIOS boot partition"
    );
    disk.write_all_at(&core, start)
        .context("writing GRUB's core image")
}

/// Writes the boot code; from now on a BIOS starts the disk.
pub fn make_startable(context: &Context<'_>) -> Result<()> {
    let part = context.partition(PartitionKind::BiosBoot)?;
    write_boot_code(context.disk()?, part.start)?;
    super::disk::sync(context)
}

/// Writes the boot code for a core image at `core` into the first sector of a whole disk.
pub fn write_boot_code(disk: &File, core: u64) -> Result<()> {
    let code = patched_boot(&read("boot.img")?, core / SECTOR as u64)?;
    disk.write_all_at(&code, 0).context("writing the boot code")
}

/// Puts boot code there that only says that nothing can be started yet.
pub fn make_unstartable(context: &Context<'_>) -> Result<()> {
    context
        .disk()?
        .write_all_at(&notice()?, 0)
        .context("writing the boot code")?;
    super::disk::sync(context)
}

/// Whether the boot code that is there only says that nothing can be started yet.
pub fn is_unstartable(disk: &File) -> Result<bool> {
    let mut code = [0; CODE];
    disk.read_exact_at(&mut code, 0)
        .context("reading the boot code")?;
    Ok(code == notice()?)
}

fn notice() -> Result<[u8; CODE]> {
    let mut code = [0; CODE];
    let end = PRINT.len() + NOTICE.len();
    ensure!(end < CODE, "the boot code has no room for its text");
    code[..PRINT.len()].copy_from_slice(&PRINT);
    code[PRINT.len()..end].copy_from_slice(NOTICE);
    Ok(code)
}

fn patched_core(mut core: Vec<u8>, start: u64) -> Result<Vec<u8>> {
    core.resize(core.len().next_multiple_of(SECTOR), 0);
    let sectors = u16::try_from(core.len() / SECTOR).context("core.img is too large")?;
    ensure!(sectors >= 2, "core.img is too small");
    core[BLOCK_LIST..BLOCK_LIST + 8].copy_from_slice(&(start + 1).to_le_bytes());
    core[BLOCK_LIST + 8..BLOCK_LIST + 10].copy_from_slice(&(sectors - 1).to_le_bytes());
    core[BLOCK_LIST + 10..BLOCK_LIST + 12].copy_from_slice(&SEGMENT.to_le_bytes());
    Ok(core)
}

fn patched_boot(boot: &[u8], core_at: u64) -> Result<[u8; CODE]> {
    ensure!(
        boot.len() == SECTOR,
        "boot.img is {} bytes instead of {SECTOR}",
        boot.len()
    );
    let mut code = [0; CODE];
    code.copy_from_slice(&boot[..CODE]);
    code[KERNEL_SECTOR..KERNEL_SECTOR + 8].copy_from_slice(&core_at.to_le_bytes());
    code[DRIVE_CHECK..DRIVE_CHECK + 2].copy_from_slice(&[0x90, 0x90]);
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_prints_the_text_that_follows_its_code() {
        let code = notice().unwrap();
        let text = usize::from(u16::from_le_bytes([code[6], code[7]])) - 0x7c00;
        assert!(code[text..].starts_with(NOTICE));
        assert_eq!(code[text + NOTICE.len()], 0);
    }

    #[test]
    fn core_knows_where_its_rest_is() {
        let core = patched_core(vec![1; 3 * SECTOR + 5], 2048).unwrap();
        assert_eq!(core.len(), 4 * SECTOR);
        assert_eq!(
            core[BLOCK_LIST..BLOCK_LIST + 12],
            [1, 8, 0, 0, 0, 0, 0, 0, 3, 0, 0x20, 8]
        );
        assert_eq!(core[BLOCK_LIST - 1], 1);
    }

    #[test]
    fn boot_code_knows_where_core_is_and_ends_before_the_signature() {
        let code = patched_boot(&[7; SECTOR], 2048).unwrap();
        assert_eq!(
            code[KERNEL_SECTOR..KERNEL_SECTOR + 8],
            [0, 8, 0, 0, 0, 0, 0, 0]
        );
        assert_eq!(code[DRIVE_CHECK..DRIVE_CHECK + 2], [0x90, 0x90]);
        assert_eq!((code[0], code.len()), (7, 440));
        assert!(patched_boot(&[0; 100], 1).is_err());
    }
}
