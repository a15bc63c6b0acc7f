//! Finding the image in an ISO that lies as a file on a stick or disk, as Ventoy and other sticks for several systems keep them.
//!
//! Their loader shows the file to GRUB as a CD. The kernel sees only the stick, so the file is looked for once more here: by what
//! is in it, as everything else.

use crate::devices::Device;
use crate::filesystem::{self, Kind};
use crate::{loopdev, medium, modules};
use anyhow::Result;
use firn_image::run::{CARRIER as MOUNT, MEDIUM};
use rustix::mount::{UnmountFlags, unmount};
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A CD or a stick that holds the image itself is there by then, and no other file system has to be searched.
const AFTER: Duration = Duration::from_secs(5);
/// The machine's own disks are searched later: a disk whose file is taken for the medium is no target for the installation, and a
/// virtual CD may take its time to show.
const OWN_AFTER: Duration = Duration::from_secs(25);
/// A file system that could not be read is searched again after this time.
const AGAIN: Duration = Duration::from_secs(3);
/// How long the names on one file system are looked at: a disk that is failing answers slowly.
const LONG: Duration = Duration::from_secs(10);
/// ISOs lie at the top or in folders by system and version. Searching a whole disk would take minutes.
const DEPTH: usize = 4;
/// Names that are looked at on one file system.
const NAMES: usize = 5000;

/// Which file systems have been searched.
pub struct Search {
    start: Instant,
    /// From when on a disk of the machine's own is searched.
    own_after: Duration,
    /// None where a file system has been searched, else when it is tried again.
    tried: BTreeMap<String, Option<Instant>>,
}

impl Search {
    /// Nothing has been searched. `patience` is how long the image is looked for: whoever wants it short wants all of it.
    pub fn begin(patience: Duration) -> Search {
        Search {
            start: Instant::now(),
            own_after: OWN_AFTER.min(patience / 2),
            tried: BTreeMap::new(),
        }
    }

    /// Mounts the image with this id out of the first ISO that has it. Each file system is searched once, and again when it has
    /// been away or could not be read.
    pub fn look(&mut self, devices: &[Device], image: &str) -> Option<()> {
        let filled = devices.iter().filter(|device| device.size() > 0);
        let filled: Vec<Device> = filled.cloned().collect();
        let (now, own) = (Instant::now(), Device::is_own);
        self.step(&filled, now, own, |device| search(&device.path(), image))
    }

    /// Searches one file system at most, so that a medium that has come meanwhile is seen before the next one.
    fn step(
        &mut self,
        devices: &[Device],
        now: Instant,
        own: fn(&Device) -> bool,
        search: impl Fn(&Device) -> Result<Option<()>>,
    ) -> Option<()> {
        let there = |name: &String| devices.iter().any(|device| device.name == *name);
        self.tried.retain(|name, _| there(name));
        for device in devices {
            if !self.is_due(device, now, own) {
                continue;
            }
            let found = search(device);
            let again = found.is_err().then(|| now + AGAIN);
            self.tried.insert(device.name.clone(), again);
            if let Ok(found) = found {
                return found;
            }
        }
        None
    }

    fn is_due(&self, device: &Device, now: Instant, own: fn(&Device) -> bool) -> bool {
        let begun = now.duration_since(self.start);
        let tried = self.tried.get(&device.name);
        let due = tried.is_none_or(|again| again.is_some_and(|again| now >= again));
        due && begun >= AFTER && (begun >= self.own_after || !own(device))
    }
}

/// Searches the file system of a device, and keeps it mounted if the image is there.
///
/// # Errors
/// It cannot be read.
fn search(device: &str, image: &str) -> Result<Option<()>> {
    let kind = match filesystem::kind(&filesystem::head(device)?) {
        None | Some(Kind::Iso9660) => return Ok(None),
        Some(kind) => kind,
    };
    medium::mount_foreign(device, MOUNT, kind)?;
    modules::load(&["loop"]);
    let end = Instant::now() + LONG;
    let found = files(Path::new(MOUNT), end)
        .iter()
        .take_while(|_| Instant::now() < end)
        .find_map(|file| open(file, image));
    if found.is_none() {
        let _ = unmount(MOUNT, UnmountFlags::DETACH);
    }
    Ok(found)
}

