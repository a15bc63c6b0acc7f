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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Notes as (owner, type, bytes of content).
    pub(super) fn notes(of: &[(&str, u32, u32)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (owner, kind, size) in of {
            for number in [owner.len() as u32, *size, *kind] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(owner.bytes());
            bytes.resize(bytes.len().next_multiple_of(4) + *size as usize, 0);
            bytes.resize(bytes.len().next_multiple_of(4), 0);
        }
        bytes
    }

    /// An ELF file with one other segment and one of notes.
    pub(super) fn elf64(notes: &[u8], place: u64) -> Vec<u8> {
        let mut file = b"\x7fELF\x02\x01\x01".to_vec();
        file.resize(64, 0);
        file[32..40].copy_from_slice(&64u64.to_le_bytes());
        file[54..56].copy_from_slice(&56u16.to_le_bytes());
        file[56..58].copy_from_slice(&2u16.to_le_bytes());
        for (kind, place, size) in [(1u32, 0, 64), (PT_NOTE, place, notes.len() as u64)] {
            let mut segment = kind.to_le_bytes().to_vec();
            segment.resize(56, 0);
            segment[8..16].copy_from_slice(&u64::to_le_bytes(place));
            segment[32..40].copy_from_slice(&u64::to_le_bytes(size));
            file.extend(segment);
        }
        file.resize(place as usize, 0xaa);
        file.extend(notes);
        file
    }

    #[test]
    fn the_note_is_found_among_others() {
        type Notes<'a> = &'a [(&'a str, u32, u32)];
        let table: [(Notes<'_>, bool); 5] = [
            (&[], false),
            (&[("Xen\0", 18, 4)], true),
            (&[("Linux\0", 18, 4), ("Xen\0", 6, 13)], false),
            (
                &[("GNU\0", 3, 20), ("Xen\0", 6, 13), ("Xen\0", 18, 8)],
                true,
            ),
            (&[("Xen", 18, 8)], false),
        ];
        for (of, expected) in table {
            let file = elf64(&notes(of), 4000);
            assert_eq!(has_entry(&file[..]).unwrap(), expected, "{of:?}");
        }
    }

    proptest! {
        #[test]
        fn damaged_files_are_read(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let mut file = elf64(&notes(&[("Xen\0", 18, 8)]), 200);
            let length = file.len();
            file[at % length] = byte;
            let _ = has_entry(&file[..]);
            let _ = has_entry(&file[..cut.min(length)]);
        }
    }
}
