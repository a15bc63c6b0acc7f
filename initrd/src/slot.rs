//! Finding the slot that the boot loader started from, by the GUID of its partition.

use crate::devices::{self, Device};
use crate::reread::Reread;
use crate::{console, modules, mounts, place, slow, wwn};
use anyhow::{Context, Result};
use firn_image::disk::LVM;
use firn_image::run::SLOT as MOUNT;
use rustix::mount::MountFlags;
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

/// A copy of the disk may show before the disk itself: so long no further one may have appeared.
const QUIET: Duration = Duration::from_millis(400);

/// What belongs together on the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The device of the slot.
    pub slot: String,
    /// The device of the volume group on the same disk.
    pub lvm: String,
}

/// What was found, and the disks that look the same.
#[derive(Debug, PartialEq)]
struct Choice {
    /// The disk that this host starts from.
    disk: String,
    found: Found,
    /// Disks with the same slot: copies of it, block by block.
    copies: Vec<String>,
}

/// One partition, as the partition table has it.
#[derive(Clone, Debug, PartialEq)]
struct Partition {
    number: u32,
    guid: String,
    name: String,
}

/// Mounts the slot read-only; waits for late disks. `guid` is in lower case.
pub fn find_and_mount(guid: &str, patience: Duration) -> Result<Found> {
    modules::load(modules::SLOT);
    let (mut seen, mut reread) = (Vec::new(), Reread::begin());
    let found = devices::wait_for(patience, QUIET, |devices| {
        seen = devices.to_vec();
        look(devices, guid, &mut reread)
    });
    let choice = found.with_context(|| not_found(guid, patience, &seen))?;
    if !choice.copies.is_empty() {
        console::say(&copies_text(&choice));
    }
    let flags = MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    mounts::mount(&choice.found.slot, MOUNT, "ext4", flags, "")?;
    Ok(choice.found)
}

fn look(devices: &[Device], guid: &str, reread: &mut Reread) -> Option<Choice> {
    let disks = devices
        .iter()
        .filter(|device| device.parent.is_none() && device.size() > 0);
    let found = disks.filter_map(|disk| {
        let table = partitions(disk);
        if has_slot(&table, guid) && is_bare(&disk.name, devices) {
            reread.ask(&disk.path());
        }
        let found = pick(&disk.name, &table, devices, guid)?;
        Some((place::of(&disk.name), disk.name.clone(), found))
    });
    choose(found.collect(), wwn::of)
}

fn has_slot(table: &[Partition], guid: &str) -> bool {
    table.iter().any(|p| p.guid.eq_ignore_ascii_case(guid))
}

/// Whether the kernel shows no partition of a disk.
fn is_bare(disk: &str, devices: &[Device]) -> bool {
    devices.iter().all(|d| d.parent.as_deref() != Some(disk))
}

/// Of several disks with the slot the one that is plugged in first; slot and state come from that one. A further path to it, by
/// its world wide name, is no copy.
fn choose<K: Ord>(
    mut found: Vec<(K, String, Found)>,
    wwn: impl Fn(&str) -> Option<String>,
) -> Option<Choice> {
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let mut found = found.into_iter().map(|(_, disk, found)| (disk, found));
    let (disk, first) = found.next()?;
    let own = wwn(&disk);
    let copies = found.map(|(disk, _)| disk);
    Some(Choice {
        copies: copies
            .filter(|copy| own.is_none() || wwn(copy) != own)
            .collect(),
        disk,
        found: first,
    })
}

fn copies_text(choice: &Choice) -> String {
    let Choice { disk, copies, .. } = choice;
    let copies = copies.join(", ");
    format!(
        "Firn: this host starts from {disk}; a copy of it is on {copies}, which is left as it is. Take the copy out"
    )
}

/// The partitions of a disk; none if there is no whole partition table.
fn partitions(disk: &Device) -> Vec<Partition> {
    let block = u32::try_from(disk.block_size()).unwrap_or(512);
    let path = disk.path();
    let read = || read(Path::new(&path), block).unwrap_or_default();
    slow::tell(&format!("reading the partition table of {path}"), read)
}

fn read(path: &Path, block: u32) -> io::Result<Vec<Partition>> {
    let found = firn_table::read(&mut File::open(path)?, block)?;
    let entry = |part: &firn_table::Partition| Partition {
        number: part.number,
        guid: part.guid.to_string(),
        name: part.name.clone(),
    };
    let partitions = found
        .table()
        .map(|table| table.partitions.iter().map(entry));
    Ok(partitions.into_iter().flatten().collect())
}

/// The slot and its neighbour, once the kernel shows both.
fn pick(disk: &str, partitions: &[Partition], devices: &[Device], guid: &str) -> Option<Found> {
    let device = |number: u32| {
        devices
            .iter()
            .find(|device| device.parent.as_deref() == Some(disk) && device.number == Some(number))
    };
    let slot = partitions
        .iter()
        .find(|partition| partition.guid.eq_ignore_ascii_case(guid))?;
    let lvm = partitions.iter().find(|partition| partition.name == LVM)?;
    Some(Found {
        slot: device(slot.number)?.path(),
        lvm: device(lvm.number)?.path(),
    })
}

