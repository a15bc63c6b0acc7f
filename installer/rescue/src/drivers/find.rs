//! Drivers that lie on sticks.

use firn_stick::{self as stick, Stick};
use firn_words::{Text, say};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders inside each other that are looked into.
const DEPTH: usize = 5;
/// Files and folders that are looked at on one stick; a stick full of photographs must not take minutes.
const MOST: usize = 20_000;

/// A file that may be a driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it lies.
    pub stick: Stick,
    /// Its path on the stick.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
}

/// What there is on all sticks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Files that may be drivers, by stick and path.
    pub candidates: Vec<Candidate>,
    /// One sentence for each stick that could not be read, and one if there is nothing at all.
    pub problems: Vec<Text>,
}

impl Candidate {
    /// How people and the command line name it: "sdb1/drivers/foo.ko.xz".
    pub fn name(&self) -> String {
        format!("{}/{}", self.stick.name, self.path.display())
    }
}

/// Looks on all sticks, memory cards and CDs.
pub fn find() -> Found {
    let sticks = stick::list();
    let mut found = Found::default();
    if sticks.is_empty() {
        found.problems.push(say!("driver-no-stick"));
    }
    for stick in sticks {
        match stick.read(files) {
            Ok(files) => found
                .candidates
                .extend(files.into_iter().map(|(path, size)| Candidate {
                    stick: stick.clone(),
                    path,
                    size,
                })),
            Err(problem) => found.problems.push(problem),
        }
    }
    if found.candidates.is_empty() && found.problems.is_empty() {
        found.problems.push(say!("driver-none-found"));
    }
    found
}

/// Whether a file's name is one of a driver's.
pub(super) fn is_driver(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".deb", ".ko", ".ko.xz", ".ko.zst", ".ko.gz"]
        .iter()
        .any(|ending| name.ends_with(ending) && name.len() > ending.len())
}

/// The drivers below a folder with their sizes, by path. A folder that cannot be read is passed over; the first is not.
pub(super) fn files(root: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    fs::read_dir(root)?;
    let mut found = Vec::new();
    let mut waiting = vec![(root.to_owned(), 0)];
    let mut seen = 0;
    while let Some((folder, depth)) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            seen += 1;
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && depth < DEPTH {
                waiting.push((entry.path(), depth + 1));
            } else if kind.is_file() && is_driver(&entry.file_name().to_string_lossy()) {
                let path = entry.path();
                let inside = path.strip_prefix(root).unwrap_or(&path).to_owned();
                found.push((inside, entry.metadata().map_or(0, |m| m.len())));
            }
            if seen >= MOST {
                waiting.clear();
                break;
            }
        }
    }
    found.sort();
    Ok(found)
}
