//! Images packed with gzip, xz or Zstandard. They are unpacked by `zstd`, which reads all three, in the sandbox.

use super::{fit, found, too_large};
use crate::bytes::{Bytes, reopened, unreadable};
use crate::format::raw::{self, TELLING};
use crate::format::{foreign::at_is, qcow2};
use crate::inspect::ova;
use crate::sandbox::{Job, Outcome, run};
use crate::{Error, Format, Found, Packing, Progress};
use firn_words::say;
use std::fs::File;
use std::io::Seek;
use std::ops::ControlFlow;

const MAGICS: &[(&[u8], Packing)] = &[
    (b"\x1f\x8b", Packing::Gzip),
    (b"\xfd7zXZ\0", Packing::Xz),
    (b"\x28\xb5\x2f\xfd", Packing::Zstd),
];
/// No packed image may ask for more memory; xz's greatest preset and zstd's `--long=27` need less.
const WINDOW: &str = "--memory=256MiB";

/// What an image is packed with.
pub(crate) fn packing(bytes: &dyn Bytes) -> Result<Option<Packing>, Error> {
    for (magic, packing) in MAGICS {
        if at_is(bytes, 0, magic)? {
            return Ok(Some(*packing));
        }
    }
    Ok(None)
}

/// What is in a packed image: of a raw one everything is counted, of a qcow2 the beginning tells.
pub(crate) fn inspect(
    file: &File,
    packing: Packing,
    largest: u64,
    progress: Progress<'_>,
) -> Result<Found, Error> {
    let stored = file.metadata().map_err(unreadable)?.len();
    let mut seen = Seen {
        largest,
        ..Seen::default()
    };
    let outcome = unpack(file, stored, &mut |bytes| seen.take(bytes), progress)?;
    if seen.head.is_empty() {
        whole(&outcome)?;
    }
    let format = seen.format()?;
    let size = match format {
        Format::Qcow2 => qcow2::size(&seen.head)?,
        _ if seen.count > largest => return Err(too_large(seen.count, largest)),
        _ => seen.count,
    };
    if format == Format::Raw {
        whole(&outcome)?;
        raw::check_end(&seen.head, size)?;
    }
    Ok(found(
        format,
        fit(size, largest)?,
        Some(packing),
        stored,
        (0, stored),
    ))
}

/// What has been seen of what comes out.
#[derive(Default)]
struct Seen {
    head: Vec<u8>,
    count: u64,
    largest: u64,
}

impl Seen {
    /// Goes on only with what must be counted: a raw image, until it is too large.
    fn take(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        let missing = TELLING.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(missing));
        self.count += bytes.len() as u64;
        let told = missing > 0 && self.head.len() == TELLING;
        let enough = told && !matches!(self.format(), Ok(Format::Raw));
        if enough || self.count > self.largest {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn format(&self) -> Result<Format, Error> {
        let head = &self.head;
        if packing(head)?.is_some() || ova::is_archive(head)? {
            return Err(Error::Refused(say!("image-packed-again")));
        }
        match super::format(head)? {
            Format::Vmdk | Format::Vhdx => Err(Error::Refused(say!("image-packed-format"))),
            taken => Ok(taken),
        }
    }
}

/// Refuses what could not be unpacked to its end.
pub(crate) fn whole(outcome: &Outcome) -> Result<(), Error> {
    if outcome.success() {
        return Ok(());
    }
    Err(Error::Refused(say!(
        "image-packed-damaged",
        reason = &outcome.last_words
    )))
}

/// Unpacks a file and hands on what comes out.
pub(crate) fn unpack(
    file: &File,
    stored: u64,
    take: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    progress: Progress<'_>,
) -> Result<Outcome, Error> {
    // Its place is the program's, too, and so says how far the program has read.
    let mut input = reopened(file)?;
    let job = Job {
        program: "zstd",
        args: ["--decompress", "--stdout", "--quiet", "--force", WINDOW]
            .map(String::from)
            .to_vec(),
        input: Some(input.try_clone().map_err(unreadable)?),
        ..Job::default()
    };
    run(&job, take, &mut || {
        let read = input.stream_position().unwrap_or_default();
        progress(read.min(stored), stored)
    })
}

#[cfg(test)]
mod tests;
