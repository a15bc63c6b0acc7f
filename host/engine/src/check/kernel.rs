//! Whether a kernel can start a PVH guest: it must have an ELF note that says where to enter it. libxl would only say that it has failed.

mod bzimage;
mod notes;

use firn_words::{Text, say};
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const ELF: &[u8] = b"\x7fELF";
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Bytes at the beginning of a file that tell what it is.
const HEAD: u64 = 0x300;

/// What is wrong with a kernel for a PVH guest. One that is compressed in a way that cannot be read here gets the benefit of the doubt.
pub(super) fn problem(path: &Path) -> Option<Text> {
    let shown = path.display().to_string();
    match enters(path) {
        Ok(Some(true) | None) => None,
        Ok(Some(false)) => Some(say!("engine-no-pvh", path = shown)),
        Err(error) if is_no_kernel(&error) => Some(say!("engine-no-kernel", path = shown)),
        Err(error) => {
            let reason = error.to_string();
            Some(say!(
                "engine-file-unreadable",
                path = shown,
                reason = reason
            ))
        }
    }
}

fn is_no_kernel(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, UnexpectedEof};
    matches!(error.kind(), InvalidData | UnexpectedEof)
}

/// Whether it has the note; nothing where that cannot be found out.
fn enters(path: &Path) -> io::Result<Option<bool>> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    if head.starts_with(ELF) {
        file.rewind()?;
        return notes::has_entry(file).map(Some);
    }
    let payload = bzimage::payload(&head).ok_or(io::ErrorKind::InvalidData)?;
    let mut magic = [0; 4];
    file.seek(SeekFrom::Start(payload))?;
    file.read_exact(&mut magic)?;
    file.seek(SeekFrom::Start(payload))?;
    Ok(match magic {
        _ if magic == ELF => Some(notes::has_entry(file)?),
        _ if magic.starts_with(GZIP) => Some(notes::has_entry(GzDecoder::new(file))?),
        _ if magic == ZSTD => unpacked(file)?,
        _ => None,
    })
}

/// As `zstd` unpacks it, which complains about what comes after the kernel once it has been written.
fn unpacked(file: File) -> io::Result<Option<bool>> {
    let mut command = Command::new("zstd");
    command
        .args(["--decompress", "--stdout", "--quiet"])
        .stdin(file);
    let Ok(mut child) = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
        return Ok(None);
    };
    let found = child.stdout.take().map(notes::has_entry).transpose();
    end(&mut child);
    found
}

/// It may still have much to write that nobody reads.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    /// A bzImage with a payload, and what the kernel's build appends.
    fn bzimage(payload: &[u8]) -> Vec<u8> {
        let mut file = vec![0; 1024];
        file[0x1f1] = 1;
        file[0x202..0x206].copy_from_slice(b"HdrS");
        file[0x206..0x208].copy_from_slice(&0x20fu16.to_le_bytes());
        file[0x248..0x24c].copy_from_slice(&16u32.to_le_bytes());
        file.extend([0; 16]);
        file.extend(payload);
        file.extend([1, 2, 3, 4]);
        file
    }

    fn told(content: &[u8]) -> Option<String> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content).unwrap();
        let path = file.path().display().to_string();
        problem(file.path()).map(|text| text.to_string().replace(&path, "FILE"))
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn kernels_with_and_without_an_entry() {
        let (with, without) = (notes::kernel(18), notes::kernel(6));
        let no_entry = Some(
            "The kernel FILE has no entry for PVH guests, so Xen cannot start it. Take one that is built with CONFIG_PVH (Linux 4.11 \
             and later), or make the guest one with emulated hardware."
                .to_owned(),
        );
        let table = [
            (with.clone(), None),
            (without.clone(), no_entry.clone()),
            (bzimage(&with), None),
            (bzimage(&without), no_entry.clone()),
            (bzimage(&gzip(&with)), None),
            (bzimage(&gzip(&without)), no_entry),
            (bzimage(b"BZh9 which is not read here"), None),
        ];
        for (content, expected) in table {
            assert_eq!(told(&content), expected);
        }
    }

    #[test]
    fn what_is_no_kernel_is_said() {
        for content in [
            &b""[..],
            b"#!/bin/sh",
            b"\x7fELF",
            &bzimage(&gzip(b"no ELF")),
        ] {
            let expected = "FILE is no kernel: neither an ELF file nor a bzImage.";
            assert_eq!(told(content).as_deref(), Some(expected));
        }
    }
}
