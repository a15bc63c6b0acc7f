//! Single files of a FAT file system that is not mounted: what is in them, and where they lie.

use crate::Window;
use fatfs::{FileSystem, FsOptions};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// Bytes of the largest file that is read.
const LARGEST: u64 = 65536;
/// So much of a file is looked for at a time: no file system has smaller clusters.
const PIECE: usize = 512;

/// What is in a small file of the file system on a device.
///
/// # Errors
/// When there is no such file, or something is wrong with it or with its file system.
pub fn read(device: &str, path: &str) -> io::Result<Vec<u8>> {
    on(device, |fs, _| {
        let mut bytes = Vec::new();
        let file = fs.root_dir().open_file(path)?;
        file.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

/// The byte of the device where a file begins that lies in one piece and has `size` bytes; `None` where it has others, or lies in several.
///
/// # Errors
/// As with [`read`].
pub fn place(device: &str, path: &str, size: u64) -> io::Result<Option<u64>> {
    let pieces = on(device, |fs, last| {
        let mut file = fs.root_dir().open_file(path)?;
        let (mut pieces, mut piece) = (Vec::new(), [0; PIECE]);
        loop {
            // One read of the file is one of the device, after those of the table that lead there.
            match file.read(&mut piece)? {
                0 => return Ok(pieces),
                bytes => pieces.push((last.get(), bytes as u64)),
            }
            if pieces.len() as u64 > LARGEST / PIECE as u64 {
                return Ok(pieces);
            }
        }
    })?;
    Ok(start(&pieces, size))
}

/// Where pieces begin, each a place and a length, that follow each other and are `size` bytes together.
fn start(pieces: &[(u64, u64)], size: u64) -> Option<u64> {
    let mut next = pieces.first()?.0;
    for (at, bytes) in pieces {
        if *at != next {
            return None;
        }
        next = at.checked_add(*bytes)?;
    }
    let (begin, _) = pieces[0];
    (next - begin == size).then_some(begin)
}

/// Remembers where it was read last.
struct Traced {
    window: Window,
    at: u64,
    last: Rc<Cell<u64>>,
}

impl Read for Traced {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.last.set(self.at);
        let bytes = self.window.read(buf)?;
        self.at += bytes as u64;
        Ok(bytes)
    }
}

/// Nothing is written, see [`Window`].
impl Write for Traced {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.window.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.window.flush()
    }
}

impl Seek for Traced {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        self.at = self.window.seek(pos)?;
        Ok(self.at)
    }
}

/// The code for FAT has panics in it, which a damaged file system must not pass on.
fn on<T>(
    device: &str,
    work: impl FnOnce(&FileSystem<Traced>, &Cell<u64>) -> io::Result<T>,
) -> io::Result<T> {
    let size = File::open(device)?.seek(SeekFrom::End(0))?;
    let last = Rc::new(Cell::new(0));
    let traced = Traced {
        window: Window::open(device, 0, size)?,
        at: 0,
        last: last.clone(),
    };
    let all = || work(&FileSystem::new(traced, FsOptions::new())?, &last);
    let result = catch_unwind(AssertUnwindSafe(all));
    result.unwrap_or_else(|_| Err(io::Error::other("the file system is damaged")))
}

#[cfg(test)]
mod tests;
