//! Writing what is not zero into what reads as zeros.

use super::unwritable;
use crate::Error;
use firn_words::say;
use std::fs::File;
use std::os::unix::fs::FileExt;

/// Zeros are left out in pieces of this many bytes, at places that are a multiple of it.
const PIECE: u64 = 4096;

/// A file or volume that is filled from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Sparse<'a> {
    out: &'a File,
    at: u64,
    most: u64,
}

impl<'a> Sparse<'a> {
    /// Nothing is written beyond `most` bytes.
    pub fn new(out: &'a File, most: u64) -> Self {
        Self { out, at: 0, most }
    }

    /// Writes what comes next.
    ///
    /// # Errors
    /// Where it would be more than was said, or cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let end = self.at.saturating_add(bytes.len() as u64);
        if end > self.most {
            return Err(Error::Refused(say!("image-unpacks-to-more")));
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let (zero, len) = self.run(rest);
            let (run, after) = rest.split_at(len);
            if !zero {
                self.out.write_all_at(run, self.at).map_err(unwritable)?;
            }
            self.at += len as u64;
            rest = after;
        }
        Ok(())
    }

    /// Whether the first pieces are zeros, and the length of those that are alike.
    fn run(&self, bytes: &[u8]) -> (bool, usize) {
        let first = bytes.len().min((PIECE - self.at % PIECE) as usize);
        let (head, rest) = bytes.split_at(first);
        let zero = is_zero(head);
        let alike = rest
            .chunks(PIECE as usize)
            .take_while(|piece| is_zero(piece) == zero);
        (zero, first + alike.map(<[u8]>::len).sum::<usize>())
    }
}

fn is_zero(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0)
}

#[cfg(test)]
mod tests;
