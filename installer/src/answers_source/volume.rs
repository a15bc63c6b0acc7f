//! Reading and writing on a file system that is not mounted.

use super::{Found, file};
use firn_command::cmd;
use firn_config::Problem;
use firn_disks::BlockDevice;
use firn_image::cmdline::key;
use firn_image::run::ANSWERS as MOUNT;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file `path` on the device; nothing when there is none.
///
/// # Errors
/// It is there and cannot be read, or the device cannot.
pub fn read(device: &BlockDevice, path: &str) -> Result<Option<Found>, Problem> {
    let from = format!("{} on {}", path, device.path);
    let content = mounted(device, Access::Read, |root| {
        let Some(file) = without_case(root, path) else {
            return Ok(None);
        };
        Ok(Some(file::file(&file, &from)))
    });
    match content {
        Ok(Some(found)) => found.map(Some),
        Ok(None) => Ok(None),
        Err(e) => Err(Problem::new(key::ANSWERS, format!("reading {from}: {e}"))),
    }
}

/// The file at `path` below `root`, whatever the case of its letters; symbolic links are not followed.
fn without_case(root: &Path, path: &str) -> Option<PathBuf> {
    let mut at = root.to_owned();
    for part in path.split('/').filter(|p| !p.is_empty()) {
        let fits = |e: &fs::DirEntry| {
            e.file_name().to_string_lossy().eq_ignore_ascii_case(part)
                && e.file_type().is_ok_and(|t| !t.is_symlink())
        };
        at = fs::read_dir(&at).ok()?.flatten().find(fits)?.path();
    }
    (at != root).then_some(at)
}

/// How a file system is mounted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// As it is.
    Read,
    /// With files written on it.
    Write,
}

/// Mounts the file system for the time of `work`. Read-only means that not even its journal is replayed.
///
/// # Errors
/// It cannot be mounted so, or the work fails.
pub fn mounted<T>(
    device: &BlockDevice,
    access: Access,
    work: impl FnOnce(&Path) -> io::Result<T>,
) -> io::Result<T> {
    let kind = device.fstype.as_deref().unwrap_or("vfat");
    let options = match (kind, access) {
        ("vfat" | "exfat" | "msdos", Access::Read) => "ro",
        ("ext2" | "ext3" | "ext4", Access::Read) => "ro,noload",
        ("iso9660", Access::Read) => "ro",
        ("vfat" | "exfat" | "msdos" | "ext2" | "ext3" | "ext4", Access::Write) => "rw,sync",
        (_, Access::Write) => return Err(io::Error::other("it cannot be written")),
        _ => {
            return Err(io::Error::other(format!(
                "{kind} is no file system for answers: use FAT, ext4 or ISO 9660"
            )));
        }
    };
    let kind = if kind == "ext2" || kind == "ext3" {
        "ext4"
    } else {
        kind
    };
    fs::create_dir_all(MOUNT)?;
    let options = format!("{options},nosuid,nodev,noexec");
    cmd("mount", ["-t", kind, "-o", &options, &device.path, MOUNT])
        .run()
        .map_err(io::Error::other)?;
    let result = work(Path::new(MOUNT));
    cmd("umount", [MOUNT]).run().map_err(io::Error::other)?;
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_in_any_case() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Hosts")).unwrap();
        fs::write(folder.path().join("Hosts/ANSWERS.TOM"), "").unwrap();
        fs::write(folder.path().join("ANSWERS.TOML"), "").unwrap();
        assert!(without_case(folder.path(), "answers.toml").is_some());
        assert!(without_case(folder.path(), "hosts/answers.tom").is_some());
        assert!(without_case(folder.path(), "../answers.toml").is_none());
        assert!(without_case(folder.path(), "other.toml").is_none());
    }
}
