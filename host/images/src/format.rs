//! The formats of disk images: how each is recognised, and how large its disk is.

pub(crate) mod foreign;
pub(crate) mod qcow2;
pub(crate) mod raw;
pub(crate) mod vhdx;
pub(crate) mod vmdk;

use crate::bytes::{Bytes, unreadable};
use crate::{Error, Format};

/// The bytes at the beginning by which a format with a header is known.
const MAGICS: &[(&[u8], Format)] = &[
    (b"QFI\xfb", Format::Qcow2),
    (b"KDMV", Format::Vmdk),
    (b"vhdxfile", Format::Vhdx),
];

/// The format, where the image has a header that says it.
pub(crate) fn with_header(bytes: &dyn Bytes) -> Result<Option<Format>, Error> {
    let head = bytes.read(0, 8).map_err(unreadable)?;
    let found = MAGICS.iter().find(|(magic, _)| head.starts_with(magic));
    Ok(found.map(|(_, format)| *format))
}

/// The size of the disk in bytes, once the image is known to be one that can be taken.
pub(crate) fn size(format: Format, bytes: &dyn Bytes) -> Result<u64, Error> {
    match format {
        Format::Qcow2 => qcow2::size(bytes),
        Format::Vmdk => vmdk::size(bytes),
        Format::Vhdx => vhdx::size(bytes),
        Format::Raw => raw::size(bytes),
    }
}

#[cfg(test)]
mod tests;
