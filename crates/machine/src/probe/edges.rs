//! The beginning and the end of a disk, as a digest: what tells apart two disks that say the same of themselves.

use super::blank::is_all;
use crate::{BLANK_EDGES, Disk, could_be_one_disk};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

const MIB: u64 = 1 << 20;

/// For each disk whether the digest is needed: where another may be a path to it, or it does not say which one it is.
pub fn wanted(disks: &[Disk]) -> Vec<bool> {
    let twin = |at: usize| {
        let mut others = disks.iter().enumerate();
        others.any(|(n, other)| n != at && could_be_one_disk(&disks[at], other))
    };
    let nameless = |disk: &Disk| disk.unfit.is_none() && !disk.has_identity();
    let all = 0..disks.len();
    all.map(|at| twin(at) || nameless(&disks[at])).collect()
}

/// The digest of a disk's first and last MiB; it says whether they are blank.
///
/// # Errors
/// When they cannot be read, as by a path that is asleep.
pub fn of(path: &str, size: u64) -> io::Result<String> {
    let mut disk = File::open(path)?;
    let (mut digest, mut blank) = (Sha256::new(), true);
    for start in [0, size.saturating_sub(MIB)] {
        let mut bytes = Vec::new();
        disk.seek(SeekFrom::Start(start))?;
        (&mut disk).take(MIB).read_to_end(&mut bytes)?;
        blank &= [0, 0xff].iter().any(|fill| is_all(&bytes, *fill));
        digest.update(&bytes);
    }
    let mark = if blank { BLANK_EDGES } else { "" };
    Ok(format!("{mark}{}", hex::encode(&digest.finalize()[..16])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::disk;
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
        let blank = [image(b"", b""), image(&[0xff; MIB as usize], b"")];
        assert!(
            blank
                .iter()
                .all(|file| digest(file).starts_with(BLANK_EDGES))
        );
        assert!(!digests[1].starts_with(BLANK_EDGES) && !digests[2].starts_with(BLANK_EDGES));
    }

    #[test]
    fn only_disks_that_need_it_are_read() {
        let files = [image(b"a", b""), image(b"a", b""), image(b"b", b"")];
        let disks = [
            device(&files[0], "S1"),
            device(&files[1], "S1"),
            device(&files[2], "S2"),
            device(&files[2], "00000000"),
        ];
        assert_eq!(wanted(&disks), [true, true, false, true]);
    }
}
