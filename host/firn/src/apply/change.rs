//! What differs between the rendered files and those of the system.

use anyhow::{Context, Result};
use firn_config::File;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The folder where files come and go with the settings (a bond, a VLAN).
pub const NETWORK: &str = "/etc/systemd/network";

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    New,
    Changed,
    Removed,
}

/// One file that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub path: String,
    pub kind: Kind,
    /// What it had, if it was there and readable as text.
    pub old: Option<String>,
    /// What it is to become; None if it goes.
    pub file: Option<File>,
}

/// Everything that differs below `root`, in the order of the paths, what is removed last.
pub fn find(root: &Path, files: &[File]) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for file in files {
        let path = below(root, &file.path);
        let Some(kind) = compare(&path, file)? else {
            continue;
        };
        let old = firn_visible::read_text(&path).ok();
        changes.push(Change {
            path: file.path.clone(),
            kind,
            old,
            file: Some(file.clone()),
        });
    }
    changes.extend(stale(root, files)?);
    Ok(changes)
}

/// The path of a host's file when the host's root is `root`.
pub fn below(root: &Path, path: &str) -> PathBuf {
    root.join(path.trim_start_matches('/'))
}

fn compare(path: &Path, file: &File) -> Result<Option<Kind>> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Some(Kind::New)),
        Err(error) => return Err(error).with_context(|| format!("looking at {}", path.display())),
    };
    let same = match &file.link {
        Some(target) => {
            found.is_symlink() && fs::read_link(path).is_ok_and(|link| link == Path::new(target))
        }
        None => {
            let mode = found.permissions().mode() & 0o7777;
            found.is_file()
                && mode == file.mode
                && fs::read(path).is_ok_and(|old| old == file.content.as_bytes())
        }
    };
    Ok((!same).then_some(Kind::Changed))
}

/// Files that an earlier rendering left in the network folder. Files of other names are the operator's.
fn stale(root: &Path, files: &[File]) -> Result<Vec<Change>> {
    let folder = below(root, NETWORK);
    let mut changes = Vec::new();
    for entry in fs::read_dir(&folder).into_iter().flatten() {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{NETWORK}/{name}");
        let ours = name.starts_with("10-") || name.starts_with("20-");
        if ours && files.iter().all(|file| file.path != path) {
            let old = firn_visible::read_text(entry.path()).ok();
            changes.push(Change {
                path,
                kind: Kind::Removed,
                old,
                file: None,
            });
        }
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: &str) -> File {
        File {
            path: path.into(),
            mode: 0o644,
            content: content.into(),
            link: None,
        }
    }

    fn kinds(changes: &[Change]) -> Vec<(&str, Kind)> {
        changes
            .iter()
            .map(|change| (change.path.as_str(), change.kind))
            .collect()
    }

    #[test]
    fn new_changed_and_stale_files_are_found() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("etc/systemd/network");
        fs::create_dir_all(&folder).unwrap();
        fs::write(root.path().join("etc/hostname"), "old\n").unwrap();
        fs::write(folder.join("20-bond0.netdev"), "[NetDev]\nName=bond0\n").unwrap();
        fs::write(folder.join("90-mine.network"), "").unwrap();
        let files = [file("/etc/hostname", "xen1\n"), file("/etc/hosts", "")];
        let changes = find(root.path(), &files).unwrap();
        let expected = [
            ("/etc/hostname", Kind::Changed),
            ("/etc/hosts", Kind::New),
            ("/etc/systemd/network/20-bond0.netdev", Kind::Removed),
        ];
        assert_eq!(kinds(&changes), expected);
    }

    #[test]
    fn what_was_written_differs_no_more() {
        let root = tempfile::tempdir().unwrap();
        let zone = File {
            link: Some("/usr/share/zoneinfo/UTC".into()),
            ..file("/etc/localtime", "")
        };
        let files = [file("/etc/hostname", "xen1\n"), zone];
        for change in find(root.path(), &files).unwrap() {
            super::super::write(root.path(), &change).unwrap();
        }
        assert_eq!(find(root.path(), &files).unwrap(), []);
    }
}
