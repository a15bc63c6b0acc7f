//! What is recognised to be refused with a sentence that helps.

use crate::Error;
use crate::bytes::{Bytes, unreadable};
use firn_words::say;

/// Where which bytes stand, and what that is.
const FOREIGN: &[(u64, &[u8], &str)] = &[
    (0, b"COWD", "VMDK (ESX)"),
    (0, b"\xbe\xba\xfe\xca\x00\x00\x00\x00", "VMDK (SEsparse)"),
    (0, b"conectix", "VHD"),
    (0x40, b"\x7f\x10\xda\xbe", "VDI"),
    (0, b"QED\0", "QED"),
    (0, b"WithoutFreeSpace", "Parallels"),
    (0, b"WithouFreSpacExt", "Parallels"),
    (0, b"OOOM", "UML COW"),
    (0, b"LUKS\xba\xbe", "LUKS"),
    (0, b"BZh", "bzip2"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (0, b"\x04\x22\x4d\x18", "LZ4"),
];

/// Refuses what is known but not taken.
pub(crate) fn refuse(bytes: &dyn Bytes) -> Result<(), Error> {
    for (at, magic, what) in FOREIGN {
        if at_is(bytes, *at, magic)? {
            return Err(Error::Refused(say!("image-foreign", what = *what)));
        }
    }
    if at_is(bytes, 0, b"# Disk Descriptor")? {
        return Err(Error::Refused(say!("image-vmdk-descriptor")));
    }
    if at_is(bytes, 0x8001, b"CD001")? {
        return Err(Error::Refused(say!("image-is-cd")));
    }
    Ok(())
}

/// Whether these bytes stand there.
pub(crate) fn at_is(bytes: &dyn Bytes, at: u64, magic: &[u8]) -> Result<bool, Error> {
    Ok(bytes.read(at, magic.len()).map_err(unreadable)? == magic)
}
