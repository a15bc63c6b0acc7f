//! Tests of [`super`].

use super::*;
use crate::plan::layout_for_tests;
use std::io::Cursor;

const SIZE: u64 = 16_000_000_000;

#[test]
fn the_table_has_our_names_and_the_host_id() {
    let file = tempfile::tempfile().unwrap();
    file.set_len(SIZE).unwrap();
    let id = Uuid::new_v4();
    let slot = write_table(&file, SIZE, 512, &layout_for_tests(SIZE), id).unwrap();
    let table = GptConfig::new().open_from_device(&file).unwrap();
    let names: Vec<_> = table
        .partitions()
        .values()
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["firn-bios", "firn-esp", UNFINISHED, "firn-b", "firn-lvm"]
    );
    assert_eq!(*table.guid(), id);
    assert_eq!(table.partitions()[&3].part_guid, slot);
}

#[test]
fn renaming_keeps_the_partuuid() {
    let file = tempfile::tempfile().unwrap();
    file.set_len(SIZE).unwrap();
    let slot = write_table(&file, SIZE, 512, &layout_for_tests(SIZE), Uuid::new_v4()).unwrap();
    rename_on(&file, 512, Some(slot), "firn-a").unwrap();
    assert!(rename_on(&file, 512, Some(Uuid::nil()), "firn-a").is_err());
    assert!(rename_on(&file, 512, None, "firn-a").is_err());
    let table = GptConfig::new().open_from_device(&file).unwrap();
    assert_eq!(
        (
            table.partitions()[&3].name.as_str(),
            table.partitions()[&3].part_guid
        ),
        ("firn-a", slot)
    );
}

#[test]
fn both_ends_are_wiped() {
    let mut disk = Cursor::new(vec![7; 4 << 20]);
    zap(&mut disk, 4 << 20).unwrap();
    let bytes = disk.into_inner();
    assert!(
        bytes[..1 << 20]
            .iter()
            .chain(&bytes[3 << 20..])
            .all(|b| *b == 0)
    );
    assert_eq!(bytes[2 << 20], 7);
}
