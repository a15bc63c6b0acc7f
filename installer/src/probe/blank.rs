//! Whether a disk without any known signature is really blank.

use std::fs::File;
use std::io::{self, Read};

const LOOK_AT: u64 = 1 << 20;

/// Whether the first MiB of a device is all zeros.
///
/// # Errors
/// When it cannot be read.
pub fn is_blank(path: &str) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LOOK_AT).read_to_end(&mut bytes)?;
    Ok(bytes.iter().all(|b| *b == 0) || is_erased_flash(&bytes))
}

/// Some flash memory reads as ones where nothing was written.
fn is_erased_flash(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| *b == 0xff)
}
