//! What is left of a Firn on a disk whose partition table is gone: at the places where every Firn has it.

use super::host_json;
use crate::FirnHost;
use firn_image::disk;
pub use firn_image::disk::{LVM_START as LVM, STORE_START as STORE};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

const MIB: u64 = 1 << 20;
/// Where the EFI system partition begins, and its size.
pub const ESP: (u64, u64) = (disk::ESP.start, disk::ESP.size);
/// How LVM's description of Firn's volume group begins; it is in the first MiB of each physical volume.
const GROUP: &[u8] = b"firn {\nid = \"";
/// What is said where nothing is known.
pub const UNKNOWN: &str = "unknown";

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remains {
    /// A host that says who it is.
    Named(FirnHost),
    /// Of a host's own disk.
    Host(FirnHost),
    /// Of a further disk of a store.
    Store(FirnHost),
}

/// Looks where a host's own disk has its EFI system partition and its volumes, and where a further disk has them.
pub fn look(disk: &str) -> Option<Remains> {
    if let Ok(host) = host_json::read(disk, ESP.0, ESP.1) {
        return Some(Remains::Named(host));
    }
    let group = |start| group(disk, start).map(|uuid| nameless(&uuid));
    let host = group(LVM).map(Remains::Host);
    host.or_else(|| group(STORE).map(Remains::Store))
}

/// A host of which only this is known. Its id is made from that, so that `disk.wipe` can name the disk.
pub fn nameless(known: &str) -> FirnHost {
    let mut id = hex::encode(Sha256::digest(known));
    id.truncate(32);
    with_id(id)
}

/// A host of which only the id is known.
pub fn with_id(id: String) -> FirnHost {
    FirnHost {
        id,
        name: UNKNOWN.into(),
        version: UNKNOWN.into(),
    }
}

/// The id of Firn's volume group, where a physical volume of it begins.
fn group(disk: &str, start: u64) -> Option<String> {
    let mut bytes = Vec::new();
    let mut file = File::open(disk).ok()?;
    file.seek(SeekFrom::Start(start)).ok()?;
    file.take(MIB).read_to_end(&mut bytes).ok()?;
    let found = bytes
        .windows(GROUP.len())
        .position(|window| window == GROUP)?;
    let id = bytes[found + GROUP.len()..]
        .iter()
        .take_while(|byte| **byte != b'"');
    Some(id.take(64).map(|byte| char::from(*byte)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_made_can_be_written_into_answers() {
        let host = nameless("AbCdEf-0123");
        assert_eq!(host, nameless("AbCdEf-0123"));
        assert!(host.id.len() == 32 && host.id.bytes().all(|b| b.is_ascii_hexdigit()));
        assert_ne!(host, nameless("another"));
    }
}
