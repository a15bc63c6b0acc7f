//! Firmware of a driver, copied to where the kernel finds it.

use super::kept::FOLDER;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the kernel finds the firmware of loaded drivers.
pub fn folder() -> PathBuf {
    Path::new(FOLDER).join("firmware")
}

/// Firmware that was copied. It is taken back when the value goes.
#[derive(Debug, Default)]
pub struct Firmware {
    /// By path below its folder.
    files: Vec<PathBuf>,
    /// Each copy, and what was there before.
    copies: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Firmware {
    /// Copies the files of a folder.
    ///
    /// # Errors
    /// When there is no room; then all is as before.
    pub fn copy(from: &Path, to: &Path) -> io::Result<Self> {
        let mut firmware = Self::default();
        tree(from, from, &mut firmware.files);
        firmware.files.sort();
        for file in &firmware.files {
            let target = to.join(file);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            firmware
                .copies
                .push((target.clone(), fs::read(&target).ok()));
            fs::copy(from.join(file), target)?;
        }
        Ok(firmware)
    }

    /// The files' paths.
    pub fn names(&self) -> Vec<String> {
        self.files.iter().map(|f| f.display().to_string()).collect()
    }

    /// Nothing is taken back any more.
    pub fn stay(mut self) {
        self.copies.clear();
    }
}

impl Drop for Firmware {
    fn drop(&mut self) {
        for (copy, before) in &self.copies {
            let _ = match before {
                Some(bytes) => fs::write(copy, bytes),
                None => fs::remove_file(copy),
            };
        }
    }
}

/// The files below `root`; a link to a file (firmware has many) counts as one, a link out of it does not.
pub(super) fn tree(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let inside = fs::canonicalize(&path)
            .is_ok_and(|real| fs::canonicalize(root).is_ok_and(|root| real.starts_with(root)));
        if !inside {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            tree(root, &path, files);
        } else if path.is_file() {
            files.extend(path.strip_prefix(root).map(Path::to_owned));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firmware_is_copied_but_not_from_outside() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "").unwrap();
        fs::create_dir(root.path().join("x")).unwrap();
        fs::write(root.path().join("x/a.fw"), "").unwrap();
        let link =
            |to: &Path, name: &str| std::os::unix::fs::symlink(to, root.path().join(name)).unwrap();
        link(Path::new("x/a.fw"), "b.fw");
        link(&outside.path().join("secret"), "c.fw");
        link(outside.path(), "d");
        link(Path::new("."), "circle");
        let to = tempfile::tempdir().unwrap();
        let firmware = Firmware::copy(root.path(), to.path()).unwrap();
        assert_eq!(firmware.names(), ["b.fw", "x/a.fw"]);
    }

    #[test]
    fn unless_it_stays_what_was_there_before_comes_back() {
        let package = tempfile::tempdir().unwrap();
        let kernels = tempfile::tempdir().unwrap();
        let (old, new) = (
            kernels.path().join("old.fw"),
            kernels.path().join("x/new.fw"),
        );
        fs::create_dir(package.path().join("x")).unwrap();
        fs::write(package.path().join("old.fw"), "2").unwrap();
        fs::write(package.path().join("x/new.fw"), "2").unwrap();
        fs::write(&old, "1").unwrap();
        let copy = || Firmware::copy(package.path(), kernels.path()).unwrap();
        let firmware = copy();
        assert_eq!(fs::read(&old).unwrap(), b"2");
        drop(firmware);
        assert_eq!(fs::read(&old).unwrap(), b"1");
        assert!(!new.exists());
        copy().stay();
        assert_eq!(fs::read(&old).unwrap(), b"2");
        assert!(new.exists());
    }
}
