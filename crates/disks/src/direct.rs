//! Single blocks of a device, read and written past the kernel's memory of it.

use anyhow::{Context, Result, ensure};
use rustix::fs::OFlags;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};

/// Bytes of the blocks that disks have. One with large blocks refuses the small ones.
const BLOCKS: [usize; 2] = [512, 4096];
/// Where memory must begin that a device reads from.
const ALIGNMENT: usize = 4096;

/// Replaces the bytes at `at`, which all lie in one block of the device, and reads them back. The block gets to the disk whole, and is there
/// when this returns; no other block is written.
///
/// # Errors
/// When the device refuses, when the bytes lie in two blocks, and when something else is read back.
pub fn replace(device: &str, at: u64, bytes: &[u8]) -> Result<()> {
    let writing = || format!("writing {} bytes at byte {at} of {device}", bytes.len());
    let file = open(device).with_context(|| format!("opening {device}"))?;
    let mut block = Block::around(&file, at).with_context(writing)?;
    let place = block.place(at, bytes.len()).with_context(writing)?;
    let target = &mut block.bytes_mut()[place.clone()];
    if target == bytes {
        return Ok(());
    }
    target.copy_from_slice(bytes);
    file.write_all_at(block.bytes(), block.start)
        .with_context(writing)?;
    block.read(&file).with_context(writing)?;
    ensure!(
        &block.bytes()[place] == bytes,
        "{device} has other bytes at byte {at} than were written there: the disk is failing. Replace it"
    );
    Ok(())
}

fn open(device: &str) -> io::Result<File> {
    let flags = (OFlags::DIRECT | OFlags::SYNC).bits().cast_signed();
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options.custom_flags(flags).open(device)
}

/// A block in memory that a device can read from and write to.
struct Block {
    start: u64,
    size: usize,
    memory: Vec<u8>,
    first: usize,
}

impl Block {
    /// The block that the byte `at` lies in.
    fn around(file: &File, at: u64) -> io::Result<Self> {
        let [small, large] = BLOCKS.map(|size| Self::empty(at, size));
        match Self::filled(small, file) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Self::filled(large, file),
            other => other,
        }
    }

    fn empty(at: u64, size: usize) -> Self {
        let memory = vec![0; size + ALIGNMENT];
        let first = memory.as_ptr().align_offset(ALIGNMENT);
        Self {
            start: at - at % size as u64,
            size,
            memory,
            first,
        }
    }

    fn filled(mut block: Self, file: &File) -> io::Result<Self> {
        block.read(file)?;
        Ok(block)
    }

    fn read(&mut self, file: &File) -> io::Result<()> {
        let start = self.start;
        file.read_exact_at(self.bytes_mut(), start)
    }

    /// Where in the block `length` bytes from `at` of the device are.
    fn place(&self, at: u64, length: usize) -> Result<std::ops::Range<usize>> {
        let begin = usize::try_from(at - self.start)?;
        let end = begin.saturating_add(length);
        ensure!(end <= self.size, "they lie in two blocks");
        Ok(begin..end)
    }

    fn bytes(&self) -> &[u8] {
        &self.memory[self.first..self.first + self.size]
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.memory[self.first..self.first + self.size]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_lies_in_two_blocks_is_refused_and_nothing_is_written() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().write_all_at(&[3; 8192], 0).unwrap();
        let path = file.path().to_str().unwrap();
        let error = replace(path, 8000, &[1; 512]).unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            format!("writing 512 bytes at byte 8000 of {path}: they lie in two blocks")
        );
        assert_eq!(std::fs::read(path).unwrap(), [3; 8192]);
        let error = replace("/no/such/device", 0, &[1]).unwrap_err();
        assert_eq!(error.to_string(), "opening /no/such/device");
    }

    #[test]
    fn beyond_the_end_there_is_nothing_to_write() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(4096).unwrap();
        assert!(replace(file.path().to_str().unwrap(), 4096, &[1]).is_err());
        assert_eq!(file.as_file().metadata().unwrap().len(), 4096);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

        /// Only these bytes change.
        #[test]
        fn exactly_what_was_given_is_replaced(sector in 0_u64..16, skip in 0_usize..256, bytes in prop::collection::vec(any::<u8>(), 1..256)) {
            let file = tempfile::NamedTempFile::new().unwrap();
            let mut expected = vec![9; 8192];
            file.as_file().write_all_at(&expected, 0).unwrap();
            let at = sector * 512 + skip as u64;
            replace(file.path().to_str().unwrap(), at, &bytes).unwrap();
            let at = usize::try_from(at).unwrap();
            expected[at..at + bytes.len()].copy_from_slice(&bytes);
            prop_assert!(std::fs::read(file.path()).unwrap() == expected);
        }
    }
}
