//! Copies files whose checksum is known.

use super::context::Result;
use super::failure::Said;
use super::manifest::FileEntry;
use anyhow::{Context, ensure};
use firn_words::{Text, say};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

const CHUNK: usize = 1 << 20;

/// Copies `from` to `to`, checks size and sha256 of what was read, and returns when the disk has it.
/// `progress` gets the number of bytes of each chunk.
pub fn copy_checked(
    from: &Path,
    to: &Path,
    expected: &FileEntry,
    progress: &mut dyn FnMut(u64),
) -> Result<()> {
    let damaged = |why: Text| {
        Said(say!(
            "execute-medium-damaged",
            file = from.display().to_string(),
            why = why
        ))
    };
    let reading = || format!("reading {}", from.display());
    let writing = || format!("writing {}", to.display());
    let mut source = File::open(from).with_context(reading)?;
    let mut target = File::create(to).with_context(writing)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; CHUNK];
    loop {
        let n = source.read(&mut buffer).with_context(reading)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        target.write_all(&buffer[..n]).with_context(writing)?;
        size += n as u64;
        progress(n as u64);
    }
    ensure!(
        size == expected.size,
        damaged(say!(
            "execute-wrong-size",
            found = size,
            expected = expected.size
        ))
    );
    let found = hex::encode(hash.finalize());
    ensure!(
        found == expected.sha256.to_lowercase(),
        damaged(say!("execute-wrong-checksum"))
    );
    target.sync_all().with_context(writing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_wrong_checksum_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&from, "abc").unwrap();
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        let good = FileEntry {
            sha256,
            size: 3,
            fsverity: None,
        };
        let mut seen = 0;
        copy_checked(&from, &to, &good, &mut |n| seen += n).unwrap();
        assert_eq!(
            (seen, fs::read(&to).unwrap().as_slice()),
            (3, b"abc".as_slice())
        );
        fs::write(&from, "abd").unwrap();
        let error = copy_checked(&from, &to, &good, &mut |_| {}).unwrap_err();
        assert!(error.to_string().contains("checksum"), "{error}");
        let short = FileEntry { size: 4, ..good };
        assert!(copy_checked(&from, &to, &short, &mut |_| {}).is_err());
    }
}
