//! The partitions of an installed host, by their names.

use anyhow::{Context, Result};
use firn_disks::partition_path;
use firn_execute::failure::Said;
use firn_grub::env::Slot;
use firn_image::disk::{self, BIOS, ESP, LVM, SLOT_A, SLOT_B};
use firn_machine::Disk;
use firn_table::Partition;
use firn_words::say;
use uuid::Uuid;

/// Where everything of a host is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The host id, which is the table's, too.
    pub id: Uuid,
    /// First byte and size of the BIOS boot partition.
    pub bios: (u64, u64),
    /// Device of the EFI system partition.
    pub esp: String,
    /// PARTUUID of the EFI system partition, which the firmware's boot entry names.
    pub esp_partuuid: Uuid,
    /// Slot A, then slot B.
    pub slots: [SlotPart; 2],
    /// Device of the physical volume with `state`.
    pub lvm: String,
}

/// One of the two slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotPart {
    /// Its device.
    pub device: String,
    /// Its PARTUUID.
    pub partuuid: Uuid,
}

impl Parts {
    /// Where a slot is.
    pub fn slot(&self, slot: Slot) -> &SlotPart {
        let [a, b] = &self.slots;
        match slot {
            Slot::A => a,
            Slot::B => b,
        }
    }
}

/// Bytes of the disk's sectors.
pub fn block(disk: &Disk) -> u32 {
    firn_disks::block_size(disk.logical_block_size)
}

/// Reads the partition table of a host's disk; should its start be damaged, the copy at its end.
pub fn read(disk: &Disk) -> Result<Parts> {
    let table = super::table::read(&disk.path, block(disk))?;
    let parts = pick(&disk.path, table.id, &table.partitions)?;
    super::table::check_shown(&disk.path, &parts)?;
    Ok(parts)
}

fn pick(disk: &str, id: Uuid, parts: &[Partition]) -> Result<Parts> {
    let named = |name: &str| {
        let found = parts.iter().find(|part| part.name == name);
        found.with_context(|| Said(say!("repair-no-partition", disk = disk, name = name)))
    };
    let device = |part: &Partition| {
        let number = usize::try_from(part.number).unwrap_or_default();
        partition_path(disk, number)
    };
    let fixed = |fixed: disk::Fixed| named(fixed.name);
    let (bios, esp) = (fixed(BIOS)?, fixed(ESP)?);
    let slot = |part: &Partition| SlotPart {
        device: device(part),
        partuuid: part.guid,
    };
    Ok(Parts {
        id,
        bios: (bios.start, bios.size),
        esp: device(esp),
        esp_partuuid: esp.guid,
        slots: [slot(fixed(SLOT_A)?), slot(fixed(SLOT_B)?)],
        lvm: device(named(LVM)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: u32, name: &str) -> Partition {
        Partition {
            number,
            name: name.into(),
            kind: Uuid::nil(),
            guid: Uuid::from_u128(number.into()),
            start: 1 << 20,
            size: 1 << 20,
        }
    }

    #[test]
    fn partitions_are_found_by_name_wherever_they_are() {
        let mut parts = vec![
            part(1, "firn-lvm"),
            part(2, "firn-a"),
            part(4, "firn-b"),
            part(3, "firn-esp"),
            part(7, "firn-bios"),
        ];
        let found = pick("/dev/nvme0n1", Uuid::nil(), &parts).unwrap();
        assert_eq!(found.lvm, "/dev/nvme0n1p1");
        for (slot, number) in [(Slot::A, 2), (Slot::B, 4)] {
            let expected = SlotPart {
                device: format!("/dev/nvme0n1p{number}"),
                partuuid: Uuid::from_u128(number),
            };
            assert_eq!(found.slot(slot), &expected);
        }
        parts.pop();
        let error = pick("/dev/sda", Uuid::nil(), &parts).unwrap_err();
        assert_eq!(
            error.to_string(),
            "/dev/sda has no partition firn-bios: this cannot be repaired here"
        );
    }
}
