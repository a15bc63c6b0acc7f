//! The library `local`: a folder for files as large as disks. It never lies on state, which is small.
//!
//! In a thin pool it is a volume of its own, made at first use; in a store of files it is a folder beside them.

use anyhow::{Context, Result};
use firn_command::cmd;
use firn_stores::{Kind, Owner, Store};
use firn_words::{Text, say};
use std::fs;
use std::path::{Path, PathBuf};

/// The volume's name.
const VOLUME: &str = "library";
/// Of a thin volume, which takes only what is written to it.
const SIZE: u64 = 1 << 40;

/// Percent of the store in use from which on it takes no upload.
const FULL: u8 = 80;

/// Bytes that an upload may have.
///
/// # Errors
/// When the store is too full for any, or does not say how full it is.
pub fn room(store: &dyn Store) -> Result<u64, Text> {
    let facts = store.facts().map_err(|error| error.text())?;
    let percent = facts.percent();
    if percent >= FULL {
        return Err(say!(
            "firnd-store-full",
            percent = u32::from(percent),
            limit = u32::from(FULL)
        ));
    }
    let most = facts.size / 100 * u64::from(FULL);
    Ok(most.saturating_sub(facts.used))
}

/// Makes the library's folder ready: makes and mounts its volume where the store is a thin pool.
///
/// # Errors
/// When there is no room, or a program fails.
pub fn ready(store: &dyn Store, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    if store.facts()?.kind == Kind::Thin && !is_mounted(folder)? {
        mount(store, folder)?;
    }
    Ok(folder.to_owned())
}

fn is_mounted(folder: &Path) -> Result<bool> {
    let mounts = firn_visible::read_text("/proc/self/mountinfo").context("reading the mounts")?;
    let place = folder.to_string_lossy();
    Ok(mounts
        .lines()
        .any(|line| line.split(' ').nth(4) == Some(&place)))
}

/// With which blkid ends where it finds nothing (blkid(8), "EXIT STATUS").
const NOTHING_FOUND: i32 = 2;

fn make_file_system(device: &Path) -> Result<()> {
    let options = [
        "-q",
        "-F",
        "-m",
        "0",
        "-E",
        "lazy_itable_init=1,lazy_journal_init=1,discard",
    ];
    Ok(cmd("mkfs.ext4", options).arg(device).run()?)
}

fn mount(store: &dyn Store, folder: &Path) -> Result<()> {
    let device = store.create(VOLUME, SIZE, &Owner::default())?;
    let kind = cmd("blkid", ["--probe", "--output=value", "--match-tag=TYPE"]).arg(&device);
    // A power cut in the middle of making it leaves no file system, or a whole one: blkid believes only its superblock.
    match kind.read() {
        Ok(_) => {}
        Err(error) if error.exit_code() == Some(NOTHING_FOUND) => make_file_system(&device)?,
        // Nobody knows what is on it.
        Err(error) => return Err(error.into()),
    }
    cmd("mount", ["-o", "nodev,nosuid,noexec,discard"])
        .arg(&device)
        .arg(folder)
        .run()?;
    Ok(())
}
