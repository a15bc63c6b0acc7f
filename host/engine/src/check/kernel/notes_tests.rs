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
