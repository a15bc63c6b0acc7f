//! Whether a disk can be written, decided here and nowhere else; refusals and pages each say it in their own words.

use super::same::other_paths;
use super::{MIN_DISK, starts};
use firn_disks::block_size;
use firn_machine::{Disk, Machine, Unfit};
use firn_words::Text;

/// Below this even `checks.skip` does not help: the partitions would not fit.
const HARD_MIN_DISK: u64 = 6_000_000_000;
/// Bytes of the smallest further disk that is worth adding to the store.
pub const MIN_STORE_DISK: u64 = 1_000_000_000;

/// What stands against writing a disk.
#[derive(Clone, Debug, PartialEq)]
pub enum Against<'m> {
    /// It can never be written.
    Never(Never<'m>),
    /// It cannot be looked at, and may be a host's: why not.
    Unread(&'m Text),
    /// It has less than so many bytes.
    Small(u64),
    /// Its blocks, of so many bytes, are not those that it must have.
    Blocks(u32),
}

/// Why a disk can never be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Never<'m> {
    /// It is the medium.
    Medium,
    /// It is unfit.
    Unfit(&'m Unfit),
    /// This other path to it is the medium, or unfit.
    Path(&'m Disk, Unfit),
}

impl Never<'_> {
    /// The reason for people, without a full stop.
    pub fn text(&self) -> Text {
        match self {
            Self::Medium => Unfit::Medium.text(),
            Self::Unfit(unfit) => unfit.text(),
            Self::Path(_, unfit) => unfit.text(),
        }
    }
}

/// Why a disk can never be written: it is the medium or unfit, or another path leads to one that is.
pub fn never<'m>(machine: &'m Machine, disk: &'m Disk) -> Option<Never<'m>> {
    if is_medium(machine, disk) {
        return Some(Never::Medium);
    }
    if let Some(unfit) = &disk.unfit {
        return Some(Never::Unfit(unfit));
    }
    other_paths(machine, disk).into_iter().find_map(|other| {
        let unfit = match &other.unfit {
            _ if is_medium(machine, other) => Unfit::Medium,
            None => return None,
            Some(Unfit::MultipathMember(_)) if other.name != disk.name => return None,
            Some(unfit) => unfit.clone(),
        };
        Some(Never::Path(other, unfit))
    })
}

fn is_medium(machine: &Machine, disk: &Disk) -> bool {
    machine.medium.as_deref() == Some(disk.name.as_str())
}

/// What stands against a host's being installed on the disk, whatever it holds; `skip` are the checks that are passed over.
pub fn against_target<'m>(
    machine: &'m Machine,
    disk: &'m Disk,
    skip: &[String],
) -> Option<Against<'m>> {
    never(machine, disk)
        .map(Against::Never)
        .or(disk.unread.as_ref().map(Against::Unread))
        .or_else(|| small(disk, skip).or_else(|| blocks(machine, disk, skip)))
}

/// Whether it is too small for a host.
pub(super) fn small<'m>(disk: &Disk, skip: &[String]) -> Option<Against<'m>> {
    let least = match skips(skip, "disk-size") {
        true => HARD_MIN_DISK,
        false => MIN_DISK,
    };
    (disk.size < least).then_some(Against::Small(least))
}

/// Whether this machine's firmware starts nothing from its blocks.
pub(super) fn blocks<'m>(machine: &Machine, disk: &Disk, skip: &[String]) -> Option<Against<'m>> {
    let cannot = !starts(machine, disk) && !skips(skip, "block-size");
    cannot.then_some(Against::Blocks(disk.logical_block_size))
}

fn skips(skip: &[String], check: &str) -> bool {
    skip.iter().any(|name| name == check)
}

/// What stands against adding the disk to the store of the host on `target`, whatever it holds.
pub fn against_further<'m>(
    machine: &'m Machine,
    disk: &'m Disk,
    target: Option<&Disk>,
) -> Option<Against<'m>> {
    never(machine, disk)
        .map(Against::Never)
        .or_else(|| unequal(disk, target))
}

/// Whether it is too small for the store, or has other blocks than the target.
pub(super) fn unequal<'m>(disk: &Disk, target: Option<&Disk>) -> Option<Against<'m>> {
    if disk.size < MIN_STORE_DISK {
        return Some(Against::Small(MIN_STORE_DISK));
    }
    let has = block_size(disk.logical_block_size);
    let other = target.is_some_and(|target| block_size(target.logical_block_size) != has);
    other.then_some(Against::Blocks(has))
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_machine::BootMode;
    use firn_machine::samples::{disk, server};

    fn skip(check: &str) -> Vec<String> {
        vec![check.to_owned()]
    }

    #[test]
    fn what_can_never_be_written_comes_first_then_what_a_check_may_pass_over() {
        let machine = server();
        let medium = &machine.disks[1];
        assert_eq!(
            against_target(&machine, medium, &[]),
            Some(Against::Never(Never::Medium))
        );
        let large = Disk {
            logical_block_size: 4096,
            ..disk("sdb", MIN_DISK)
        };
        let small = Disk {
            size: MIN_DISK - 1,
            ..large.clone()
        };
        let unread = Disk {
            unread: Some("late".into()),
            ..small.clone()
        };
        let against = |disk, skip: &[String]| {
            let against = against_target(&machine, disk, skip);
            against.map(|against| format!("{against:?}"))
        };
        let is = |text: &str| Some(text.to_owned());
        assert!(against(&unread, &[]).is_some_and(|text| text.starts_with("Unread")));
        assert_eq!(against(&small, &[]), is("Small(16000000000)"));
        assert_eq!(against(&small, &skip("disk-size")), is("Blocks(4096)"));
        assert_eq!(against(&large, &[]), is("Blocks(4096)"));
        assert_eq!(against(&large, &skip("block-size")), None);
        let tiny = disk("sdc", HARD_MIN_DISK - 1);
        assert_eq!(against(&tiny, &skip("disk-size")), is("Small(6000000000)"));
        let mut uefi = server();
        uefi.firmware.boot = BootMode::Uefi;
        assert_eq!(against_target(&uefi, &large, &[]), None);
    }

    #[test]
    fn a_further_disk_is_large_enough_and_has_the_blocks_of_the_target() {
        let machine = server();
        let target = &machine.disks[0];
        let further = |disk: &Disk| {
            let against = against_further(&machine, disk, Some(target));
            against.map(|against| format!("{against:?}"))
        };
        let good = disk("sdb", MIN_STORE_DISK);
        assert_eq!(further(&good), None);
        let other = Disk {
            logical_block_size: 4096,
            ..good.clone()
        };
        assert_eq!(further(&other).as_deref(), Some("Blocks(4096)"));
        let small = disk("sdb", MIN_STORE_DISK - 1);
        assert_eq!(further(&small).as_deref(), Some("Small(1000000000)"));
        let unfit = Disk {
            unfit: Some(Unfit::ReadOnly),
            ..good
        };
        assert_eq!(further(&unfit).as_deref(), Some("Never(Unfit(ReadOnly))"));
    }
}
