//! Files that are there whole, the old one or the new one, whenever the power goes.

use anyhow::{Context, Result};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

/// Writes a file beside, has it on the disk, and renames it; `owner` is user and group.
pub fn put(path: &Path, bytes: &[u8], mode: u32, owner: Option<(u32, u32)>) -> Result<()> {
    replace(path, |beside| {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(beside)?;
        file.write_all(bytes)?;
        // FAT knows no modes and no owners.
        let _ = file.set_permissions(Permissions::from_mode(mode));
        if let Some((user, group)) = owner {
            chown(beside, Some(user), Some(group))?;
        }
        file.sync_all()
    })
}

/// Makes a symbolic link in place of whatever is there.
pub fn link(path: &Path, target: &str) -> Result<()> {
    replace(path, |beside| symlink(target, beside))
}

/// Removes a file; one that is not there is none.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => {
            Err(e).with_context(|| format!("removing {}", path.display()))
        }
        _ => sync_folder(path),
    }
}

fn replace(path: &Path, make: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<()> {
    let writing = || format!("writing {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(writing)?;
    }
    let beside = beside(path);
    // One may be left from the last power cut.
    let _ = fs::remove_file(&beside);
    let made = make(&beside).and_then(|()| fs::rename(&beside, path));
    if made.is_err() {
        let _ = fs::remove_file(&beside);
    }
    made.with_context(writing)?;
    sync_folder(path)
}

/// A name that FAT takes, too.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".firn-new");
    path.with_file_name(name)
}

fn sync_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent().filter(|folder| folder.exists()) else {
        return Ok(());
    };
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(|| format!("writing {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_whole_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/shadow");
        put(&path, b"one", 0o640, None).unwrap();
        fs::write(beside(&path), "left by a power cut").unwrap();
        put(&path, b"two", 0o640, None).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode, 0o640);
        link(&path, "/usr/x").unwrap();
        assert_eq!(fs::read_link(&path).unwrap(), Path::new("/usr/x"));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_folder_in_the_way_stays_and_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "").unwrap();
        assert!(put(&path, b"", 0o644, None).is_err());
        assert!(path.join("inside").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
