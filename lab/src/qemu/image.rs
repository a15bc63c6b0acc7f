//! Disk images: empty ones, small FAT ones with files, and whether one has changed.

use anyhow::{Context, Result, ensure};
use rustix::fs::SeekFrom as Extent;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;

/// Makes an empty, sparse raw disk; one that is there is replaced.
///
/// # Errors
/// When the file cannot be made.
pub fn create_disk(path: &Path, bytes: u64) -> Result<()> {
    File::create(path)
        .and_then(|file| file.set_len(bytes))
        .with_context(|| format!("making the disk {}", path.display()))
}

/// Copies an image with its holes.
///
/// # Errors
/// When it cannot be read, or there is no room.
pub fn copy_disk(from: &Path, to: &Path) -> Result<()> {
    let done = Command::new("cp")
        .args(["--reflink=auto", "--sparse=always"])
        .args([from, to])
        .status()
        .context("starting cp")?;
    ensure!(done.success(), "copying {}: {done}", from.display());
    Ok(())
}

/// A sha256 of everything on a disk: equal before and after means that nothing was written.
///
/// It runs over the position and content of each MiB that is not all zero, so that holes cost no time.
///
/// # Errors
/// When the file cannot be read.
pub fn fingerprint(path: &Path) -> Result<String> {
    try_fingerprint(path).with_context(|| format!("reading the disk {}", path.display()))
}

const BLOCK: u64 = 1 << 20;

fn try_fingerprint(path: &Path) -> Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut hash = Sha256::new();
    hash.update(length.to_le_bytes());
    let mut block = vec![0; BLOCK as usize];
    let mut at = 0;
    while at < length {
        // ENXIO: no data from here to the end.
        let Ok(data) = rustix::fs::seek(&file, Extent::Data(at)) else {
            break;
        };
        at = data - data % BLOCK;
        let size = BLOCK.min(length - at) as usize;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut block[..size])?;
        if block[..size].iter().any(|byte| *byte != 0) {
            hash.update(at.to_le_bytes());
            hash.update(&block[..size]);
        }
        at += BLOCK;
    }
    Ok(hex::encode(hash.finalize()))
}

/// Makes a FAT image of 8 MiB with this label and these files.
///
/// # Errors
/// When the label is longer than 11 bytes, a name has a folder in it, or the files do not fit.
pub fn fat_image(path: &Path, label: &str, files: &[(&str, &str)]) -> Result<()> {
    try_fat_image(path, label, files)
        .with_context(|| format!("making the FAT image {}", path.display()))
}

fn try_fat_image(path: &Path, label: &str, files: &[(&str, &str)]) -> Result<()> {
    ensure!(
        label.len() <= 11,
        "the label {label:?} is longer than 11 bytes"
    );
    let mut padded = [b' '; 11];
    padded[..label.len()].copy_from_slice(label.as_bytes());
    let mut image = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)?;
    image.set_len(8 << 20)?;
    fatfs::format_volume(
        &mut image,
        fatfs::FormatVolumeOptions::new().volume_label(padded),
    )?;
    let volume = fatfs::FileSystem::new(image, fatfs::FsOptions::new())?;
    for (name, content) in files {
        volume
            .root_dir()
            .create_file(name)?
            .write_all(content.as_bytes())?;
    }
    volume.unmount()?;
    Ok(())
}

/// Reads a file from a FAT image; `None` if there is none of that name.
///
/// # Errors
/// When the image holds no FAT.
pub fn read_fat_file(path: &Path, name: &str) -> Result<Option<String>> {
    let what = || format!("reading {name} in {}", path.display());
    // For writing, too: fatfs notes in the volume that it is in use.
    let image = File::options()
        .read(true)
        .write(true)
        .open(path)
        .with_context(what)?;
    let volume = fatfs::FileSystem::new(image, fatfs::FsOptions::new()).with_context(what)?;
    let root = volume.root_dir();
    let mut bytes = Vec::new();
    match root.open_file(name) {
        Ok(mut file) => file.read_to_end(&mut bytes).with_context(what)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(what),
    };
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_changes_the_fingerprint() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("disk.img");
        create_disk(&path, 20_000_000_000)?;
        let empty = fingerprint(&path)?;
        let mut file = File::options().write(true).open(&path)?;
        file.seek(SeekFrom::Start(15_000_000_001))?;
        file.write_all(&[0])?;
        assert_eq!(fingerprint(&path)?, empty, "a written zero is still a zero");
        file.write_all(&[1])?;
        assert_ne!(fingerprint(&path)?, empty);
        Ok(())
    }

    #[test]
    fn files_come_back() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("answers.img");
        fat_image(&path, "FIRNANSWERS", &[("answers.toml", "version = 1\n")])?;
        let text = read_fat_file(&path, "ANSWERS.TOML")?;
        assert_eq!(text.as_deref(), Some("version = 1\n"));
        assert_eq!(read_fat_file(&path, "firn-log.txt")?, None);
        Ok(())
    }
}
