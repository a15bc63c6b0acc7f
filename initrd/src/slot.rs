//! Finding the slot that the boot loader started from, by the GUID of its partition.

use crate::devices::{self, Device};
use crate::{modules, mounts};
use anyhow::{Context, Result};
use rustix::mount::MountFlags;
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Where the slot is mounted, in the initrd and in the running system.
pub const MOUNT: &str = "/run/firn/slot";
/// The name of the partition that holds the volume group.
const LVM: &str = "firn-lvm";

/// What belongs together on the disk.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// The device of the slot.
    pub slot: String,
    /// The device of the volume group on the same disk.
    pub lvm: String,
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
    let mut seen = Vec::new();
    let found = devices::wait_for(patience, |devices| {
        seen = devices.to_vec();
        look(devices, guid)
    });
    let found = found.with_context(|| not_found(guid, patience, &seen))?;
    let flags = MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    mounts::mount(&found.slot, MOUNT, "ext4", flags, "")?;
    Ok(found)
}

fn look(devices: &[Device], guid: &str) -> Option<Found> {
    let disks = devices
        .iter()
        .filter(|device| device.parent.is_none() && device.size() > 0);
    disks
        .filter_map(|disk| pick(&disk.name, &partitions(disk), devices, guid))
        .next()
}

/// The partitions of a disk; none if there is no whole partition table.
fn partitions(disk: &Device) -> Vec<Partition> {
    let block = u32::try_from(disk.block_size()).unwrap_or(512);
    read(Path::new(&disk.path()), block).unwrap_or_default()
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
