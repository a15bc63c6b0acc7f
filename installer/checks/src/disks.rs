//! Disks: which there are, and if none, why; their size, their blocks, and what a legacy BIOS makes of them.

use super::Check;
use super::devices::{self, Cause};
use firn_config::Size;
use firn_machine::{BootMode, Disk, Machine, Unfit};
use firn_words::{Text, say};

/// Bytes of the smallest disk that is accepted: 16 GB.
pub const MIN_DISK: u64 = 16_000_000_000;
/// What a legacy BIOS can count to with 32 bits and blocks of 512 bytes.
const BIOS_LIMIT: u64 = 2 << 40;

fn fit(machine: &Machine) -> impl Iterator<Item = &Disk> {
    machine.disks.iter().filter(|d| d.unfit.is_none())
}

/// The disks that could be a target, and if there are none, why.
pub fn found(machine: &Machine) -> Check {
    const NAME: &str = "disks";
    if let Some(reason) = &machine.unlisted {
        return Check::problem(NAME, say!("check-disks-unlisted", reason = reason)).because(
            say!("check-disk-none-why"),
            say!("check-disks-unlisted-todo"),
        );
    }
    let large = fit(machine).filter(|d| d.size >= MIN_DISK).count();
    let count = fit(machine).count();
    let mut causes = devices::storage(machine);
    if count == 0 {
        causes.extend(devices::silent_storage(machine));
        causes.extend(raid_members(machine));
        causes.extend(machine.disks.iter().filter_map(in_the_way));
        return none(NAME, &causes);
    }
    // A stick that is too small is no news, unless there is nothing else: then the size is what is wrong.
    let found = match large {
        0 => say!("check-disks-small", count = count),
        large => say!("check-disks-found", count = large),
    };
    let (remarks, reasons) = remarks(machine);
    let (cause, mut todo) = devices::together(&causes);
    let mut why = devices::why(&causes);
    if causes.is_empty() {
        match reasons {
            Some(reasons) => (why, todo) = reasons,
            None => return Check::fine(NAME, found),
        }
    }
    let parts = [vec![found], remarks, vec![cause]].concat();
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    Check::note(NAME, Text::join(parts, "; ")).because(why, todo)
}

fn none(name: &'static str, causes: &[Cause]) -> Check {
    let why = say!("check-disk-none-why");
    if causes.is_empty() {
        return Check::problem(name, say!("check-disk-none"))
            .because(why, say!("check-disk-none-todo"));
    }
    let (cause, todo) = devices::together(causes);
    Check::problem(name, say!("check-disk-none-because", cause = cause)).because(why, todo)
}

fn raid_members(machine: &Machine) -> Option<Cause> {
    let member = |d: &&Disk| matches!(d.unfit, Some(Unfit::RaidMember(_)));
    let names: Vec<&str> = machine
        .disks
        .iter()
        .filter(member)
        .map(|d| d.path.as_str())
        .collect();
    (!names.is_empty()).then(|| {
        Cause::new(
            say!("check-raid-members", disks = names.join(", ")),
            say!("check-raid-members-todo"),
        )
    })
}

/// A disk that something else has; what nobody means for a target is not named.
fn in_the_way(disk: &Disk) -> Option<Cause> {
    let unfit = disk.unfit.as_ref()?;
    let taken = matches!(
        unfit,
        Unfit::Mounted(_)
            | Unfit::InUse(_)
            | Unfit::ReadOnly
            | Unfit::Zoned
            | Unfit::Answers
            | Unfit::Other(_)
    );
    taken.then(|| {
        Cause::new(
            say!("check-disk-unfit", disk = &disk.path, reason = unfit.text()),
            say!("check-disk-unfit-todo"),
        )
    })
}

/// What else should be known of the disks; and of the weightiest of it why it matters and what to do.
fn remarks(machine: &Machine) -> (Vec<Text>, Option<(Text, Text)>) {
    let mut all = Vec::new();
    let unread: Vec<Text> = fit(machine).filter_map(unread).collect();
    let paths: Vec<Text> = fit(machine).filter_map(several_paths).collect();
    let ungrouped = |reason| say!("check-disks-ungrouped", reason = reason);
    let ungrouped: Vec<Text> = machine
        .ungrouped
        .as_ref()
        .map(ungrouped)
        .into_iter()
        .collect();
    let mut reasons = None;
    for (texts, why, todo) in [
        (
            unread,
            say!("check-disks-unread-why"),
            say!("check-disks-unread-todo"),
        ),
        (
            ungrouped,
            say!("check-disks-ungrouped-why"),
            say!("check-disks-ungrouped-todo"),
        ),
        (paths, say!("check-paths-why"), say!("check-paths-todo")),
    ] {
        if !texts.is_empty() {
            reasons = reasons.or(Some((why, todo)));
            all.extend(texts);
        }
    }
    (all, reasons)
}

