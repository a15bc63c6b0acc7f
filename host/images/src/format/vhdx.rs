//! Hyper-V's VHDX: where its tables stand and what they say. [MS-VHDX]

use crate::Error;
use crate::bytes::{Bytes, Fields, exactly};
use firn_words::say;

const KIB: u64 = 1 << 10;
/// The two headers, the two tables of regions.
const HEADERS: [u64; 2] = [64 * KIB, 128 * KIB];
const REGIONS: [u64; 2] = [192 * KIB, 256 * KIB];
/// No table has more entries.
const MOST_REGIONS: u32 = 2047;
const MOST_ITEMS: u16 = 2047;
const ENTRY: usize = 32;
/// GUIDs as they stand in the file.
const METADATA: [u8; 16] = *b"\x06\xa2\x7c\x8b\x90\x47\x9a\x4b\xb8\xfe\x57\x5f\x05\x0f\x88\x6e";
const PARAMETERS: [u8; 16] = *b"\x37\x67\xa1\xca\x36\xfa\x43\x4d\xb3\xb6\x33\xf0\xaa\x44\xe7\x6b";
const DISK_SIZE: [u8; 16] = *b"\x24\x42\xa5\x2f\x1b\xcd\x76\x48\xb2\x11\x5d\xbe\xd8\x3b\xf4\xb8";
/// In the flags of the parameters: the image is the difference to another one.
const HAS_PARENT: u32 = 1 << 1;

/// The size of the disk.
pub(crate) fn size(bytes: &dyn Bytes) -> Result<u64, Error> {
    closed(bytes)?;
    let metadata = metadata(bytes)?;
    let head = exactly(bytes, metadata, ENTRY)?;
    if !head.0.starts_with(b"metadata") {
        return Err(damaged());
    }
    let table = entries(bytes, metadata, head.le16(10).min(MOST_ITEMS).into())?;
    let item = |guid, length| item(bytes, &table, metadata, guid, length);
    if item(PARAMETERS, 8)?.le32(4) & HAS_PARENT != 0 {
        return Err(Error::Refused(say!("image-vhdx-parent")));
    }
    Ok(item(DISK_SIZE, 8)?.le64(0))
}

/// The newer header must say that no change waits in the log: only who may write can put it where it belongs.
fn closed(bytes: &dyn Bytes) -> Result<(), Error> {
    let headers = HEADERS.map(|at| exactly(bytes, at, 80));
    let mut good = Vec::new();
    for header in headers {
        let header = header?;
        if header.0.starts_with(b"head") {
            good.push(header);
        }
    }
    let newest = good
        .iter()
        .max_by_key(|header| header.le64(8))
        .ok_or_else(damaged)?;
    if newest.guid(48) == [0; 16] {
        return Ok(());
    }
    Err(Error::Refused(say!("image-vhdx-open")))
}

/// Where the region of metadata begins.
fn metadata(bytes: &dyn Bytes) -> Result<u64, Error> {
    for at in REGIONS {
        let head = exactly(bytes, at, 16)?;
        if head.0.starts_with(b"regi") {
            // The entries follow the head, which is as long as half an entry.
            let table = entries(bytes, at - 16, head.le32(8).min(MOST_REGIONS))?;
            return place(&table, METADATA)
                .map(|at| table.le64(at + 16))
                .ok_or_else(damaged);
        }
    }
    Err(damaged())
}

/// The entries of a table, which begin 32 bytes after a place.
fn entries(bytes: &dyn Bytes, at: u64, count: u32) -> Result<Fields, Error> {
    exactly(
        bytes,
        at.saturating_add(ENTRY as u64),
        count as usize * ENTRY,
    )
}

/// Where in a table an entry stands.
fn place(table: &Fields, guid: [u8; 16]) -> Option<usize> {
    (0..table.0.len())
        .step_by(ENTRY)
        .find(|at| table.guid(*at) == guid)
}

fn item(
    bytes: &dyn Bytes,
    table: &Fields,
    metadata: u64,
    guid: [u8; 16],
    length: usize,
) -> Result<Fields, Error> {
    let at = place(table, guid).ok_or_else(damaged)?;
    let offset = u64::from(table.le32(at + 16));
    exactly(bytes, metadata.saturating_add(offset), length)
}

fn damaged() -> Error {
    Error::Refused(say!("image-damaged-header"))
}
