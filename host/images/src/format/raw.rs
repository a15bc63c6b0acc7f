//! Disks as they are. They have no header, so what is on them must be known: a web page would be a disk, too.

use super::foreign::at_is;
use crate::Error;
use crate::bytes::{Bytes, cut_off, exactly};
use firn_words::say;

/// Where what stands on a disk: partition tables, and file systems that lie on a disk without one.
const KNOWN: &[(u64, &[u8])] = &[
    (510, b"\x55\xaa"),
    (512, b"EFI PART"),
    (4096, b"EFI PART"),
    (1080, b"\x53\xef"), // ext2, ext3, ext4
    (0, b"XFSB"),
    (0x1_0040, b"_BHRfS_M"),         // btrfs
    (512, b"LABELONE"),              // LVM
    (0x1_055c, b"\x19\x01\x54\x19"), // UFS2
];

/// So many bytes from the beginning tell whether it is a disk.
pub(crate) const TELLING: usize = 0x1_1000;

/// Refuses what nothing on it shows to be a disk.
pub(crate) fn check(bytes: &dyn Bytes) -> Result<(), Error> {
    for (at, magic) in KNOWN {
        if at_is(bytes, *at, magic)? {
            return Ok(());
        }
    }
    Err(Error::Refused(say!("image-unknown")))
}

/// The size of the disk.
pub(crate) fn size(bytes: &dyn Bytes) -> Result<u64, Error> {
    check(bytes)?;
    check_end(bytes, bytes.len())?;
    Ok(bytes.len())
}

/// Refuses a disk that ends before the end that its GPT names.
pub(crate) fn check_end(bytes: &dyn Bytes, size: u64) -> Result<(), Error> {
    for sector in [512, 4096] {
        if at_is(bytes, sector, b"EFI PART")? {
            let last = exactly(bytes, sector, 40)?.le64(32);
            let fits = last
                .checked_add(1)
                .and_then(|count| count.checked_mul(sector));
            return if fits.is_some_and(|end| end <= size) {
                Ok(())
            } else {
                Err(cut_off())
            };
        }
    }
    Ok(())
}
