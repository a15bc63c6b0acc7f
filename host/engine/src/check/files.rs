//! Files and devices that a guest is made of.

use crate::{Loader, Machine, Problem, Shape};
use firn_words::{Text, say};
use std::fs::File;
use std::path::Path;

pub(super) fn problems(shape: &Shape) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut missing = |field: String, path: &Path| {
        if let Some(text) = unreadable(path) {
            found.push(Problem::new(field, text));
        }
    };
    if let Machine::Pvh(Loader::Kernel {
        kernel, ramdisk, ..
    }) = &shape.machine
    {
        missing("kernel".into(), kernel);
        ramdisk
            .iter()
            .for_each(|path| missing("ramdisk".into(), path));
    }
    for (at, disk) in shape.disks.iter().enumerate() {
        disk.path
            .iter()
            .for_each(|path| missing(format!("disks[{at}]"), path));
    }
    found
}

/// Why a file or a device cannot be read.
fn unreadable(path: &Path) -> Option<Text> {
    let error = File::open(path).err()?;
    let path = path.display().to_string();
    Some(match error.kind() {
        std::io::ErrorKind::NotFound => say!("engine-file-missing", path = path),
        _ => say!(
            "engine-file-unreadable",
            path = path,
            reason = error.to_string()
        ),
    })
}
