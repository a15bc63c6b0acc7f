use super::*;
use gpt::disk::LogicalBlockSize;
use proptest::prelude::*;
use std::io::Cursor;

const SIZE: usize = 4 << 20;

fn disk(block: u32) -> (Vec<u8>, Uuid) {
    let lb = match block {
        4096 => LogicalBlockSize::Lb4096,
        _ => LogicalBlockSize::Lb512,
    };
    let id = Uuid::new_v4();
    let mut bytes = Cursor::new(vec![0; SIZE]);
    let last = u32::try_from(SIZE as u64 / u64::from(block) - 1).unwrap();
    gpt::mbr::ProtectiveMBR::with_lb_size(last)
        .overwrite_lba0(&mut bytes)
        .unwrap();
    let config = gpt::GptConfig::new().writable(true).logical_block_size(lb);
    let mut table = config.create_from_device(&mut bytes, Some(id)).unwrap();
    let mib = (1 << 20) / u64::from(block);
    for (number, name) in [(1, "one"), (2, "two")] {
        let kind = gpt::partition_types::LINUX_FS;
        table
            .add_partition_at(name, number, mib * u64::from(number), mib, kind, 0)
            .unwrap();
    }
    table.write_inplace().unwrap();
    drop(table);
    (bytes.into_inner(), id)
}

fn look(bytes: &[u8], block: u32) -> Found {
    read(&mut Cursor::new(bytes), block).unwrap()
}

fn names(partitions: &[Partition]) -> Vec<&str> {
    partitions.iter().map(|p| p.name.as_str()).collect()
}

/// Puts both checksums right again, so that only the sense of the fields can be wrong.
fn fix(bytes: &mut [u8]) {
    let header = header::Header::parse(&bytes[512..1024]).unwrap();
    if let Some(length) = header.bytes()
        && let Some(start) = usize::try_from(header.entries_at)
            .ok()
            .and_then(|at| at.checked_mul(512))
        && let Some(entries) = bytes
            .get(start..)
            .and_then(|rest| rest.get(..length as usize))
    {
        let sum = crc32fast::hash(entries);
        bytes[512 + 88..512 + 92].copy_from_slice(&sum.to_le_bytes());
    }
    let length = (header.size as usize).clamp(92, 512);
    bytes[512 + 16..512 + 20].fill(0);
    let sum = crc32fast::hash(&bytes[512..512 + length]);
    bytes[512 + 16..512 + 20].copy_from_slice(&sum.to_le_bytes());
}

#[test]
fn a_whole_table_is_read_whatever_its_blocks_are() {
    for block in BLOCKS {
        let (bytes, id) = disk(block);
        let found = look(&bytes, block);
        let table = found.primary.whole().unwrap();
        assert_eq!((table.id, table.block), (id, block));
        assert_eq!(names(&table.partitions), ["one", "two"]);
        assert_eq!(
            (table.partitions[1].start, table.partitions[1].size),
            (2 << 20, 1 << 20)
        );
        assert_eq!(found.backup.whole().unwrap().partitions, table.partitions);
        assert_eq!(found.first_sector, FirstSector::Protective);
        let other = BLOCKS.into_iter().find(|b| *b != block).unwrap();
        assert_eq!(look(&bytes, other).table(), None, "{block}");
    }
}

#[test]
fn what_is_wrong_with_a_copy_is_said() {
    use Fault::*;
    let table: &[(usize, &[u8], bool, Fault)] = &[
        (512, b"X", false, Signature),
        (1024 + 60, b"X", false, EntriesChecksum),
        (512 + 56, b"XXXX", false, HeaderChecksum),
        (512 + 12, &[0xff; 4], false, HeaderFields),
        (512 + 24, &[2], true, Place),
        (512 + 48, &[0xff; 8], true, Place),
        (512 + 40, &[0xff; 8], true, HeaderFields),
        (512 + 72, &[1], true, HeaderFields),
        (512 + 72, &[0xff; 8], true, HeaderFields),
        (512 + 80, &[0xff; 4], true, HeaderFields),
        (512 + 80, &[0; 4], true, HeaderFields),
        (512 + 84, &[0xff; 4], true, HeaderFields),
        (512 + 84, &[129], true, HeaderFields),
    ];
    for (at, change, fixed, fault) in table {
        let (mut bytes, _) = disk(512);
        bytes[*at..at + change.len()].copy_from_slice(change);
        if *fixed {
            fix(&mut bytes);
        }
        let found = look(&bytes, 512);
        let remains = found
            .primary
            .remains()
            .unwrap_or_else(|| panic!("{at} {change:?}"));
        assert_eq!(remains.fault, *fault, "{at} {change:?}");
        assert!(
            remains.partitions.iter().any(|p| p.name == "two"),
            "{at} {change:?}"
        );
        assert_eq!(names(&found.table().unwrap().partitions), ["one", "two"]);
    }
}

#[test]
fn entries_of_256_bytes_are_read() {
    let (mut bytes, _) = disk(512);
    let old = bytes[1024..1024 + 256].to_vec();
    bytes[1024..1024 + 256].fill(0);
    bytes[1024..1024 + 128].copy_from_slice(&old[..128]);
    bytes[1024 + 256..1024 + 384].copy_from_slice(&old[128..]);
    bytes[512 + 84..512 + 88].copy_from_slice(&256u32.to_le_bytes());
    bytes[512 + 80..512 + 84].copy_from_slice(&64u32.to_le_bytes());
    fix(&mut bytes);
    let found = look(&bytes, 512);
    assert_eq!(
        names(&found.primary.whole().unwrap().partitions),
        ["one", "two"]
    );
}

