//! The process in the sandbox is nobody, and opens what it was handed by the name of its descriptor: so the kernel asks the file's
//! rights. The group of disks gets them, as it has them of block devices.

use super::Job;
use rustix::fs::{Gid, Mode, fchmod, fchown};
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;

/// Group `disk`, by its number in every Debian.
const GROUP: u32 = 6;
/// What a group may do.
const READ: u32 = 0o040;
const WRITE: u32 = 0o020;

/// Lets the job's process open the job's files. They stay as they are then: root alone reaches the folders in which they lie.
pub(crate) fn lend(job: &Job) -> io::Result<()> {
    if let Some(file) = &job.input {
        to_group(file, READ)?;
    }
    if let Some(path) = &job.disk {
        to_group(&File::open(path)?, READ)?;
    }
    match &job.output {
        Some(file) => to_group(file, READ | WRITE),
        None => Ok(()),
    }
}

fn to_group(file: &File, rights: u32) -> io::Result<()> {
    let meta = file.metadata()?;
    let others = rights >> 3;
    if meta.mode() & others == others {
        return Ok(());
    }
    if meta.gid() != GROUP {
        fchown(file, None, Some(Gid::from_raw(GROUP)))?;
    }
    if meta.mode() & rights != rights {
        fchmod(file, Mode::from_raw_mode((meta.mode() | rights) & 0o7777))?;
    }
    Ok(())
}
