//! The partitions of an installed host, by their names.

use anyhow::{Context, Result};
use firn_disks::partition_path;
use firn_execute::failure::Said;
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
    /// Device of slot A.
    pub slot: String,
    /// PARTUUID of slot A.
    pub partuuid: Uuid,
    /// Device of slot B.
    pub other: String,
    /// PARTUUID of slot B.
    pub other_partuuid: Uuid,
    /// Device of the physical volume with `state`.
    pub lvm: String,
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
    let (slot, other) = (fixed(SLOT_A)?, fixed(SLOT_B)?);
    Ok(Parts {
        id,
        bios: (bios.start, bios.size),
        esp: device(esp),
        esp_partuuid: esp.guid,
        slot: device(slot),
        partuuid: slot.guid,
        other: device(other),
        other_partuuid: other.guid,
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
        assert_eq!(
            (found.lvm.as_str(), found.slot.as_str(), found.partuuid),
            ("/dev/nvme0n1p1", "/dev/nvme0n1p2", Uuid::from_u128(2))
        );
        assert_eq!(
            (found.other.as_str(), found.other_partuuid),
            ("/dev/nvme0n1p4", Uuid::from_u128(4))
        );
        parts.pop();
        let error = pick("/dev/sda", Uuid::nil(), &parts).unwrap_err();
        assert_eq!(
            error.to_string(),
            "/dev/sda has no partition firn-bios: this cannot be repaired here"
        );
    }
}
