//! The hand-over to systemd: the mounts move along, the initrd's memory is given back.

use anyhow::{Context, Result, bail};
use firn_image::file::ROOT;
use rustix::mount::mount_move;
use std::convert::Infallible;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// The first program of the new root.
const INIT: &str = "/sbin/init";
/// What the new root keeps from the initrd.
const MOVED: [&str; 4] = ["/dev", "/proc", "/sys", "/run"];

/// Makes `sysroot` the root and becomes its `/sbin/init`. Only comes back if that failed.
pub fn to_new_root(sysroot: &str) -> Result<Infallible> {
    check(sysroot)?;
    for folder in MOVED {
        mount_move(folder, format!("{sysroot}{folder}"))
            .with_context(|| format!("moving {folder} to the new root"))?;
    }
    give_back(Path::new("/"));
    std::env::set_current_dir(sysroot).with_context(|| format!("going to {sysroot}"))?;
    mount_move(".", "/").context("moving the new root to /")?;
    rustix::process::chroot(".").context("changing the root")?;
    std::env::set_current_dir("/").context("going to the new root")?;
    let error = Command::new(INIT).exec();
    bail!("starting {INIT}: {error}")
}

/// Looks before the mounts move, while the shell of the initrd still works.
fn check(sysroot: &str) -> Result<()> {
    let found = fs::symlink_metadata(format!("{sysroot}{INIT}"));
    found.with_context(|| format!("{ROOT} has no {INIT}: it is not Firn's"))?;
    Ok(())
}

/// Removes the initrd's files (they fill memory until the next start), but never another file
/// system's: only what lies on the device of `root` itself. Best effort.
fn give_back(root: &Path) {
    if let Ok(found) = fs::symlink_metadata(root) {
        empty(root, found.dev());
    }
}

fn empty(folder: &Path, device: u64) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(found) = fs::symlink_metadata(&path) else {
            continue;
        };
        if found.dev() != device {
            continue;
        }
        if found.is_dir() {
            empty(&path, device);
            let _ = fs::remove_dir(&path);
        } else {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giving_back_empties_the_tree_and_follows_no_link() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(other.path().join("kept"), "").unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        fs::write(root.path().join("a/b/c"), "").unwrap();
        std::os::unix::fs::symlink(other.path(), root.path().join("link")).unwrap();
        give_back(root.path());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
        assert!(other.path().join("kept").exists());
    }
}
