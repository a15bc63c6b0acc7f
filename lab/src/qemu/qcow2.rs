//! Disk images in QEMU's own format, which can keep a whole machine.

use crate::root::Root;
use anyhow::{Context, Result};
use std::path::Path;

/// Makes one of a raw disk; its folder must be bound into the root.
///
/// # Errors
/// When the disk cannot be read, or there is no room.
pub fn from_raw(root: &Root, raw: &Path, to: &Path) -> Result<()> {
    convert(root, "qcow2", raw, to)
}

/// Makes a raw disk of what is on it now.
///
/// # Errors
/// When the image cannot be read, or there is no room.
pub fn to_raw(root: &Root, from: &Path, raw: &Path) -> Result<()> {
    convert(root, "raw", from, raw)
}

fn convert(root: &Root, format: &str, from: &Path, to: &Path) -> Result<()> {
    let convert = root.run("qemu-img", ["convert", "-O", format]);
    let done = convert.args([from, to]).run();
    done.with_context(|| format!("converting the disk {}", from.display()))
}