fn unread(disk: &Disk) -> Option<Text> {
    let reason = disk.unread.clone()?;
    Some(say!(
        "check-disks-unread",
        disk = &disk.path,
        reason = reason
    ))
}

fn several_paths(disk: &Disk) -> Option<Text> {
    let count = disk.paths.len() + 1;
    (count > 1).then(|| say!("check-paths", disk = disk.path.clone(), count = count))
}

/// Whether a disk is large enough. Says nothing of its own where there is none: one cause, one problem.
pub fn size(machine: &Machine) -> Check {
    const NAME: &str = "disk-size";
    let Some(largest) = fit(machine).max_by_key(|d| d.size) else {
        return Check::note(NAME, say!("check-size-not-looked"))
            .because(say!("check-disk-none-why"), say!("check-size-see"));
    };
    let title = largest.title();
    if largest.size < MIN_DISK {
        let least = Size(MIN_DISK);
        return Check::problem(NAME, say!("check-disk-small", disk = title)).because(
            say!("check-disk-small-why", least = least),
            say!("check-disk-small-todo"),
        );
    }
    Check::fine(NAME, say!("check-disk-large", disk = title))
}

/// Whether this machine's firmware starts from a disk with such blocks.
pub fn starts(machine: &Machine, disk: &Disk) -> bool {
    machine.firmware.boot == BootMode::Uefi || !disk.has_large_blocks()
}

/// Blocks of 4096 bytes ("4Kn"): UEFI starts from them, a legacy BIOS does not.
pub fn blocks(machine: &Machine) -> Check {
    const NAME: &str = "block-size";
    let large = |d: &&Disk| d.has_large_blocks() && d.size >= MIN_DISK;
    let names: Vec<&str> = fit(machine)
        .filter(large)
        .map(|d| d.path.as_str())
        .collect();
    if names.is_empty() {
        return Check::fine(NAME, say!("check-blocks-512"));
    }
    let found = say!("check-blocks-4096", disks = names.join(", "));
    if machine.firmware.boot == BootMode::Uefi {
        return Check::fine(NAME, found);
    }
    let (why, todo) = (say!("check-blocks-why"), say!("check-blocks-todo"));
    let others = fit(machine).any(|d| d.size >= MIN_DISK && !large(&d));
    let check = if others { Check::note } else { Check::problem };
    check(NAME, found).because(why, todo)
}

/// Disks over 2 TiB under a legacy BIOS: the disk's table reaches further, and all that the BIOS reads lies at its start.
pub fn large(machine: &Machine) -> Check {
    const NAME: &str = "large-disk";
    let names: Vec<&str> = fit(machine)
        .filter(|d| d.size > BIOS_LIMIT)
        .map(|d| d.path.as_str())
        .collect();
    if names.is_empty() || machine.firmware.boot == BootMode::Uefi {
        return Check::fine(NAME, say!("check-large-fine"));
    }
    Check::note(NAME, say!("check-large-found", disks = names.join(", ")))
        .because(say!("check-large-why"), say!("check-large-todo"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Verdict;
    use firn_config::Language;
    use firn_machine::samples::server;

    #[test]
    fn disks_that_cannot_be_listed_are_not_no_disks() {
        let machine = Machine {
            disks: Vec::new(),
            unlisted: Some("`lsblk` took longer than 60 s".into()),
            ..server()
        };
        let check = found(&machine);
        assert_eq!(check.verdict, Verdict::Problem);
        assert_eq!(
            check.found.to_string(),
            "the disks cannot be listed: `lsblk` took longer than 60 s"
        );
    }

    #[test]
    fn what_could_not_be_found_out_about_disks_is_said() {
        let mut machine = server();
        machine.disks[0].unread = Some("Input/output error".into());
        machine.ungrouped = Some("exit status: 5".into());
        let check = found(&machine);
        assert_eq!(check.verdict, Verdict::Note);
        assert_eq!(
            check.found.in_language(Language::En),
            "one disk that Firn can be installed on; /dev/vda cannot be looked at: Input/output error; LVM does not tell which disks belong together: exit status: 5"
        );
        assert_eq!(
            check.todo.to_string(),
            "replace or unplug the disk, or choose another one"
        );
    }
}
