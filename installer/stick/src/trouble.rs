//! What is wrong with a stick, in one sentence that says what to do.

use super::Stick;
use firn_words::{Text, say};
use rustix::io::Errno;
use std::io;
use std::path::Path;

/// Why it could not be mounted.
pub fn of_mount(stick: &Stick, error: Errno) -> Text {
    mount_text(stick, error, is_there(stick))
}

/// Why a file on it could not be read or written.
pub fn of_work(stick: &Stick, error: &io::Error) -> Text {
    work_text(stick, error, is_there(stick))
}

fn is_there(stick: &Stick) -> bool {
    Path::new("/sys/class/block").join(&stick.name).exists()
}

pub(super) fn mount_text(stick: &Stick, error: Errno, there: bool) -> Text {
    let device = &stick.path;
    match error {
        _ if !there => say!("stick-gone", device = device),
        Errno::NXIO | Errno::NOMEDIUM => say!("stick-gone", device = device),
        Errno::INVAL | Errno::UCLEAN | Errno::BADMSG | Errno::OPNOTSUPP => {
            say!("stick-broken", device = device, kind = &stick.filesystem)
        }
        Errno::IO => say!("stick-unreadable", device = device),
        Errno::ROFS | Errno::ACCESS => say!("stick-read-only", device = device),
        Errno::NODEV => say!(
            "stick-other-file-system",
            device = device,
            kind = &stick.filesystem
        ),
        other => say!("stick-other", device = device, reason = reason(other)),
    }
}

pub(super) fn work_text(stick: &Stick, error: &io::Error, there: bool) -> Text {
    let device = &stick.path;
    let number = error.raw_os_error().map(Errno::from_raw_os_error);
    match number {
        _ if !there => say!("stick-gone", device = device),
        Some(Errno::NXIO | Errno::NOMEDIUM | Errno::NODEV) => say!("stick-gone", device = device),
        Some(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => say!("stick-full", device = device),
        Some(Errno::IO) => say!("stick-unreadable", device = device),
        Some(Errno::UCLEAN | Errno::BADMSG) => {
            say!("stick-broken", device = device, kind = &stick.filesystem)
        }
        // While writing: the kernel has made it read-only because it found it broken, or the switch on the stick is set.
        Some(Errno::ROFS) => say!("stick-read-only", device = device),
        Some(other) => say!("stick-other", device = device, reason = reason(other)),
        None => say!("stick-other", device = device, reason = error.to_string()),
    }
}

/// The system's own words: "No such file or directory".
fn reason(error: Errno) -> String {
    io::Error::from(error).to_string()
}
