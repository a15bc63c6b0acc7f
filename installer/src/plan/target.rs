//! Which disks are written: rules choose them by their properties alone, then `wipe` judges what they hold.

use super::rule::{Place, describe, match_one, why_not};
use super::same::{entangled, other_paths};
use super::torn::torn;
use super::{MIN_DISK, PlannedDisk, wipe};
use crate::machine::{BootMode, Disk, Machine};
use firn_config::{DiskRule, Problem, Size, Wipe};
use firn_words::{Text, say};

/// Below this even `checks.skip` does not help: the partitions would not fit.
const HARD_MIN_DISK: u64 = 6_000_000_000;
/// Bytes of the smallest further disk that is worth adding to the store.
pub const MIN_STORE_DISK: u64 = 1_000_000_000;

const TARGET: Place = Place {
    key: "disk.target",
    before: "disk.target =",
};
const STORE: Place = Place {
    key: "guests.disks",
    before: "in guests.disks",
};

/// Chooses the one disk that the rules leave and that may be overwritten.
///
/// # Errors
/// Every reason why there is none; each names the disks.
pub fn choose(
    machine: &Machine,
    wish: &firn_config::Disk,
    skip: &[String],
) -> Result<PlannedDisk, Vec<Problem>> {
    let disk = match_one(machine, &wish.target, TARGET).map_err(|p| vec![p])?;
    let skipped = |check: &str| skip.iter().any(|name| name == check);
    let size = judge_size(disk, skipped("disk-size"));
    let blocks = judge_blocks(machine, disk).filter(|_| !skipped("block-size"));
    let problems = size.into_iter().chain(blocks).collect();
    judged(machine, disk, &wish.wipe, problems)
}

/// The one disk that the rules leave, whatever it holds.
pub fn wanted<'m>(machine: &'m Machine, wish: &firn_config::Disk) -> Option<&'m Disk> {
    match_one(machine, &wish.target, TARGET).ok()
}

/// Whether a rule fits no disk that could be taken: on a large server some show only after a while.
pub fn lacks_disks(machine: &Machine, answers: &firn_config::Answers) -> bool {
    let mut rules = std::iter::once(&answers.disk.target).chain(&answers.guests.disks);
    rules.any(|rule| {
        machine
            .disks
            .iter()
            .all(|disk| why_not(machine, disk, rule).is_some())
    })
}

/// Chooses the further disks of the store.
///
/// # Errors
/// Every rule that does not leave exactly one disk, or one that must not be taken.
pub fn further(
    machine: &Machine,
    rules: &[DiskRule],
    may_hold: &Wipe,
    target: Option<&PlannedDisk>,
) -> Result<Vec<PlannedDisk>, Vec<Problem>> {
    let target = target.and_then(|t| machine.disks.iter().find(|d| d.name == t.name));
    let mut chosen: Vec<&Disk> = Vec::new();
    let mut planned = Vec::new();
    let mut problems = Vec::new();
    for rule in rules {
        let disk = match match_one(machine, rule, STORE) {
            Ok(disk) => disk,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let clash = judge_further(machine, disk, rule, target, &chosen);
        chosen.push(disk);
        match judged(machine, disk, may_hold, Vec::from_iter(clash)) {
            Ok(disk) => planned.push(disk),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() {
        Ok(planned)
    } else {
        Err(problems)
    }
}

/// The disk as the plan has it, unless `problems` or what it holds stand against that.
fn judged(
    machine: &Machine,
    disk: &Disk,
    may_hold: &Wipe,
    mut problems: Vec<Problem>,
) -> Result<PlannedDisk, Vec<Problem>> {
    // What is seen by one path is on the disk, even if another path does not show it. A further path that is asleep shows nothing.
    let awake = other_paths(machine, disk).into_iter();
    let awake = awake.filter(|path| path.answers());
    let paths: Vec<&Disk> = std::iter::once(disk).chain(awake).collect();
    problems.extend(paths.iter().find_map(|path| wipe::judge(path, may_hold)));
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(PlannedDisk {
        name: disk.name.clone(),
        path: disk.path.clone(),
        size: disk.size,
        logical_block_size: firn_disks::block_size(disk.logical_block_size),
        title: disk.title(),
        serial: disk.serial.clone(),
        wwn: disk.wwn.clone(),
        model: disk.model.clone(),
        edges: disk.edges.clone().filter(|_| !disk.has_identity()),
        place: disk.place().map(str::to_owned),
        destroys: paths
            .iter()
            .map(|path| wipe::destroys(path))
            .find(|lost| !lost.is_empty())
            .unwrap_or_default(),
        replaces: paths.iter().find_map(|path| path.firn.clone()),
        tears: Vec::new(),
    })
}

/// Notes at each disk what it has in common with disks that are not written; known only once all have been chosen.
pub fn note_torn(machine: &Machine, disk: &mut PlannedDisk, further: &mut [PlannedDisk]) {
    let find = |planned: &PlannedDisk| machine.disks.iter().find(|d| d.name == planned.name);
    let all = || std::iter::once(&*disk).chain(&*further);
    let written: Vec<&Disk> = all().filter_map(find).collect();
    for planned in std::iter::once(disk).chain(further) {
        if let Some(disk) = find(planned) {
            planned.tears = torn(machine, disk, &written);
        }
    }
}

fn judge_size(disk: &Disk, skip: bool) -> Option<Problem> {
    let least = if skip { HARD_MIN_DISK } else { MIN_DISK };
    (disk.size < least).then(|| {
        let least = Size(least);
        let text = say!("plan-disk-small", disk = disk.title(), least = least);
        Problem::new("disk-size", text)
    })
}

/// Whether this machine's firmware starts from a disk with such blocks.
pub fn starts(machine: &Machine, disk: &Disk) -> bool {
    machine.firmware.boot == BootMode::Uefi || !disk.has_large_blocks()
}

fn judge_blocks(machine: &Machine, disk: &Disk) -> Option<Problem> {
    (!starts(machine, disk)).then(|| {
        let text = say!(
            "plan-disk-blocks",
            disk = disk.title(),
            has = disk.logical_block_size
        );
        Problem::new("block-size", text)
    })
}

fn judge_further(
    machine: &Machine,
    disk: &Disk,
    rule: &DiskRule,
    target: Option<&Disk>,
    chosen: &[&Disk],
) -> Option<Problem> {
    let rule = describe(rule).unwrap_or_else(|| "{}".into());
    let text = further_text(machine, disk, &rule, target, chosen)?;
    Some(Problem::new(STORE.key, text))
}

fn further_text(
    machine: &Machine,
    disk: &Disk,
    rule: &str,
    target: Option<&Disk>,
    chosen: &[&Disk],
) -> Option<Text> {
    let title = disk.title();
    if target.is_some_and(|target| entangled(machine, target, disk)) {
        return Some(say!("plan-store-target", rule = rule, disk = title));
    }
    if chosen.iter().any(|other| entangled(machine, other, disk)) {
        return Some(say!("plan-store-twice", rule = rule, disk = title));
    }
    if disk.size < MIN_STORE_DISK {
        let least = Size(MIN_STORE_DISK);
        return Some(say!("plan-store-small", disk = title, least = least));
    }
    let block = |disk: &Disk| firn_disks::block_size(disk.logical_block_size);
    let target = target.filter(|target| block(target) != block(disk))?;
    Some(say!(
        "plan-store-blocks",
        disk = title,
        has = block(disk).to_string(),
        target = &target.path,
        wants = block(target).to_string()
    ))
}
