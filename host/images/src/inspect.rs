//! What a file is, by what is in it and never by its name.

use crate::{Error, Format, Found, Progress};
use firn_words::say;
use std::fs::File;
use std::os::unix::fs::FileExt;

/// Says what an image is. `largest` is the greatest size of a disk that is taken, in bytes.
///
/// Of a packed raw image only unpacking tells the size: the whole file is read then, which takes its time.
///
/// # Errors
/// [`Error::Refused`] with what is wrong with the image, [`Error::Failed`] where it cannot be read.
pub fn inspect(file: &File, largest: u64, _progress: Progress<'_>) -> Result<Found, Error> {
    let failed =
        |e: std::io::Error| Error::Failed(say!("image-unreadable", reason = e.to_string()));
    let stored = file.metadata().map_err(failed)?.len();
    let mut head = [0; 32];
    let whole = file.read_exact_at(&mut head, 0);
    let qcow2 = whole.is_ok() && head.starts_with(b"QFI\xfb");
    let size = if qcow2 { be64(&head[24..]) } else { stored };
    if size > largest {
        return Err(Error::Refused(say!("image-too-large")));
    }
    let format = if qcow2 { Format::Qcow2 } else { Format::Raw };
    Ok(Found {
        format,
        packing: None,
        size,
        stored,
        part: (0, stored),
    })
}

fn be64(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .take(8)
        .fold(0, |all, byte| all << 8 | u64::from(*byte))
}
