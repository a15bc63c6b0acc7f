//! A part of a device as a file system for reading only.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// More reads than anybody needs who looks for a few files. In a damaged file system a chain of clusters may lead back to itself.
const MOST_READS: u32 = 1 << 20;

/// A partition, read through its disk. It takes writes and drops them: the FAT code wants to write "not cleanly
/// unmounted" even when it only reads.
pub struct Window {
    file: File,
    start: u64,
    size: u64,
    at: u64,
    reads_left: u32,
}

impl Window {
    /// `size` bytes from `start` of the device `path`.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &str, start: u64, size: u64) -> io::Result<Self> {
        Ok(Self {
            file: File::open(path)?,
            start,
            size,
            at: 0,
            reads_left: MOST_READS,
        })
    }
}

impl Read for Window {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buf.len().min(left);
        let reads_left = self.reads_left.checked_sub(1);
        self.reads_left =
            reads_left.ok_or_else(|| io::Error::other("the file system has no end"))?;
        let place = self.start.checked_add(self.at);
        let place = place.ok_or_else(|| io::Error::other("beyond the end"))?;
        self.file.seek(SeekFrom::Start(place))?;
        let n = self.file.read(&mut buf[..wanted])?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Write for Window {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.at += buf.len() as u64;
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Window {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        let base = match pos {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.size.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        self.at = base.ok_or_else(|| io::Error::other("seeking before the start"))?;
        Ok(self.at)
    }
}
