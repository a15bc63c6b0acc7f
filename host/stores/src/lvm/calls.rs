//! The calls of `lvm`: arguments as data. Pure.

use crate::Owner;

/// Which guest a volume belongs to.
pub(super) const GUEST: &str = "firn.guest=";
/// Which task is making it.
pub(super) const TASK: &str = "firn.task=";

const COLUMNS: &str =
    "lv_name,lv_size,lv_active,lv_tags,pool_lv,data_percent,metadata_percent,vg_extent_size";

fn words(args: &[&str]) -> Vec<String> {
    args.iter().map(|&arg| arg.to_owned()).collect()
}

pub(super) fn list(group: &str) -> Vec<String> {
    words(&[
        "lvs",
        "--reportformat=json",
        "--units=b",
        "--nosuffix",
        "--options",
        COLUMNS,
        group,
    ])
}

/// What a volume of the pool held before reads as zeroes, so nothing needs to be wiped.
pub(super) fn create(pool: &str, name: &str, size: u64, owner: &Owner) -> Vec<String> {
    let size = format!("{size}b");
    let mut args = words(&[
        "lvcreate",
        "--yes",
        "--quiet",
        "--wipesignatures=n",
        "--virtualsize",
        &size,
        "--name",
        name,
        "--thinpool",
        pool,
    ]);
    args.extend(tags(owner).map(|tag| format!("--addtag={tag}")));
    args
}

pub(super) fn remove(volume: &str) -> Vec<String> {
    words(&["lvremove", "--yes", "--quiet", volume])
}

pub(super) fn rename(group: &str, from: &str, to: &str) -> Vec<String> {
    words(&["lvrename", "--quiet", group, from, to])
}

pub(super) fn extend(volume: &str, size: u64) -> Vec<String> {
    words(&["lvextend", "--quiet", "--size", &format!("{size}b"), volume])
}

/// Also one that is not to come up when the host starts.
pub(super) fn activate(volume: &str) -> Vec<String> {
    words(&[
        "lvchange",
        "--quiet",
        "--activate=y",
        "--ignoreactivationskip",
        volume,
    ])
}

/// One call for all tags, so that none of them is ever alone; nothing where they are right already.
pub(super) fn own(volume: &str, now: &Owner, owner: &Owner) -> Option<Vec<String>> {
    if now == owner {
        return None;
    }
    let mut args = words(&["lvchange", "--quiet"]);
    let (now, new): (Vec<_>, Vec<_>) = (tags(now).collect(), tags(owner).collect());
    let (gone, come) = (
        now.iter().filter(|t| !new.contains(t)),
        new.iter().filter(|t| !now.contains(t)),
    );
    args.extend(gone.map(|tag| format!("--deltag={tag}")));
    args.extend(come.map(|tag| format!("--addtag={tag}")));
    args.push(volume.to_owned());
    Some(args)
}

fn tags(owner: &Owner) -> impl Iterator<Item = String> {
    let guest = owner.guest.iter().map(|id| format!("{GUEST}{id}"));
    let task = owner.task.iter().map(|id| format!("{TASK}{id}"));
    guest.chain(task)
}
