//! An image written into a volume.

mod hash;
mod qemu;
mod sparse;

use crate::bytes::{Part, cut_off, unreadable};
use crate::inspect::packed;
use crate::{Checksum, Error, Format, Found, Packing, Progress, inspect};
use firn_config::Size;
use firn_words::say;
use hash::Hashing;
use rustix::fs::{Mode, OFlags};
use sparse::Sparse;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

/// An image to be written.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file, open for reading. It must be one that can be sought in, and the host's own: the group `disk` may read it afterwards.
    pub file: &'a File,
    /// What [`crate::inspect()`] has said of it.
    pub found: &'a Found,
    /// What the file's checksum must be.
    pub checksum: Option<&'a Checksum>,
    /// A folder with room for the unpacked image, where a packed one is not raw. Nothing with a name is made there.
    pub scratch: &'a Path,
}

/// What has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// The SHA-256 of the image's file, in hex.
    pub sha256: String,
}

/// Writes the image to `target`: an existing block device or file that is at least as large as the disk and reads as zeros, as a new
/// thin volume or sparse file does. What is zero is not written. At the end everything is on the disk.
///
/// Progress is told in bytes of the image's file, some times a second.
///
/// # Errors
/// [`Error::Refused`] where the image is damaged or not what its checksum says, [`Error::Cancelled`], else [`Error::Failed`]. The
/// target then holds anything.
pub fn convert(
    source: &Source<'_>,
    target: &Path,
    progress: Progress<'_>,
) -> Result<Converted, Error> {
    let out = open(target, source.found.size)?;
    let hashing = Hashing::start(source.file, source.checksum.copied())?;
    write(source, &out, progress)?;
    out.sync_all().map_err(unwritable)?;
    let sha256 = hashing.finish(&mut || progress(source.found.stored, source.found.stored))?;
    Ok(Converted { sha256 })
}

fn open(target: &Path, least: u64) -> Result<File, Error> {
    let mut out = OpenOptions::new()
        .read(true)
        .write(true)
        .open(target)
        .map_err(unwritable)?;
    let size = out.seek(SeekFrom::End(0)).map_err(unwritable)?;
    if size >= least {
        return Ok(out);
    }
    let (disk, size) = (Size(size).text(), Size(least).text());
    Err(Error::Refused(say!(
        "image-disk-too-small",
        size = size,
        disk = disk
    )))
}

fn write(source: &Source<'_>, out: &File, progress: Progress<'_>) -> Result<(), Error> {
    let found = source.found;
    match (found.packing, found.format) {
        (None | Some(Packing::Ova), format) => {
            let part = Part {
                file: source.file,
                start: found.part.0,
                len: found.part.1,
            };
            qemu::convert(format, &part, out, &|done| {
                progress(of(found.stored, done), found.stored)
            })
        }
        (Some(_), Format::Raw) => unpack(source, out, found.size, progress),
        (Some(_), _) => by_scratch(source, out, progress),
    }
}

/// So many of `stored` bytes, by a part of 10 000.
fn of(stored: u64, part: u64) -> u64 {
    (u128::from(stored) * u128::from(part.min(10_000)) / 10_000) as u64
}

/// Unpacks the image into a file or volume; more than `most` bytes are refused.
fn unpack(source: &Source<'_>, out: &File, most: u64, progress: Progress<'_>) -> Result<(), Error> {
    let mut sparse = Sparse::new(out, most);
    let mut wrong = None;
    let outcome = packed::unpack(
        source.file,
        source.found.stored,
        &mut |bytes| match sparse.write(bytes) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                wrong = Some(error);
                ControlFlow::Break(())
            }
        },
        progress,
    )?;
    match wrong {
        Some(error) => Err(error),
        None => packed::whole(&outcome),
    }
}

/// A packed image with a format of its own is read from place to place, so it is unpacked into a file without a name first.
fn by_scratch(source: &Source<'_>, out: &File, progress: Progress<'_>) -> Result<(), Error> {
    let found = source.found;
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = rustix::fs::open(source.scratch, flags, Mode::RUSR | Mode::WUSR)
        .map_err(|e| unwritable(e.into()))?;
    let file = File::from(file);
    // A qcow2 file is larger than its disk by its tables at most.
    let most = found
        .size
        .saturating_add(found.size / 8)
        .saturating_add(64 << 20);
    let half = |done: u64, stored: u64| progress(done / 2, stored);
    unpack(source, &file, most, &half)?;
    let len = file.metadata().map_err(unreadable)?.len();
    let part = Part {
        file: &file,
        start: 0,
        len,
    };
    if inspect::plain(&part, found.size)? != (found.format, found.size) {
        return Err(cut_off());
    }
    let stored = found.stored;
    qemu::convert(found.format, &part, out, &|done| {
        progress(stored / 2 + of(stored, done) / 2, stored)
    })
}

/// The target, or a file on the way there, could not be written.
fn unwritable(error: io::Error) -> Error {
    Error::Failed(say!("image-unwritable", reason = error.to_string()))
}

#[cfg(test)]
mod tests;
