//! The beginning and the end of a disk, as a digest: what tells apart two disks that say the same of themselves.

use crate::machine::{Disk, could_be_one_disk};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

const MIB: u64 = 1 << 20;

/// Notes the digest at each disk that another may be a path to, or that does not say which one it is.
pub fn note(disks: &mut [Disk]) {
    let twin = |at: usize| {
        let mut others = disks.iter().enumerate();
        others.any(|(n, other)| n != at && could_be_one_disk(&disks[at], other))
    };
    let wanted: Vec<bool> = (0..disks.len())
        .map(|at| {
            disks[at].size > 0
                && !disks[at].name.starts_with("sr")
                && (twin(at) || disks[at].unfit.is_none() && !disks[at].has_identity())
        })
        .collect();
    for (disk, _) in disks.iter_mut().zip(wanted).filter(|(_, wanted)| *wanted) {
        disk.edges = of(&disk.path, disk.size).ok();
    }
}

/// The digest of a disk's first and last MiB.
///
/// # Errors
/// When they cannot be read, as by a path that is asleep.
pub fn of(path: &str, size: u64) -> io::Result<String> {
    let mut disk = File::open(path)?;
    let mut digest = Sha256::new();
    for start in [0, size.saturating_sub(MIB)] {
        let mut bytes = Vec::new();
        disk.seek(SeekFrom::Start(start))?;
        (&mut disk).take(MIB).read_to_end(&mut bytes)?;
        digest.update(&bytes);
    }
    Ok(hex::encode(&digest.finalize()[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::samples::disk;
    use firn_config::Bus;
    use std::io::Write;

    fn image(first: &[u8], last: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(4 * MIB).unwrap();
        file.write_all(first).unwrap();
        file.seek(SeekFrom::End(-(last.len() as i64))).unwrap();
        file.write_all(last).unwrap();
        file
    }

    fn device(file: &tempfile::NamedTempFile, serial: &str) -> Disk {
        Disk {
            path: file.path().to_string_lossy().into_owned(),
            serial: Some(serial.into()),
            bus: Some(Bus::Sas),
            ..disk("sda", 4 * MIB)
        }
    }

    #[test]
    fn first_and_last_mib_count() {
        let digest =
            |file: &tempfile::NamedTempFile| of(&file.path().to_string_lossy(), 4 * MIB).unwrap();
        let all = [image(b"", b""), image(b"a", b""), image(b"", b"a")];
        let digests: Vec<_> = all.iter().map(digest).collect();
        assert_eq!(digest(&image(b"a", b"")), digests[1]);
        assert!(digests[0] != digests[1] && digests[1] != digests[2] && digests[0] != digests[2]);
        assert!(of("/nowhere", 1).is_err());
    }

    #[test]
    fn only_disks_that_need_it_are_read() {
        let files = [image(b"a", b""), image(b"a", b""), image(b"b", b"")];
        let mut disks = [
            device(&files[0], "S1"),
            device(&files[1], "S1"),
            device(&files[2], "S2"),
            device(&files[2], "00000000"),
        ];
        note(&mut disks);
        let read: Vec<bool> = disks.iter().map(|d| d.edges.is_some()).collect();
        assert_eq!(read, [true, true, false, true]);
        assert_eq!(disks[0].edges, disks[1].edges);
    }
}
