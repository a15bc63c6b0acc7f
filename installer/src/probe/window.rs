//! A part of a device as a file system for reading only.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// A partition, read through its disk. It takes writes and drops them: the FAT code wants to write "not cleanly
/// unmounted" even when it only reads.
pub struct Window {
    file: File,
    start: u64,
    size: u64,
    at: u64,
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
        })
    }
}

impl Read for Window {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buf.len().min(left);
        self.file.seek(SeekFrom::Start(self.start + self.at))?;
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
