//! Whose a file is, in its extended attributes.

use crate::Owner;
use rustix::fs::{XattrFlags, fgetxattr, fremovexattr, fsetxattr};
use rustix::io::Errno;
use std::fs::File;
use std::io;

const GUEST: &str = "user.firn.guest";
const TASK: &str = "user.firn.task";
/// No id is longer.
const LONGEST: usize = 128;

pub(super) fn read(file: &File) -> io::Result<Owner> {
    Ok(Owner {
        guest: get(file, GUEST)?,
        task: get(file, TASK)?,
    })
}

pub(super) fn write(file: &File, owner: &Owner) -> io::Result<()> {
    set(file, GUEST, owner.guest.as_deref())?;
    set(file, TASK, owner.task.as_deref())
}

fn get(file: &File, name: &str) -> io::Result<Option<String>> {
    let mut value = [0; LONGEST];
    match fgetxattr(file, name, &mut value) {
        Ok(length) => Ok(Some(String::from_utf8_lossy(&value[..length]).into_owned())),
        Err(Errno::NODATA) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn set(file: &File, name: &str, value: Option<&str>) -> io::Result<()> {
    let done = match value {
        Some(value) => fsetxattr(file, name, value.as_bytes(), XattrFlags::empty()),
        None => fremovexattr(file, name),
    };
    match done {
        Ok(()) | Err(Errno::NODATA) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
