//! The microcode at the beginning of an initrd: a cpio archive (newc) that is not compressed.

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

const HEADER: u64 = 110;
const LAST: &[u8] = b"TRAILER!!!\0";

/// Bytes of the first archive, up to and with its last entry.
///
/// # Errors
/// When the file cannot be read, or begins otherwise.
pub fn size(path: &Path) -> Result<u64> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let read = |at: u64, length: usize| {
        let mut bytes = vec![0; length];
        file.read_exact_at(&mut bytes, at).map(|()| bytes)
    };
    archive(read).with_context(|| format!("reading the microcode in {}", path.display()))
}

fn archive(read: impl Fn(u64, usize) -> std::io::Result<Vec<u8>>) -> Result<u64> {
    let mut at = 0;
    loop {
        let header = read(at, HEADER as usize)?;
        if !header.starts_with(b"070701") {
            bail!("at byte {at} there is no entry of an archive");
        }
        let (size, name) = (number(&header, 54)?, number(&header, 94)?);
        let last = read(at + HEADER, usize::try_from(name)?)? == LAST;
        at = (at + HEADER + name).next_multiple_of(4);
        at = (at + size).next_multiple_of(4);
        if last {
            return Ok(at);
        }
    }
}

/// A field of eight hexadecimal digits.
fn number(header: &[u8], at: usize) -> Result<u64> {
    let digits = std::str::from_utf8(&header[at..at + 8])?;
    u64::from_str_radix(digits, 16).with_context(|| format!("{digits:?} is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, content: &[u8]) -> Vec<u8> {
        let mut bytes = format!("070701{}", "0".repeat(104)).into_bytes();
        bytes[54..62].copy_from_slice(format!("{:08x}", content.len()).as_bytes());
        bytes[94..102].copy_from_slice(format!("{:08x}", name.len() + 1).as_bytes());
        bytes.extend(name.bytes().chain([0]));
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes.extend(content);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    }

    fn size_of(bytes: &[u8]) -> Result<u64> {
        archive(|at, length| {
            let at = usize::try_from(at).unwrap();
            let part = bytes.get(at..at + length);
            part.map(<[u8]>::to_vec)
                .ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
        })
    }

    #[test]
    fn ends_with_its_last_entry() {
        let first = [entry("kernel", b"12345"), entry("TRAILER!!!", b"")].concat();
        let whole = [first.as_slice(), b"\x28\xb5\x2f\xfd and more"].concat();
        assert_eq!(size_of(&whole).unwrap(), first.len() as u64);
        assert!(size_of(b"\x28\xb5\x2f\xfd").is_err());
        assert!(size_of(&[b'x'; 200]).is_err());
    }
}
