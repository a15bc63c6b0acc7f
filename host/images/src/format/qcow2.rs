//! qcow2's header. <https://www.qemu.org/docs/master/interop/qcow2.html>

use crate::Error;
use crate::bytes::{Bytes, Fields, exactly, unreadable};
use firn_words::say;

/// The part of the header that both versions have.
const HEADER: usize = 72;
/// The greatest version there is.
const NEWEST: u32 = 3;
/// A name of another file is never longer.
const LONGEST_NAME: u32 = 1023;
/// Bits of the incompatible features.
const CORRUPT: u64 = 1 << 1;
const EXTERNAL_DATA: u64 = 1 << 2;
/// The features that QEMU 10 knows: dirty, corrupt, external data, kind of compression, extended L2 tables.
const KNOWN: u64 = 0b1_1111;

/// The size of the disk.
pub(crate) fn size(bytes: &dyn Bytes) -> Result<u64, Error> {
    let header = exactly(bytes, 0, HEADER)?;
    let version = header.be32(4);
    if !(2..=NEWEST).contains(&version) {
        return Err(Error::Refused(say!(
            "image-qcow2-version",
            version = version
        )));
    }
    no_backing_file(bytes, &header)?;
    if header.be32(32) != 0 {
        return Err(Error::Refused(say!("image-encrypted")));
    }
    if version == NEWEST {
        features(exactly(bytes, HEADER as u64, 8)?.be64(0))?;
    }
    Ok(header.be64(24))
}

fn no_backing_file(bytes: &dyn Bytes, header: &Fields) -> Result<(), Error> {
    let (at, length) = (header.be64(8), header.be32(16));
    if at == 0 {
        return Ok(());
    }
    let name = bytes
        .read(at, length.min(LONGEST_NAME) as usize)
        .map_err(unreadable)?;
    let name = String::from_utf8_lossy(&name).into_owned();
    Err(Error::Refused(say!("image-backing-file", name = name)))
}

fn features(bits: u64) -> Result<(), Error> {
    if bits & EXTERNAL_DATA != 0 {
        return Err(Error::Refused(say!("image-external-data")));
    }
    if bits & CORRUPT != 0 {
        return Err(Error::Refused(say!("image-marked-damaged")));
    }
    if bits & !KNOWN != 0 {
        return Err(Error::Refused(say!("image-qcow2-features")));
    }
    Ok(())
}
