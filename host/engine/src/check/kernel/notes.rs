//! The notes of an ELF file, read from its beginning to the last note, so that it may come out of a pipe.

use std::io::{self, Read};

/// `XEN_ELFNOTE_PHYS32_ENTRY`: where a PVH guest is entered.
const ENTRY: u32 = 18;
const OWNER: &[u8] = b"Xen\0";
/// A segment of notes.
const PT_NOTE: u32 = 4;
/// No kernel has more segments, nor more bytes of notes in one, nor notes further from its beginning.
const MOST_SEGMENTS: u64 = 128;
const MOST_BYTES: u64 = 1 << 20;
const FURTHEST: u64 = 1 << 30;

/// Where the two kinds of ELF files have what is of interest: of the file's head the table of segments, of a segment its place.
struct Layout {
    head: usize,
    table: usize,
    entry_size: usize,
    entries: usize,
    offset: usize,
    size: usize,
    /// Bytes of an offset.
    word: usize,
}

const ELF32: Layout = Layout {
    head: 52,
    table: 28,
    entry_size: 42,
    entries: 44,
    offset: 4,
    size: 16,
    word: 4,
};
const ELF64: Layout = Layout {
    head: 64,
    table: 32,
    entry_size: 54,
    entries: 56,
    offset: 8,
    size: 32,
    word: 8,
};

/// Whether an ELF file has the note that a PVH guest is entered by.
///
/// # Errors
/// When it is none, ends too early, or cannot be read.
pub(super) fn has_entry(from: impl Read) -> io::Result<bool> {
    let mut file = Forward { from, at: 0 };
    for (offset, size) in segments(&mut file)? {
        if names_entry(&file.read(offset, size)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Place and size of the segments with notes, in the order in which they lie.
fn segments(file: &mut Forward<impl Read>) -> io::Result<Vec<(u64, u64)>> {
    let mut head = file.read(0, ELF32.head as u64)?;
    let layout = match head.get(..5) {
        Some(b"\x7fELF\x01") => ELF32,
        Some(b"\x7fELF\x02") => ELF64,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    let more = (layout.head - ELF32.head) as u64;
    head.extend(file.read(ELF32.head as u64, more)?);
    let (size, count) = (
        word(&head, layout.entry_size, 2)?,
        word(&head, layout.entries, 2)?,
    );
    let table = word(&head, layout.table, layout.word)?;
    let table = file.read(table, size * count.min(MOST_SEGMENTS))?;
    let mut found = Vec::new();
    for segment in table.chunks(usize::try_from(size).unwrap_or(0).max(1)) {
        if word(segment, 0, 4)? == u64::from(PT_NOTE) {
            let place = word(segment, layout.offset, layout.word)?;
            found.push((place, word(segment, layout.size, layout.word)?));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Whether one of these notes is Xen's for the entry. Each has the sizes of its name and content, its type, then both, padded.
fn names_entry(mut notes: &[u8]) -> bool {
    while let (Ok(name), Ok(content), Ok(kind)) =
        (word(notes, 0, 4), word(notes, 4, 4), word(notes, 8, 4))
    {
        let padded = |size: u64| usize::try_from(size.next_multiple_of(4)).unwrap_or(usize::MAX);
        let length = usize::try_from(name).unwrap_or(usize::MAX);
        let owner = notes.get(12..12usize.saturating_add(length));
        if kind == u64::from(ENTRY) && owner == Some(OWNER) {
            return true;
        }
        let next = 12usize
            .saturating_add(padded(name))
            .saturating_add(padded(content));
        notes = notes.get(next..).unwrap_or_default();
    }
    false
}

/// A little-endian number of so many bytes.
fn word(bytes: &[u8], at: usize, length: usize) -> io::Result<u64> {
    let part = bytes
        .get(at..at + length)
        .ok_or(io::ErrorKind::InvalidData)?;
    Ok(part
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// Something that is read from its beginning on, with gaps, never backwards.
struct Forward<R> {
    from: R,
    at: u64,
}

impl<R: Read> Forward<R> {
    fn read(&mut self, offset: u64, size: u64) -> io::Result<Vec<u8>> {
        let gap = offset.checked_sub(self.at).filter(|_| offset <= FURTHEST);
        let gap = gap.ok_or(io::ErrorKind::InvalidData)?;
        if size > MOST_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        io::copy(&mut self.from.by_ref().take(gap), &mut io::sink())?;
        let mut bytes = vec![0; usize::try_from(size).unwrap_or(0)];
        self.from.read_exact(&mut bytes)?;
        self.at = offset + size;
        Ok(bytes)
    }
}

/// A 64-bit ELF file with a note of GNU's and one of Xen's of this type.
#[cfg(test)]
pub(super) fn kernel(kind: u32) -> Vec<u8> {
    let notes = tests::notes(&[("GNU\0", 3, 20), ("Xen\0", kind, 8)]);
    tests::elf64(&notes, 0x1000)
}

#[cfg(test)]
#[path = "notes_tests.rs"]
mod tests;
