//! Which disk is written: rules choose it by its properties alone, then `wipe` judges what it holds.

use super::{MIN_DISK, PlannedDisk};
use crate::machine::{Disk, Machine};
use firn_config::{DiskRule, Pattern, Problem, Size, Wipe};

/// Below this even `checks.skip` does not help: the partitions would not fit.
const HARD_MIN_DISK: u64 = 6_000_000_000;

/// Chooses the one disk that the rules leave and that may be overwritten.
///
/// # Errors
/// Every reason why there is none; each names the disks.
pub fn choose(
    machine: &Machine,
    wish: &firn_config::Disk,
    skip_size: bool,
) -> Result<PlannedDisk, Vec<Problem>> {
    let disk = match_one(machine, &wish.target).map_err(|p| vec![p])?;
    let problems: Vec<Problem> = [
        judge_size(disk, skip_size),
        judge_contents(disk, &wish.wipe),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(PlannedDisk {
        name: disk.name.clone(),
        path: disk.path.clone(),
        size: disk.size,
        logical_block_size: disk.logical_block_size.max(512),
        title: disk.title(),
        destroys: disk.holds(),
        replaces: disk.firn.clone(),
    })
}

fn match_one<'a>(machine: &'a Machine, rule: &DiskRule) -> Result<&'a Disk, Problem> {
    let mut taken = Vec::new();
    let mut refused = Vec::new();
    for disk in &machine.disks {
        match why_not(disk, machine.medium.as_deref(), rule) {
            None => taken.push(disk),
            Some(reason) => refused.push(format!("{}: {reason}", disk.title())),
        }
    }
    let rule = describe(rule);
    match taken[..] {
        [one] => Ok(one),
        [] if refused.is_empty() => Err(problem(format!(
            "{rule} finds no disk: this machine shows none"
        ))),
        [] => Err(problem(format!(
            "{rule} finds no disk: {}",
            refused.join("; ")
        ))),
        _ => {
            let titles: Vec<String> = taken.iter().map(|d| with_serial(d)).collect();
            let rest = if refused.is_empty() {
                String::new()
            } else {
                format!("; not taken: {}", refused.join("; "))
            };
            let text = format!(
                "{rule} finds {} disks: {}{rest}; say more, such as serial, wwn, model, bus or path, so that one is left",
                titles.len(),
                titles.join(", ")
            );
            Err(problem(text))
        }
    }
}

fn problem(text: String) -> Problem {
    Problem::new("disk.target", text)
}

fn with_serial(disk: &Disk) -> String {
    match &disk.serial {
        Some(serial) => format!("{} serial {serial}", disk.title()),
        None => disk.title(),
    }
}

/// Why a disk is not the target: it can never be one, or a rule does not match.
fn why_not(disk: &Disk, medium: Option<&str>, rule: &DiskRule) -> Option<String> {
    if medium == Some(disk.name.as_str()) {
        return Some("the installation medium".into());
    }
    if let Some(reason) = &disk.unfit {
        return Some(reason.text().to_string());
    }
    let links = || {
        disk.links
            .iter()
            .map(String::as_str)
            .chain([disk.path.as_str()])
    };
    if let Some(wish) = &rule.path
        && !links().any(|path| wish.matches(path))
    {
        return Some(format!("path is not \"{wish}\""));
    }
    let strings = [
        ("serial", &rule.serial, &disk.serial),
        ("wwn", &rule.wwn, &disk.wwn),
        ("model", &rule.model, &disk.model),
    ];
    strings
        .into_iter()
        .find_map(|(name, wish, has)| differs(name, wish.as_ref(), has.as_deref()))
        .or_else(|| match (rule.bus, rule.min_size, rule.max_size) {
            (Some(bus), _, _) if disk.bus != Some(bus) => {
                Some(format!("bus is not {}", bus_name(bus)))
            }
            (_, Some(min), _) if disk.size < min.0 => Some(format!("smaller than min-size {min}")),
            (_, _, Some(max)) if disk.size > max.0 => Some(format!("larger than max-size {max}")),
            _ => None,
        })
}

fn differs(name: &str, wish: Option<&Pattern>, has: Option<&str>) -> Option<String> {
    let wish = wish?;
    match has {
        Some(value) if wish.matches(value) => None,
        Some(value) => Some(format!("{name} is \"{value}\", not \"{wish}\"")),
        None => Some(format!("has no {name}")),
    }
}

fn bus_name(bus: firn_config::Bus) -> String {
    format!("{bus:?}").to_lowercase()
}

/// The rule as the answer file writes it.
fn describe(rule: &DiskRule) -> String {
    let text = |name: &str, value: Option<String>| value.map(|v| format!("{name} = \"{v}\""));
    let parts: Vec<String> = [
        text("path", rule.path.as_ref().map(ToString::to_string)),
        text("serial", rule.serial.as_ref().map(ToString::to_string)),
        text("wwn", rule.wwn.as_ref().map(ToString::to_string)),
        text("model", rule.model.as_ref().map(ToString::to_string)),
        text("bus", rule.bus.map(bus_name)),
        rule.min_size.map(|s| format!("min-size = {s}")),
        rule.max_size.map(|s| format!("max-size = {s}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "no rule for disk.target".into()
    } else {
        format!("target {{ {} }}", parts.join(", "))
    }
}

fn judge_size(disk: &Disk, skip: bool) -> Option<Problem> {
    let least = if skip { HARD_MIN_DISK } else { MIN_DISK };
    (disk.size < least).then(|| {
        let text = format!(
            "{} is too small: Firn needs at least {}; choose a larger disk",
            disk.title(),
            Size(least)
        );
        Problem::new("disk-size", text)
    })
}

/// What is on the disk never helps to choose it, it can only stop the installation.
fn judge_contents(disk: &Disk, wipe: &Wipe) -> Option<Problem> {
    let title = disk.title();
    let text = match (wipe, &disk.firn) {
        (Wipe::Host(id), Some(firn)) if firn.short_id() == id => return None,
        (Wipe::Host(id), Some(firn)) => format!(
            "wipe = \"{id}\" allows only the disk of that host, but {title} holds the installed Firn \"{}\" with the id {}",
            firn.name,
            firn.short_id()
        ),
        (_, Some(firn)) => format!(
            "{title} holds the installed Firn \"{}\", which wipe = \"{}\" does not allow to destroy; wipe = \"{}\" would",
            firn.name,
            wipe_name(wipe),
            firn.short_id()
        ),
        (Wipe::Any, None) => return None,
        (_, None) if disk.contents.is_empty() => return None,
        (Wipe::Empty, None) => {
            let holds = disk.holds().join(", ");
            format!(
                "{title} is not empty, as wipe = \"empty\" wants it: it holds {holds}; wipe = \"any\" would destroy that"
            )
        }
        (Wipe::Host(id), None) => {
            let holds = disk.holds().join(", ");
            format!("wipe = \"{id}\" allows only the disk of that host, but {title} holds {holds}")
        }
    };
    Some(Problem::new("disk.wipe", text))
}

fn wipe_name(wipe: &Wipe) -> &str {
    match wipe {
        Wipe::Empty => "empty",
        Wipe::Any => "any",
        Wipe::Host(id) => id,
    }
}