fn not_found(guid: &str, patience: Duration, seen: &[Device]) -> String {
    format!(
        "looked {} s for the disk with the slot {guid} and a partition {LVM} and found none. Seen: {}. \
         Connect the disk that Firn was installed on, and start again",
        patience.as_secs(),
        devices::describe(seen)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(name: &str, parent: &str, number: u32) -> Device {
        Device {
            name: name.into(),
            parent: Some(parent.into()),
            number: Some(number),
        }
    }

    fn partition(number: u32, guid: &str, name: &str) -> Partition {
        Partition {
            number,
            guid: guid.into(),
            name: name.into(),
        }
    }

    #[test]
    fn slot_and_volume_group_come_from_the_same_disk() {
        let devices = [
            device("sda3", "sda", 3),
            device("sda5", "sda", 5),
            device("sdb3", "sdb", 3),
            device("sdb5", "sdb", 5),
        ];
        let table = [
            partition(3, "aa-bb", "firn-a"),
            partition(5, "cc-dd", "firn-lvm"),
        ];
        let found = pick("sdb", &table, &devices, "AA-BB").unwrap();
        assert_eq!(
            found,
            Found {
                slot: "/dev/sdb3".into(),
                lvm: "/dev/sdb5".into()
            }
        );
        assert_eq!(pick("sdb", &table, &devices, "ee"), None);
        assert_eq!(pick("sdb", &table[..1], &devices, "aa-bb"), None);
        assert_eq!(pick("sdb", &table, &devices[..3], "aa-bb"), None);
        // The kernel is asked once more for the partitions of a disk that has none, if it is ours.
        assert!(is_bare("sdc", &devices) && !is_bare("sdb", &devices));
        assert!(has_slot(&table, "AA-BB") && !has_slot(&table, "ee"));
    }

    #[test]
    fn of_equal_disks_the_first_by_place_is_taken_whole() {
        let found = |disk: &str| Found {
            slot: format!("/dev/{disk}3"),
            lvm: format!("/dev/{disk}5"),
        };
        let one = |place: u32, disk: &str| (place, disk.to_owned(), found(disk));
        assert_eq!(choose::<u32>(Vec::new(), |_| None), None);
        // Whatever names the kernel gave them.
        for disks in [
            [one(2, "sda"), one(1, "sdb")],
            [one(1, "sdb"), one(2, "sda")],
        ] {
            let choice = choose(disks.to_vec(), |_| None).unwrap();
            assert_eq!(choice.found, found("sdb"));
            assert_eq!(
                copies_text(&choice),
                "Firn: this host starts from sdb; a copy of it is on sda, which is left as it is. Take the copy out"
            );
        }
        let alone = choose(vec![one(1, "sda")], |_| None).unwrap();
        assert_eq!(alone.copies, [""; 0]);
        // Two paths to the disk, and a copy of it.
        let wwn = |disk: &str| Some(if disk == "sdc" { "naa.5b" } else { "naa.5a" }.to_owned());
        let disks = vec![one(3, "sdc"), one(2, "sda"), one(1, "sdb")];
        let choice = choose(disks, wwn).unwrap();
        assert_eq!(
            (choice.disk.as_str(), choice.copies),
            ("sdb", vec!["sdc".to_owned()])
        );
    }

    #[test]
    fn the_sentence_names_what_was_looked_for_and_seen() {
        let seen = [Device {
            name: "no-such-disk".into(),
            parent: None,
            number: None,
        }];
        let text = not_found("aa-bb", Duration::from_secs(60), &seen);
        assert!(
            text.contains("slot aa-bb") && text.contains("no-such-disk (empty)"),
            "{text}"
        );
    }

    /// The copy counts where the start is damaged, and a header that lies is no reason to stop.
    #[test]
    fn a_damaged_table_is_not_believed_and_its_copy_is() {
        use std::os::unix::fs::FileExt;
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(8 << 20).unwrap();
        let config = gpt::GptConfig::new().writable(true);
        let mut table = config.create_from_device(file.as_file(), None).unwrap();
        let kind = gpt::partition_types::LINUX_FS;
        table
            .add_partition_at("firn-a", 1, 2048, 2048, kind, 0)
            .unwrap();
        table.write_inplace().unwrap();
        let names = || {
            read(file.path(), 512)
                .unwrap()
                .into_iter()
                .map(|part| part.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(), ["firn-a"]);
        let header = 512;
        for (at, bytes) in [
            (1024 + 60, &[0x58][..]),
            // Entries without an end, and such as are none.
            (header + 80, &[0xff; 4]),
            (header + 84, &[0, 1, 0, 0]),
        ] {
            file.as_file().write_all_at(bytes, at).unwrap();
            assert_eq!(names(), ["firn-a"], "{at}");
        }
        file.as_file().set_len(4 << 20).unwrap();
        assert!(names().is_empty());
    }
}
