//! Bytes of an image, read where they are needed.

use crate::Error;
use firn_words::say;
use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;

/// Something with bytes: a part of a file, or what has been unpacked of one.
pub(crate) trait Bytes {
    /// How many there are.
    fn len(&self) -> u64;

    /// The bytes from a place on, fewer than `most` only at the end.
    fn read(&self, at: u64, most: usize) -> io::Result<Vec<u8>>;
}

/// A part of a file.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub file: &'a File,
    pub start: u64,
    pub len: u64,
}

impl Bytes for Part<'_> {
    fn len(&self) -> u64 {
        self.len
    }

    fn read(&self, at: u64, most: usize) -> io::Result<Vec<u8>> {
        let left = usize::try_from(self.len.saturating_sub(at)).unwrap_or(usize::MAX);
        let mut bytes = vec![0; most.min(left)];
        let mut done = 0;
        while done < bytes.len() {
            let place = self.start.saturating_add(at).saturating_add(done as u64);
            match self.file.read_at(&mut bytes[done..], place)? {
                0 => break,
                n => done += n,
            }
        }
        bytes.truncate(done);
        Ok(bytes)
    }
}

impl Bytes for Vec<u8> {
    fn len(&self) -> u64 {
        Vec::len(self) as u64
    }

    fn read(&self, at: u64, most: usize) -> io::Result<Vec<u8>> {
        let rest = usize::try_from(at).ok().and_then(|at| self.get(at..));
        Ok(rest
            .unwrap_or_default()
            .iter()
            .copied()
            .take(most)
            .collect())
    }
}

/// Exactly so many bytes.
pub(crate) fn exactly(bytes: &dyn Bytes, at: u64, count: usize) -> Result<Fields, Error> {
    let read = bytes.read(at, count).map_err(unreadable)?;
    if read.len() < count {
        return Err(cut_off());
    }
    Ok(Fields(read))
}

/// Numbers in a header. Beyond its end stands nothing: the headers' lengths are known, so that is never asked for.
#[derive(Debug)]
pub(crate) struct Fields(pub Vec<u8>);

impl Fields {
    fn array<const N: usize>(&self, at: usize) -> [u8; N] {
        let found = self.0.get(at..).and_then(|rest| rest.first_chunk());
        found.copied().unwrap_or([0; N])
    }

    pub fn be32(&self, at: usize) -> u32 {
        u32::from_be_bytes(self.array(at))
    }

    pub fn be64(&self, at: usize) -> u64 {
        u64::from_be_bytes(self.array(at))
    }

    pub fn le16(&self, at: usize) -> u16 {
        u16::from_le_bytes(self.array(at))
    }

    pub fn le32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.array(at))
    }

    pub fn le64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.array(at))
    }

    pub fn guid(&self, at: usize) -> [u8; 16] {
        self.array(at)
    }
}

/// The same file, to be read from its beginning, with a place of its own in it.
pub(crate) fn reopened(file: &File) -> Result<File, Error> {
    File::open(format!("/proc/self/fd/{}", file.as_raw_fd())).map_err(unreadable)
}

/// The image's file could not be read.
pub(crate) fn unreadable(error: io::Error) -> Error {
    Error::Failed(say!("image-unreadable", reason = error.to_string()))
}

/// The file ends where something should be.
pub(crate) fn cut_off() -> Error {
    Error::Refused(say!("image-cut-off"))
}