/// Mounts the ISO, and keeps it mounted if it carries the image.
fn open(file: &Path, image: &str) -> Option<()> {
    let kind = filesystem::kind(&filesystem::head(file).ok()?)?;
    let attached = (kind == Kind::Iso9660).then(|| loopdev::attach(file).ok())??;
    medium::mount_foreign(&attached.device, MEDIUM, kind).ok()?;
    if medium::verdict(kind, image).is_ok() {
        return Some(());
    }
    let _ = unmount(MEDIUM, UnmountFlags::DETACH);
    None
}

/// The ISOs below a folder that are found in time, the highest first. Links are not followed: they could lead out of the file system.
fn files(top: &Path, end: Instant) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut names = 0;
    let mut open = VecDeque::from([(top.to_owned(), 1)]);
    while let Some((folder, depth)) = open.pop_front() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let in_time = |_: &fs::DirEntry| Instant::now() < end;
        for entry in entries.take(NAMES - names).take_while(in_time) {
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

    fn later() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    fn found(folder: &Path) -> Vec<String> {
        let name = |file: &PathBuf| file.strip_prefix(folder).unwrap().display().to_string();
        let mut names: Vec<String> = files(folder, later()).iter().map(name).collect();
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
        assert_eq!(files(folder.path(), later()), std::slice::from_ref(&file));
        assert_eq!(filesystem::head(&file).unwrap(), b"head");
    }

    #[test]
    fn the_search_of_a_large_file_system_ends() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..NAMES + 10 {
            fs::write(folder.path().join(format!("{number}.iso")), "").unwrap();
        }
        assert_eq!(files(folder.path(), later()).len(), NAMES);
    }

    #[test]
    fn the_search_of_a_slow_file_system_ends() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.iso"), "").unwrap();
        assert!(files(folder.path(), Instant::now()).is_empty());
    }

    /// Which of a stick and a disk is searched, at these seconds after the start; `damaged` cannot be read.
    fn searched(patience: u64, seconds: &[u64], damaged: &str) -> Vec<String> {
        let device = |name: &str| Device {
            name: name.into(),
            parent: None,
            number: None,
        };
        let devices = [device("disk"), device("stick")];
        let mut search = Search::begin(Duration::from_secs(patience));
        let names = std::cell::RefCell::new(Vec::new());
        for second in seconds {
            let now = search.start + Duration::from_secs(*second);
            let found = search.step(
                &devices,
                now,
                |device| device.name == "disk",
                |device| {
                    let line = format!("{second} {}", device.name);
                    names.borrow_mut().push(line);
                    anyhow::ensure!(device.name != damaged, "no");
                    Ok(None)
                },
            );
            assert_eq!(found, None);
        }
        names.into_inner()
    }

    #[test]
    fn a_medium_gets_its_time_first_and_the_machines_own_disks_come_last() {
        let seconds = [0, 4, 5, 6, 24, 25, 26];
        assert_eq!(searched(60, &seconds, ""), ["5 stick", "25 disk"]);
        assert_eq!(searched(20, &seconds, ""), ["5 stick", "24 disk"]);
    }

    #[test]
    fn a_file_system_that_cannot_be_read_is_searched_again() {
        let seconds = [5, 6, 7, 8, 26, 27];
        assert_eq!(
            searched(60, &seconds, "stick"),
            ["5 stick", "8 stick", "26 disk", "27 stick"]
        );
        // The one that can be read is searched meanwhile.
        assert_eq!(
            searched(60, &[30, 31, 32, 33], "disk"),
            ["30 disk", "30 stick", "33 disk"]
        );
    }
}
