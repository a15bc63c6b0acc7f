//! How the disk is cut up.

use super::{Partition, PartitionKind};
use firn_image::disk::{self, LVM, LVM_START};

const MIB: u64 = 1 << 20;

/// The partitions, and how the volume group is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// In order; the ESP is the second, as GRUB's prefix `(,gpt2)` says.
    pub partitions: Vec<Partition>,
    /// MiB of the volume `state`.
    pub state_mib: u64,
}

/// Cuts up a disk of `size` bytes; all borders lie on whole MiB.
///
/// The first and the last MiB hold the partition table and its copy.
pub fn layout(size: u64) -> Layout {
    let fixed = [
        (PartitionKind::BiosBoot, disk::BIOS),
        (PartitionKind::Esp, disk::ESP),
        (PartitionKind::SlotA, disk::SLOT_A),
        (PartitionKind::SlotB, disk::SLOT_B),
    ];
    let fixed = fixed.map(|(kind, at)| Partition {
        kind,
        name: at.name,
        start: at.start,
        size: at.size,
    });
    let mut partitions = Vec::from(fixed);
    let end = (size / MIB).saturating_sub(1) * MIB;
    let rest = end.saturating_sub(LVM_START);
    partitions.push(Partition {
        kind: PartitionKind::Lvm,
        name: LVM,
        start: LVM_START,
        size: rest,
    });
    Layout {
        partitions,
        state_mib: state_mib(rest / MIB),
    }
}

/// A sixteenth of the volume group, at least 4 and at most 16 GiB, never more than half of a small one;
/// a multiple of LVM's extent of 4 MiB.
fn state_mib(group_mib: u64) -> u64 {
    let wish = (group_mib / 16).clamp(4096, 16384);
    wish.min(group_mib / 2) / 4 * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::samples::made;

    #[test]
    fn state_is_4_to_16_gib() {
        let table = [
            (16_000_000_000, 4096),
            (100_000_000_000, 5800),
            (4_000_000_000_000, 16384),
            (8_000_000_000, 2532),
        ];
        for (size, expected) in table {
            assert_eq!(layout(size).state_mib, expected, "{size}");
        }
    }

    #[test]
    fn partitions_follow_each_other_and_leave_room_for_the_second_table() {
        let size = 16_000_000_000;
        let partitions = layout(size).partitions;
        assert_eq!(partitions[1].name, "firn-esp");
        for pair in partitions.windows(2) {
            assert_eq!(pair[0].start + pair[0].size, pair[1].start);
        }
        let end = partitions[4].start + partitions[4].size;
        assert!(end + MIB <= size && size - end < 3 * MIB);
    }
    #[test]
    fn the_probe_looks_for_what_is_left_at_these_places() {
        let partitions = layout(20_000_000_000).partitions;
        assert_eq!((partitions[1].start, partitions[1].size), made::ESP);
        assert_eq!(partitions[4].start, made::LVM);
    }
}
