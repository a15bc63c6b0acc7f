//! What a file is, by what is in it and never by its name.

mod ova;
pub(crate) mod packed;

use crate::bytes::{Bytes, Part, cut_off, unreadable};
use crate::format::{self, foreign, raw};
use crate::{Error, Format, Found, Packing, Progress};
use firn_config::Size;
use firn_words::say;
use std::fs::File;

/// What every disk is a multiple of, in bytes.
const SECTOR: u64 = 512;

/// Says what an image is. `largest` is the greatest size of a disk that is taken, in bytes.
///
/// Of a packed raw image only unpacking tells the size: the whole file is read then, which takes its time.
///
/// # Errors
/// [`Error::Refused`] with what is wrong with the image, [`Error::Failed`] where it cannot be read, [`Error::Cancelled`].
pub fn inspect(file: &File, largest: u64, progress: Progress<'_>) -> Result<Found, Error> {
    let len = file.metadata().map_err(unreadable)?.len();
    let whole = Part {
        file,
        start: 0,
        len,
    };
    if len == 0 {
        return Err(Error::Refused(say!("image-empty")));
    }
    if let Some(packing) = packed::packing(&whole)? {
        return packed::inspect(file, packing, largest, progress);
    }
    if ova::is_archive(&whole)? {
        return in_archive(file, len, largest);
    }
    let (format, size) = plain(&whole, largest)?;
    Ok(found(format, size, None, len, (0, len)))
}

fn in_archive(file: &File, len: u64, largest: u64) -> Result<Found, Error> {
    let part = ova::disk(file, len)?;
    let (format, size) = plain(
        &Part {
            file,
            start: part.0,
            len: part.1,
        },
        largest,
    )?;
    Ok(found(format, size, Some(Packing::Ova), len, part))
}

pub(crate) fn found(
    format: Format,
    size: u64,
    packing: Option<Packing>,
    stored: u64,
    part: (u64, u64),
) -> Found {
    Found {
        format,
        packing,
        size,
        stored,
        part,
    }
}

/// Format and size of an image that is not packed.
pub(crate) fn plain(bytes: &dyn Bytes, largest: u64) -> Result<(Format, u64), Error> {
    let format = format(bytes)?;
    Ok((format, fit(format::size(format, bytes)?, largest)?))
}

/// The format; what is known but not taken is refused.
pub(crate) fn format(bytes: &dyn Bytes) -> Result<Format, Error> {
    if let Some(format) = format::with_header(bytes)? {
        return Ok(format);
    }
    foreign::refuse(bytes)?;
    raw::check(bytes)?;
    Ok(Format::Raw)
}

/// The size in whole sectors, unless it is too large.
pub(crate) fn fit(size: u64, largest: u64) -> Result<u64, Error> {
    if size == 0 {
        return Err(cut_off());
    }
    match size.checked_next_multiple_of(SECTOR) {
        Some(whole) if whole <= largest => Ok(whole),
        _ => Err(too_large(size, largest)),
    }
}

pub(crate) fn too_large(size: u64, largest: u64) -> Error {
    let (size, largest) = (Size(size).text(), Size(largest).text());
    Error::Refused(say!("image-too-large", size = size, largest = largest))
}

#[cfg(test)]
mod tests;
