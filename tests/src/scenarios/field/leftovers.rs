//! A disk with remains of everything that it was in its life.

use anyhow::{Context, Result};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

const SECTOR: u64 = 512;
const MIB: u64 = 1 << 20;

/// Writes them: an MBR with three partitions, a damaged GUID partition table behind it, a member of a Linux RAID whose superblock lies at the
/// end of the disk, labels of a ZFS pool at both ends, and an encrypted partition.
pub fn leave(path: &Path) -> Result<()> {
    let file = File::options()
        .read(true)
        .write(true)
        .open(path)
        .with_context(|| format!("opening {}", path.display()))?;
    let size = file.metadata()?.len();
    let put = |at: u64, bytes: &[u8]| file.write_all_at(bytes, at);
    put(0, &mbr())?;
    put(SECTOR, &damaged_header(1))?;
    put(size - SECTOR, &damaged_header(size / SECTOR - 1))?;
    for label in [0, 256 << 10, size - (512 << 10), size - (256 << 10)] {
        for block in 0..8 {
            let at = label + (128 << 10) + block * 1024;
            put(at, &0x00ba_b10c_u64.to_le_bytes())?;
        }
    }
    let at = (size - 8 * 1024) & !4095;
    put(at, &raid_member(at / SECTOR))?;
    put(10 * 1024 * MIB, b"LUKS\xba\xbe\x00\x01")?;
    Ok(())
}

fn mbr() -> [u8; 512] {
    let mut sector = [0; 512];
    let parts = [(0x82, 1, 2047), (0x8e, 2048, 8192), (0x83, 10 * 1024, 4096)];
    for (number, (kind, start, length)) in parts.into_iter().enumerate() {
        let at = 446 + 16 * number;
        let sectors = |mib: u32| (mib * 2048).to_le_bytes();
        sector[at + 4] = kind;
        sector[at + 8..at + 12].copy_from_slice(&sectors(start));
        sector[at + 12..at + 16].copy_from_slice(&sectors(length));
    }
    sector[510..].copy_from_slice(&[0x55, 0xaa]);
    sector
}

/// A header whose checksum is wrong.
fn damaged_header(at: u64) -> [u8; 512] {
    let mut sector = [0; 512];
    sector[..12].copy_from_slice(b"EFI PART\x00\x00\x01\x00");
    sector[12] = 92;
    sector[24..32].copy_from_slice(&at.to_le_bytes());
    sector
}

/// A superblock of the format 1.0, for a member of a mirror.
fn raid_member(at: u64) -> [u8; 256] {
    let mut block = [0; 256];
    let mut put =
        |offset: usize, bytes: &[u8]| block[offset..offset + bytes.len()].copy_from_slice(bytes);
    put(0, &0xa92b_4efc_u32.to_le_bytes());
    put(4, &1_u32.to_le_bytes());
    put(16, &[7; 16]);
    put(32, b"old:0");
    put(72, &1_u32.to_le_bytes());
    put(144, &at.to_le_bytes());
    let words = block.chunks_exact(4).map(|word| {
        let mut bytes = [0; 4];
        bytes.copy_from_slice(word);
        u64::from(u32::from_le_bytes(bytes))
    });
    let sum: u64 = words.sum();
    let sum = ((sum & 0xffff_ffff) + (sum >> 32)) as u32;
    block[216..220].copy_from_slice(&sum.to_le_bytes());
    block
}
