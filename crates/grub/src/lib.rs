//! GRUB on a disk: its environment block ([`env`]), and for BIOS what `grub-bios-setup` does to its two images, without its search for
//! devices. Pure but for [`env::file`], which has the block on a disk.
//!
//! `boot.img` is the code of the disk's first sector and has to know where `core.img` is; the first sector of `core.img` has to know
//! where its rest is, which follows it here.

pub mod env;

use anyhow::{Context, Result, ensure};

/// Bytes of a sector as GRUB counts them, on every disk.
pub const SECTOR: usize = 512;
/// The part of the first sector that is code; the disk's signature and the partition entries follow.
pub const CODE: usize = 440;
/// In boot.img: the sector of core.img, 8 bytes.
const KERNEL_SECTOR: usize = 0x5c;
/// In boot.img: a jump that trusts the BIOS about the drive's number; two NOPs make it check, as for every hard disk.
const DRIVE_CHECK: usize = 0x66;
/// In core.img's first sector: where the rest is (8 bytes sector, 2 bytes length, 2 bytes segment).
const BLOCK_LIST: usize = 0x1f4;
/// The segment that the rest of core.img is loaded to: 0x8200.
const SEGMENT: u16 = 0x820;

/// core.img for the sector `start`, in whole sectors.
///
/// # Errors
/// When it is no core image: too small, or too large.
pub fn core(mut core: Vec<u8>, start: u64) -> Result<Vec<u8>> {
    core.resize(core.len().next_multiple_of(SECTOR), 0);
    let sectors = u16::try_from(core.len() / SECTOR).context("core.img is too large")?;
    ensure!(sectors >= 2, "core.img is too small");
    core[BLOCK_LIST..BLOCK_LIST + 8].copy_from_slice(&(start + 1).to_le_bytes());
    core[BLOCK_LIST + 8..BLOCK_LIST + 10].copy_from_slice(&(sectors - 1).to_le_bytes());
    core[BLOCK_LIST + 10..BLOCK_LIST + 12].copy_from_slice(&SEGMENT.to_le_bytes());
    Ok(core)
}

/// The code of boot.img for a core.img that begins at the sector `core_at`.
///
/// # Errors
/// When it is no boot image.
pub fn boot(boot: &[u8], core_at: u64) -> Result<[u8; CODE]> {
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
    fn core_knows_where_its_rest_is() {
        let core = core(vec![1; 3 * SECTOR + 5], 2048).unwrap();
        assert_eq!(core.len(), 4 * SECTOR);
        assert_eq!(
            core[BLOCK_LIST..BLOCK_LIST + 12],
            [1, 8, 0, 0, 0, 0, 0, 0, 3, 0, 0x20, 8]
        );
        assert_eq!(core[BLOCK_LIST - 1], 1);
        assert!(super::core(vec![1; 5], 2048).is_err());
    }

    #[test]
    fn boot_code_knows_where_core_is_and_ends_before_the_signature() {
        let code = boot(&[7; SECTOR], 2048).unwrap();
        assert_eq!(
            code[KERNEL_SECTOR..KERNEL_SECTOR + 8],
            [0, 8, 0, 0, 0, 0, 0, 0]
        );
        assert_eq!(code[DRIVE_CHECK..DRIVE_CHECK + 2], [0x90, 0x90]);
        assert_eq!((code[0], code.len()), (7, 440));
        assert!(boot(&[0; 100], 1).is_err());
    }
}
