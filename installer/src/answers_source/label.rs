//! Answers on a file system with a label.

use super::{Found, file};
use crate::probe;
use firn_command::cmd;
use firn_config::{ANSWERS_LABEL, Problem};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The file on it.
pub const FILE: &str = "answers.toml";
const MOUNT: &str = "/run/firn/answers";
/// A named file system gets this long to appear.
const LABEL_WAIT: Duration = Duration::from_secs(30);

/// Looks for a file system labelled FIRNANSWERS with a file answers.toml.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn labelled() -> Result<Option<Found>, Problem> {
    first(
        devices(ANSWERS_LABEL)
            .iter()
            .map(|device| read(device, FILE)),
    )
}

/// The first file there is; else the first trouble, which a further stick without a file must not hide.
fn first(
    results: impl Iterator<Item = Result<Option<Found>, Problem>>,
) -> Result<Option<Found>, Problem> {
    let mut trouble = None;
    for result in results {
        match result {
            Ok(Some(found)) => return Ok(Some(found)),
            Ok(None) => {}
            Err(problem) => trouble = trouble.or(Some(problem)),
        }
    }
    trouble.map_or(Ok(None), Err)
}

fn problem(text: String) -> Problem {
    Problem::new("firn.answers", text)
}

/// The file `path` on the file system labelled `label`, which is waited for.
///
/// # Errors
/// It does not appear, or has no such file.
pub fn named(label: &str, path: &str) -> Result<Found, Problem> {
    let end = Instant::now() + LABEL_WAIT;
    loop {
        let devices = devices(label);
        for device in &devices {
            if let Some(found) = read(device, path)? {
                return Ok(found);
            }
        }
        if !devices.is_empty() {
            return Err(problem(format!(
                "the file system labelled {label} has no file {path}"
            )));
        }
        if Instant::now() > end {
            return Err(problem(format!(
                "no file system labelled {label} appeared within {} s",
                LABEL_WAIT.as_secs()
            )));
        }
        sleep(Duration::from_secs(1));
    }
}

fn devices(label: &str) -> Vec<probe::BlockDevice> {
    let all = probe::block_devices();
    let matching = all
        .iter()
        .flat_map(|d| d.flat())
        .filter(|d| d.has_label(label));
    matching.cloned().collect()
}

fn read(device: &probe::BlockDevice, path: &str) -> Result<Option<Found>, Problem> {
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
        Err(e) => Err(problem(format!("reading {from}: {e}"))),
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
enum Access {
    Read,
    Write,
}

/// Mounts the file system for the time of `work`. Read-only means that not even its journal is replayed.
fn mounted<T>(
    device: &probe::BlockDevice,
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

/// Lets `work` write on the file system labelled FIRNANSWERS; gives its device, or nothing when there is none.
///
/// # Errors
/// When it is there and cannot be written.
pub fn write_back(work: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<Option<String>> {
    let Some(device) = devices(ANSWERS_LABEL).into_iter().next() else {
        return Ok(None);
    };
    mounted(&device, Access::Write, work)?;
    Ok(Some(device.path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers_source::Channel;

    #[test]
    fn of_several_sticks_a_file_counts_most_then_the_first_trouble() {
        let found = Found {
            text: "version = 1".into(),
            from: "a stick".into(),
            channel: Channel::Local,
        };
        let file = || Ok(Some(found.clone()));
        let broken = |text: &str| Err(problem(text.into()));
        let of = |results: Vec<_>| first(results.into_iter());
        assert_eq!(of(vec![]), Ok(None));
        assert_eq!(of(vec![Ok(None), Ok(None)]), Ok(None));
        assert_eq!(of(vec![broken("a"), Ok(None), broken("b")]), broken("a"));
        assert_eq!(of(vec![Ok(None), broken("a"), file()]), file());
    }

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
