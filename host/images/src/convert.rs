//! An image written into a volume.

use crate::{Checksum, Error, Found, Progress};
use firn_words::say;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

/// An image to be written.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file, open for reading; it must be one that can be sought in, and belong to the host (the sandbox is given access).
    pub file: &'a File,
    /// What [`crate::inspect`] has said of it.
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
/// Progress is told in bytes of the image's file.
///
/// # Errors
/// [`Error::Refused`] where the image is damaged, [`Error::Cancelled`], else [`Error::Failed`]. The target then holds anything.
pub fn convert(
    source: &Source<'_>,
    target: &Path,
    progress: Progress<'_>,
) -> Result<Converted, Error> {
    let failed =
        |e: std::io::Error| Error::Failed(say!("image-unreadable", reason = e.to_string()));
    let mut out = OpenOptions::new()
        .write(true)
        .open(target)
        .map_err(failed)?;
    let (mut hash, mut done, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 20]);
    let mut from = source.file;
    loop {
        let n = from.read(&mut buffer).map_err(failed)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        out.write_all(&buffer[..n]).map_err(failed)?;
        done += n as u64;
        if progress(done, source.found.stored).is_break() {
            return Err(Error::Cancelled);
        }
    }
    out.sync_all().map_err(failed)?;
    Ok(Converted {
        sha256: hex::encode(hash.finalize()),
    })
}
