//! GRUB for BIOS: what `grub-bios-setup` does, without its search for devices.
//!
//! `core.img` goes into the BIOS boot partition, `boot.img` into the first sector of the disk, last of all. What each has to know
//! of the other's place, `firn-grub` puts in.

use super::context::{Context, Result};
use super::esp::GRUB;
use super::failure::Said;
use anyhow::{Context as _, ensure};
use firn_grub::{CODE, SECTOR};
use firn_plan::PartitionKind;
use firn_words::say;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;

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
const UNFINISHED: &[u8] =
    b"The installation of Firn on this disk was not finished. Start the installer again.\r\n";
const STORE: &[u8] = b"This disk holds guests of a Firn host, which starts from another disk.\r\n";

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
    context.sync()
}

/// Writes core.img to `start` of a whole disk, where the BIOS boot partition of `size` bytes is.
pub fn write_core_at(disk: &File, start: u64, size: u64) -> Result<()> {
    let core = firn_grub::core(read("core.img")?, start / SECTOR as u64)?;
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
    context.sync()
}

/// Writes the boot code for a core image at `core` into the first sector of a whole disk.
pub fn write_boot_code(disk: &File, core: u64) -> Result<()> {
    let code = firn_grub::boot(&read("boot.img")?, core / SECTOR as u64)?;
    disk.write_all_at(&code, 0).context("writing the boot code")
}

/// Puts boot code there that only says that nothing can be started yet.
pub fn make_unstartable(context: &Context<'_>) -> Result<()> {
    context
        .disk()?
        .write_all_at(&notice(UNFINISHED)?, 0)
        .context("writing the boot code")?;
    context.sync()
}

/// Puts boot code on a further disk of the store that says what it is: it may be the first that a BIOS tries.
pub fn write_store_notice(disk: &File) -> Result<()> {
    disk.write_all_at(&notice(STORE)?, 0)
        .context("writing the boot code")?;
    disk.sync_all().context("writing the boot code")
}

/// Whether the boot code that is there only says that nothing can be started yet.
pub fn is_unstartable(disk: &File) -> Result<bool> {
    let mut code = [0; CODE];
    disk.read_exact_at(&mut code, 0)
        .context("reading the boot code")?;
    Ok(code == notice(UNFINISHED)?)
}

/// Boot code that says this and no more.
fn notice(text: &[u8]) -> Result<[u8; CODE]> {
    let mut code = [0; CODE];
    let end = PRINT.len() + text.len();
    ensure!(end < CODE, "the boot code has no room for its text");
    code[..PRINT.len()].copy_from_slice(&PRINT);
    code[PRINT.len()..end].copy_from_slice(text);
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_prints_the_text_that_follows_its_code() {
        for text in [UNFINISHED, STORE] {
            let code = notice(text).unwrap();
            let start = usize::from(u16::from_le_bytes([code[6], code[7]])) - 0x7c00;
            assert!(code[start..].starts_with(text));
            assert_eq!(code[start + text.len()], 0);
        }
    }
}
