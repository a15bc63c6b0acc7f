//! Files and devices that a guest is made of.

use super::kernel;
use crate::{Disk, Loader, Machine, Problem, Shape};
use firn_words::{Text, say};
use std::collections::BTreeSet;
use std::fs::File;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

/// So many disks of a guest with emulated hardware are emulated; the others only have Xen's driver.
const EMULATED: u8 = 4;

pub(super) fn problems(shape: &Shape) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Machine::Pvh(Loader::Kernel {
        kernel, ramdisk, ..
    }) = &shape.machine
    {
        let text = unusable(kernel).or_else(|| kernel::problem(kernel));
        found.extend(text.map(|text| Problem::new("kernel", text)));
        let text = ramdisk.as_deref().and_then(unusable);
        found.extend(text.map(|text| Problem::new("ramdisk", text)));
    }
    let mut places = BTreeSet::new();
    for (at, disk) in shape.disks.iter().enumerate() {
        let text = disk_problem(disk, shape.is_hvm(), &mut places);
        found.extend(text.map(|text| Problem::new(format!("disks[{at}]"), text)));
    }
    found
}

fn disk_problem(disk: &Disk, hvm: bool, places: &mut BTreeSet<u8>) -> Option<Text> {
    let target = &disk.target;
    let Some(place) = place(target) else {
        return Some(say!("engine-target", target = target));
    };
    // Xen counts hda and xvda as one.
    if !places.insert(place) {
        return Some(say!("engine-target-twice", target = target));
    }
    if hvm && disk.read_only && !disk.cd && place < EMULATED {
        return Some(say!("engine-read-only", target = target));
    }
    match &disk.path {
        Some(path) => unusable(path),
        None if hvm && disk.cd => None,
        None => Some(say!("engine-no-medium", target = target)),
    }
}

/// Which of its disks a target is, from 0.
pub(crate) fn place(target: &str) -> Option<u8> {
    let rest = target
        .strip_prefix("xvd")
        .or_else(|| target.strip_prefix("hd"));
    match rest?.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(letter - b'a'),
        _ => None,
    }
}

/// Why a file or a device cannot be a guest's.
pub(crate) fn unusable(path: &Path) -> Option<Text> {
    let shown = path.display().to_string();
    // Xen's tools and QEMU part their lines at a comma, and nothing of theirs escapes one.
    let odd = |c: char| c == ',' || c.is_control();
    if path.to_str().is_none_or(|path| path.contains(odd)) || !path.is_absolute() {
        return Some(say!("engine-path", path = shown));
    }
    let kind = std::fs::metadata(path).map(|facts| facts.file_type());
    let error = match kind {
        Ok(kind) if !kind.is_file() && !kind.is_block_device() => {
            return Some(say!("engine-no-file", path = shown));
        }
        Ok(_) => File::open(path).err()?,
        Err(error) => error,
    };
    Some(match error.kind() {
        std::io::ErrorKind::NotFound => say!("engine-file-missing", path = shown),
        _ => say!(
            "engine-file-unreadable",
            path = shown,
            reason = error.to_string()
        ),
    })
}
