//! USB sticks with one FAT32 partition and a folder's files on it, as people make them by copying.

use anyhow::{Context, Result, ensure};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

const BLOCK: u64 = 512;
/// Where the partition begins.
const START: u64 = 1 << 20;
/// FAT32 needs 65525 clusters, and the files of an ISO have 200 MB.
const BYTES: u64 = 512 << 20;
const CLUSTER: u32 = 4096;
/// The backup of a GPT lies behind the partition.
const END: u64 = BYTES - (1 << 20);
const PIECE: usize = 1 << 20;

/// How the stick is partitioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// As cameras and Windows do.
    Mbr,
    /// As Rufus does for UEFI.
    Gpt,
}

/// Makes a stick of 512 MiB with all that is below `folder` on it.
///
/// # Errors
/// When the label is longer than 11 bytes, or the files cannot be read or do not fit.
pub fn fat_stick(path: &Path, table: Table, label: &str, folder: &Path) -> Result<()> {
    try_stick(path, table, label, folder)
        .with_context(|| format!("making the stick {}", path.display()))
}

fn try_stick(path: &Path, table: Table, label: &str, folder: &Path) -> Result<()> {
    ensure!(
        label.len() <= 11,
        "the label {label:?} is longer than 11 bytes"
    );
    let mut padded = [b' '; 11];
    padded[..label.len()].copy_from_slice(label.as_bytes());
    let disk = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)?;
    disk.set_len(BYTES)?;
    match table {
        Table::Mbr => mbr(&disk)?,
        Table::Gpt => gpt(&disk)?,
    }
    let mut partition = Partition { disk, at: 0 };
    let options = fatfs::FormatVolumeOptions::new()
        .fat_type(fatfs::FatType::Fat32)
        .bytes_per_cluster(CLUSTER)
        .volume_label(padded);
    fatfs::format_volume(&mut partition, options)?;
    let volume = fatfs::FileSystem::new(partition, fatfs::FsOptions::new())?;
    copy(folder, &volume.root_dir())?;
    volume.unmount()?;
    Ok(())
}

type Folder<'a> = fatfs::Dir<'a, Partition>;

fn copy(from: &Path, to: &Folder<'_>) -> Result<()> {
    for entry in from.read_dir()? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.create_dir(&name)?)?;
            continue;
        }
        let mut file = to.create_file(&name)?;
        let mut source = fs::File::open(entry.path())?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = source.read(&mut piece)?;
            if read == 0 {
                break;
            }
            file.write_all(&piece[..read])?;
        }
    }
    Ok(())
}

/// One entry: started from by nothing, FAT32 with LBA.
fn mbr(disk: &File) -> io::Result<()> {
    let mut sector = [0; BLOCK as usize];
    let number = |value: u64| {
        u32::try_from(value / BLOCK)
            .unwrap_or(u32::MAX)
            .to_le_bytes()
    };
    sector[0x1be + 4] = 0x0c;
    sector[0x1be + 8..0x1be + 12].copy_from_slice(&number(START));
    sector[0x1be + 12..0x1be + 16].copy_from_slice(&number(END - START));
    sector[510..].copy_from_slice(&[0x55, 0xaa]);
    std::os::unix::fs::FileExt::write_all_at(disk, &sector, 0)
}

fn gpt(disk: &File) -> Result<()> {
    let mut device = disk.try_clone()?;
    let last = u32::try_from(BYTES / BLOCK - 1)?;
    gpt::mbr::ProtectiveMBR::with_lb_size(last).overwrite_lba0(&mut device)?;
    let config = gpt::GptConfig::new().writable(true);
    let mut table = config.create_from_device(device, None)?;
    let kind = gpt::partition_types::BASIC;
    let blocks = (END - START) / BLOCK;
    table.add_partition_at("Main Data Partition", 1, START / BLOCK, blocks, kind, 0)?;
    table.write()?;
    Ok(())
}

/// The partition's part of the disk.
struct Partition {
    disk: File,
    at: u64,
}

impl Partition {
    fn go(&mut self) -> io::Result<u64> {
        self.disk.seek(SeekFrom::Start(START + self.at))?;
        Ok((END - START).saturating_sub(self.at))
    }
}

impl Read for Partition {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let left = self.go()?;
        let read = (&self.disk).take(left).read(bytes)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Write for Partition {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = usize::try_from(self.go()?).unwrap_or(usize::MAX);
        let written = self.disk.write(&bytes[..bytes.len().min(left)])?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Partition {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => i64::try_from(at).ok(),
            SeekFrom::Current(by) => i64::try_from(self.at)
                .ok()
                .and_then(|at| at.checked_add(by)),
            SeekFrom::End(by) => i64::try_from(END - START)
                .ok()
                .and_then(|at| at.checked_add(by)),
        };
        let at = at.and_then(|at| u64::try_from(at).ok());
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_from_both_kinds_of_stick() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let tree = folder.path().join("tree");
        fs::create_dir_all(tree.join("EFI/BOOT"))?;
        fs::write(tree.join("EFI/BOOT/grubx64.efi"), vec![7; 3_000_000])?;
        for table in [Table::Mbr, Table::Gpt] {
            let path = folder.path().join("stick.img");
            fat_stick(&path, table, "NO NAME", &tree)?;
            let disk = File::options().read(true).write(true).open(&path)?;
            let volume =
                fatfs::FileSystem::new(Partition { disk, at: 0 }, fatfs::FsOptions::new())?;
            assert_eq!(volume.fat_type(), fatfs::FatType::Fat32);
            assert_eq!(volume.volume_label(), "NO NAME");
            let mut bytes = Vec::new();
            volume
                .root_dir()
                .open_file("efi/boot/GRUBX64.EFI")?
                .read_to_end(&mut bytes)?;
            assert_eq!(
                (bytes.len(), bytes.iter().all(|b| *b == 7)),
                (3_000_000, true)
            );
        }
        Ok(())
    }
}
