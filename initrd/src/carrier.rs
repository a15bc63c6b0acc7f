//! Finding the image in an ISO that lies as a file on a stick or disk, as Ventoy and other sticks for several systems keep them.
//!
//! Their loader shows the file to GRUB as a CD. The kernel sees only the stick, so the file is looked for once more here: by what
//! is in it, as everything else.

use crate::devices::Device;
use crate::filesystem::{self, Kind};
use crate::{loopdev, medium, modules};
use rustix::mount::{UnmountFlags, unmount};
use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where the file system with the ISO is mounted, in the initrd and in the running system: its disk is no target either.
pub const MOUNT: &str = "/run/firn/carrier";
/// A CD or a stick that holds the image itself is there by then, and no other file system has to be searched.
const AFTER: Duration = Duration::from_secs(5);
/// ISOs lie at the top or in folders by system and version. Searching a whole disk would take minutes.
const DEPTH: usize = 4;
/// Names that are looked at on one file system.
const NAMES: usize = 5000;

/// Which file systems have been searched.
pub struct Search {
    start: Instant,
    searched: BTreeSet<String>,
}

impl Search {
    /// Nothing has been searched.
    pub fn begin() -> Search {
        Search {
            start: Instant::now(),
            searched: BTreeSet::new(),
        }
    }

    /// Mounts the image with this id out of the first ISO that has it. Each file system is searched once, and again when it has
    /// been away.
    pub fn look(&mut self, devices: &[Device], image: &str) -> Option<()> {
        if self.start.elapsed() < AFTER {
            return None;
        }
        let there = |name: &String| devices.iter().any(|device| device.name == *name);
        self.searched.retain(there);
        let new = devices
            .iter()
            .filter(|device| device.size() > 0 && self.searched.insert(device.name.clone()));
        let new: Vec<&Device> = new.collect();
        new.into_iter()
            .find_map(|device| search(&device.path(), image))
    }
}

/// Searches the file system of a device, and keeps it mounted if the image is there.
fn search(device: &str, image: &str) -> Option<()> {
    let kind = filesystem::kind(&filesystem::head(device).ok()?)?;
    if kind == Kind::Iso9660 {
        return None;
    }
    medium::mount_foreign(device, MOUNT, kind).ok()?;
    modules::load(&["loop"]);
    let found = files(Path::new(MOUNT))
        .iter()
        .find_map(|file| open(file, image));
    if found.is_none() {
        let _ = unmount(MOUNT, UnmountFlags::DETACH);
    }
    found
}

/// Mounts the ISO, and keeps it mounted if it carries the image.
fn open(file: &Path, image: &str) -> Option<()> {
    let kind = filesystem::kind(&filesystem::head(file).ok()?)?;
    let attached = (kind == Kind::Iso9660).then(|| loopdev::attach(file).ok())??;
    medium::mount_foreign(&attached.device, medium::MOUNT, kind).ok()?;
    if medium::verdict(kind, image).is_ok() {
        return Some(());
    }
    let _ = unmount(medium::MOUNT, UnmountFlags::DETACH);
    None
}

/// The ISOs below a folder, the highest first. Links are not followed: they could lead out of the file system.
fn files(top: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut names = 0;
    let mut open = VecDeque::from([(top.to_owned(), 1)]);
    while let Some((folder, depth)) = open.pop_front() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries.take(NAMES - names) {
            names += 1;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEPTH => {
                    open.push_back((entry.path(), depth + 1));
                }
                Ok(kind) if kind.is_file() && is_iso(&entry.path()) => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found
}

fn is_iso(file: &Path) -> bool {
    file.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("iso"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(folder: &Path) -> Vec<String> {
        let name = |file: &PathBuf| file.strip_prefix(folder).unwrap().display().to_string();
        let mut names: Vec<String> = files(folder).iter().map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn isos_are_found_in_folders_but_not_too_deep() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        fs::create_dir_all(top.join("linux/xen/firn/deep")).unwrap();
        for file in [
            "FIRN.ISO",
            "notes.txt",
            "iso",
            "linux/a.iso.part",
            "linux/xen/firn/firn 0.1.iso",
            "linux/xen/firn/deep/b.iso",
        ] {
            fs::write(top.join(file), "").unwrap();
        }
        fs::create_dir(top.join("folder.iso")).unwrap();
        std::os::unix::fs::symlink("FIRN.ISO", top.join("link.iso")).unwrap();
        assert_eq!(found(top), ["FIRN.ISO", "linux/xen/firn/firn 0.1.iso"]);
    }

    /// Other systems write names in other letters than UTF-8.
    #[test]
    fn any_name_is_looked_into() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder
            .path()
            .join(std::ffi::OsStr::from_bytes(b"f\x9arn.iso"));
        fs::write(&file, "head").unwrap();
        assert_eq!(files(folder.path()), std::slice::from_ref(&file));
        assert_eq!(filesystem::head(&file).unwrap(), b"head");
    }

    #[test]
    fn the_search_of_a_large_file_system_ends() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..NAMES + 10 {
            fs::write(folder.path().join(format!("{number}.iso")), "").unwrap();
        }
        assert_eq!(files(folder.path()).len(), NAMES);
    }

    #[test]
    fn a_medium_gets_its_time_first() {
        let device = Device {
            name: "no-such-device".into(),
            parent: None,
            number: None,
        };
        let mut search = Search::begin();
        assert_eq!(search.look(&[device], "0"), None);
        assert!(search.searched.is_empty());
    }
}