#[test]
fn a_disk_that_has_grown_still_has_its_copy() {
    let (mut bytes, _) = disk(512);
    bytes.resize(SIZE * 2, 0);
    for at in [1024 + 57, 512 + 60] {
        bytes[at] ^= 1;
        let found = look(&bytes, 512);
        assert!(found.primary.remains().is_some());
        assert_eq!(names(&found.table().unwrap().partitions), ["one", "two"]);
    }
}

#[test]
fn nothing_is_no_table() {
    for size in [0, 1, 512, 1024, 2048, SIZE] {
        let found = look(&vec![0; size], 512);
        assert_eq!(
            (&found.primary, &found.backup),
            (&Copy::Absent, &Copy::Absent)
        );
        assert_eq!(
            (found.first_sector, found.unread()),
            (FirstSector::Blank, None)
        );
    }
    let text = vec![b'x'; SIZE];
    let found = look(&text, 512);
    assert_eq!(
        (found.primary, found.first_sector),
        (Copy::Absent, FirstSector::Other)
    );
}

#[test]
fn the_older_kind_of_table_is_told_apart() {
    let mut bytes = vec![0; SIZE];
    bytes[446..462].copy_from_slice(&[0x80, 0, 0, 0, 0x83, 0, 0, 0, 63, 0, 0, 0, 0, 8, 0, 0]);
    assert_eq!(
        look(&bytes, 512).first_sector,
        FirstSector::Other,
        "no signature"
    );
    bytes[510..512].copy_from_slice(&[0x55, 0xaa]);
    assert_eq!(look(&bytes, 512).first_sector, FirstSector::Partitions(1));
    bytes[446] = 0x70;
    assert_eq!(look(&bytes, 512).first_sector, FirstSector::Other);
}

#[test]
fn what_is_written_is_read_again_by_others_too() {
    for block in BLOCKS {
        let (mut bytes, id) = disk(block);
        let mut table = look(&bytes, block).table().unwrap().clone();
        let guid = table.partitions[1].guid;
        assert!(table.rename(guid, "zwölf") && !table.rename(Uuid::nil(), "x"));
        bytes[..1 << 20].fill(0);
        let mut halves = Vec::new();
        let mut disk = Cursor::new(bytes);
        table
            .write(&mut disk, SIZE as u64, |disk| {
                halves.push(disk.get_ref().clone());
                Ok(())
            })
            .unwrap();
        let [first, second] = &halves[..] else {
            panic!()
        };
        let half = look(first, block);
        assert_eq!(
            (&half.primary, half.backup.whole().unwrap().id),
            (&Copy::Absent, id)
        );
        let whole = look(second, block);
        assert!(whole.backup.whole().is_some());
        assert_eq!(
            names(&whole.primary.whole().unwrap().partitions),
            ["one", "zwölf"]
        );
        let lb = if block == 512 {
            LogicalBlockSize::Lb512
        } else {
            LogicalBlockSize::Lb4096
        };
        let theirs = gpt::GptConfig::new()
            .logical_block_size(lb)
            .only_valid_headers(true)
            .open_from_device(Cursor::new(second.clone()))
            .unwrap();
        assert_eq!(theirs.partitions()[&2].name, "zwölf");
        assert_eq!(theirs.partitions()[&2].part_guid, guid);
        let small = table.write(&mut Cursor::new(vec![0; 4096]), 1 << 20, |_| Ok(()));
        assert!(small.is_err());
    }
}

fn change() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let place = prop_oneof![
        8 => 512usize..604,
        4 => 1024usize..1024 + 512,
        2 => SIZE - 512..SIZE - 420,
        1 => 0usize..SIZE - 8,
    ];
    let bytes = prop_oneof![
        Just(vec![0xff; 8]),
        Just(vec![0xff; 4]),
        Just(vec![0; 8]),
        prop::collection::vec(any::<u8>(), 1..8),
    ];
    (place, bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is written over a table, with right checksums or without: reading ends, and what is called whole is within the disk.
    #[test]
    fn no_bytes_lead_astray(
        changes in prop::collection::vec(change(), 0..6),
        fixed in any::<bool>(),
        length in prop_oneof![3 => Just(SIZE), 1 => 0..SIZE],
    ) {
        let (mut bytes, _) = disk(512);
        for (at, change) in changes {
            let end = (at + change.len()).min(SIZE);
            bytes[at..end].copy_from_slice(&change[..end - at]);
        }
        if fixed && &bytes[512..520] == b"EFI PART" {
            fix(&mut bytes);
        }
        bytes.truncate(length);
        for block in BLOCKS {
            let found = look(&bytes, block);
            for table in [&found.primary, &found.backup].into_iter().filter_map(Copy::whole) {
                prop_assert!(table.partitions.len() <= 8192);
                prop_assert!(table.entries.len() <= 1 << 20);
                prop_assert_eq!(crc32fast::hash(&table.entries), table.header.entries_checksum);
            }
        }
    }

    /// One damaged sector never takes both copies.
    #[test]
    fn one_sector_never_takes_both_copies(at in 0..SIZE / 512, bytes in prop::collection::vec(any::<u8>(), 512)) {
        let (mut disk, id) = disk(512);
        disk[at * 512..][..512].copy_from_slice(&bytes);
        let found = look(&disk, 512);
        let table = found.table().unwrap();
        prop_assert_eq!((table.id, names(&table.partitions)), (id, vec!["one", "two"]));
    }
}
