//! Which file system a device holds, read from its first blocks (no helper program, no waiting for one).

use crate::slow;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes that are enough to know each kind: the ISO 9660 descriptor is the farthest.
const HEAD: u64 = 36 * 1024;
/// Where ext4 keeps its superblock.
const SUPERBLOCK: usize = 1024;

/// A file system that may carry an image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Iso9660,
    Ext4,
    Exfat,
    Vfat,
}

impl Kind {
    /// The name that `mount` takes.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Iso9660 => "iso9660",
            Kind::Ext4 => "ext4",
            Kind::Exfat => "exfat",
            Kind::Vfat => "vfat",
        }
    }
}

/// Reads the beginning of a device; shorter devices give what they have.
pub fn head(path: impl AsRef<Path>) -> Result<Vec<u8>> {
    let path = path.as_ref();
    slow::tell(&format!("reading {}", path.display()), || read_head(path))
}

fn read_head(path: &Path) -> Result<Vec<u8>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut bytes = Vec::new();
    file.take(HEAD)
        .read_to_end(&mut bytes)
        .with_context(|| format!("reading {}", path.display()))?;
    Ok(bytes)
}

/// The kind of file system that begins with these bytes.
pub fn kind(head: &[u8]) -> Option<Kind> {
    let at = |offset: usize, magic: &[u8]| head.get(offset..offset + magic.len()) == Some(magic);
    if at(0x8001, b"CD001") {
        Some(Kind::Iso9660)
    } else if at(SUPERBLOCK + 0x38, &[0x53, 0xEF]) {
        Some(Kind::Ext4)
    } else if at(3, b"EXFAT   ") {
        Some(Kind::Exfat)
    } else if at(510, &[0x55, 0xAA]) && (at(0x36, b"FAT") || at(0x52, b"FAT32")) {
        Some(Kind::Vfat)
    } else {
        None
    }
}

/// The UUID of the ext4 file system that begins with these bytes, as `blkid` writes it.
pub fn ext4_uuid(head: &[u8]) -> Option<String> {
    if kind(head) != Some(Kind::Ext4) {
        return None;
    }
    let bytes = head.get(SUPERBLOCK + 0x68..SUPERBLOCK + 0x78)?;
    let digits = hex::encode(bytes);
    Some(format!(
        "{}-{}-{}-{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..]
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(parts: &[(usize, &[u8])]) -> Vec<u8> {
        let mut head = vec![0; HEAD as usize];
        for (offset, part) in parts {
            head[*offset..offset + part.len()].copy_from_slice(part);
        }
        head
    }

    #[test]
    fn each_kind_is_known_by_its_magic() {
        let cases = [
            (bytes(&[(0x8001, b"CD001")]), Some(Kind::Iso9660)),
            (bytes(&[(1080, &[0x53, 0xEF])]), Some(Kind::Ext4)),
            (
                bytes(&[(510, &[0x55, 0xAA]), (0x52, b"FAT32   ")]),
                Some(Kind::Vfat),
            ),
            (
                bytes(&[(510, &[0x55, 0xAA]), (3, b"EXFAT   ")]),
                Some(Kind::Exfat),
            ),
            (bytes(&[(510, &[0x55, 0xAA])]), None),
            (bytes(&[]), None),
        ];
        for (head, expected) in cases {
            assert_eq!(kind(&head), expected);
        }
        assert_eq!(kind(&[]), None);
    }

    #[test]
    fn the_uuid_is_written_as_blkid_does() {
        let uuid: Vec<u8> = (0..16).collect();
        let head = bytes(&[(1080, &[0x53, 0xEF]), (1024 + 0x68, &uuid)]);
        assert_eq!(
            ext4_uuid(&head).as_deref(),
            Some("00010203-0405-0607-0809-0a0b0c0d0e0f")
        );
        assert_eq!(ext4_uuid(&bytes(&[])), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever a device begins with and wherever it ends: a kind has its mark, a UUID its form.
        #[test]
        fn any_bytes_are_a_kind_or_none(
            magics in prop::collection::vec(prop::sample::select(vec![(0x8001, b"CD001".to_vec()), (1080, vec![0x53, 0xEF]), (510, vec![0x55, 0xAA]), (3, b"EXFAT   ".to_vec()), (0x52, b"FAT32".to_vec())]), 0..4),
            noise in prop::collection::vec((0..HEAD as usize, any::<u8>()), 0..20),
            length in prop_oneof![Just(HEAD as usize), 0..HEAD as usize, 1000usize..1200],
        ) {
            let mut head = vec![0; HEAD as usize];
            for (at, magic) in magics {
                head[at..at + magic.len()].copy_from_slice(&magic);
            }
            for (at, byte) in noise {
                head[at] = byte;
            }
            head.truncate(length);
            let marks = [(Kind::Iso9660, 0x8001), (Kind::Ext4, 1080), (Kind::Exfat, 3), (Kind::Vfat, 510)];
            if let Some(found) = kind(&head) {
                let (_, at) = marks.into_iter().find(|(kind, _)| *kind == found).unwrap();
                prop_assert!(head.len() > at);
            }
            if let Some(uuid) = ext4_uuid(&head) {
                let parts: Vec<usize> = uuid.split('-').map(str::len).collect();
                prop_assert_eq!(parts, [8, 4, 4, 4, 12]);
                prop_assert_eq!(kind(&head), Some(Kind::Ext4));
            }
        }
    }
}
