//! Tests of [`super`].

use super::*;
use crate::machine::samples::made::{self, Made};
use crate::plan::samples::{layout_for_tests, planned};
use ::gpt::GptConfig;
use firn_config::Wipe;
use firn_disks::gpt::rename;
use std::cell::RefCell;
use std::io::{Cursor, Read};

const SIZE: u64 = 16_000_000_000;

#[test]
fn the_table_has_our_names_and_the_host_id() {
    let file = tempfile::tempfile().unwrap();
    file.set_len(SIZE).unwrap();
    let id = Uuid::new_v4();
    let slot = write_table(&file, SIZE, 512, &layout_for_tests(SIZE), id, |_| Ok(())).unwrap();
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
    let slot = write_table(
        &file,
        SIZE,
        512,
        &layout_for_tests(SIZE),
        Uuid::new_v4(),
        |_| Ok(()),
    )
    .unwrap();
    rename(&file, 512, Some(slot), "firn-a").unwrap();
    assert!(rename(&file, 512, Some(Uuid::nil()), "firn-a").is_err());
    assert!(rename(&file, 512, None, "firn-a").is_err());
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

/// A disk that remembers what was written, in its order.
#[derive(Debug)]
struct Remembered<'d> {
    disk: &'d File,
    writes: &'d RefCell<Vec<(u64, Vec<u8>)>>,
}

impl Read for Remembered<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.disk.read(bytes)
    }
}

impl Seek for Remembered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.disk.seek(to)
    }
}

impl Write for Remembered<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let at = self.disk.stream_position()?;
        self.writes.borrow_mut().push((at, bytes.to_owned()));
        self.disk.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.disk.flush()
    }
}

#[test]
fn whenever_the_power_fails_while_the_table_is_written_the_disk_counts_as_empty() {
    let (writes, synced) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let (size, made) = (made::SIZE, Made::blank());
    let disk = Remembered {
        disk: made.file.as_file(),
        writes: &writes,
    };
    let parts = layout_for_tests(size);
    write_table(disk, size, 512, &parts, Uuid::new_v4(), |disk| {
        synced.borrow_mut().push(disk.writes.borrow().len());
        Ok(())
    })
    .unwrap();
    let (writes, synced) = (writes.into_inner(), synced.into_inner());
    // The copy at the end, the one at the start, and last the protective MBR: each when what came before is on the disk.
    let [copy, table, all] = synced[..] else {
        panic!("{synced:?}")
    };
    assert!(writes[..copy].iter().all(|(at, _)| *at > size / 2));
    assert!(
        writes[copy..table]
            .iter()
            .all(|(at, _)| (512..size / 2).contains(at))
    );
    assert!(writes[table..].iter().all(|(at, _)| *at < 512));
    assert_eq!(all, writes.len());
    let made = Made::blank();
    for (count, (at, bytes)) in (1..).zip(&writes) {
        made.put(*at, bytes);
        let said = planned(made.seen(), Wipe::Empty);
        assert_eq!(said, Ok(vec![]), "after {count} of {} writes", writes.len());
    }
}
