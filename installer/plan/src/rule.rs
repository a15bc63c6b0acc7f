//! Which disks a rule leaves. Everything that is given must match, and what a disk does not say never matches.

use super::against::{self, Never};
use super::by_chance;
use super::same::same;
use firn_config::{Bus, DiskRule, Pattern, Problem, Size};
use firn_machine::{Disk, Machine, Unfit};
use firn_words::{Text, say};

/// Where a rule stands, for sentences.
#[derive(Clone, Copy)]
pub struct Place {
    /// Its key: "disk.target".
    pub key: &'static str,
    /// The key as the sentences write it before the rule: "disk.target =".
    pub before: &'static str,
}

/// The one disk that a rule leaves. Two paths to one disk count as one: the first is taken.
///
/// # Errors
/// None or several; the sentence lists every disk with the reason why it was not taken.
pub fn match_one<'a>(
    machine: &'a Machine,
    rule: &DiskRule,
    place: Place,
) -> Result<&'a Disk, Problem> {
    let mut taken: Vec<&Disk> = Vec::new();
    let mut refused = Vec::new();
    let mut paths = 0;
    for disk in &machine.disks {
        let first = !taken.iter().any(|taken| same(taken, disk));
        match why_not(machine, disk, rule) {
            None if first => taken.push(disk),
            None => paths += 1,
            Some(reason) => {
                paths += usize::from(matches!(disk.unfit, Some(Unfit::MultipathMember(_))));
                refused.push(reason);
            }
        }
    }
    // A CD drive is listed with its reason, but nobody counts it among the disks.
    let drives = machine.disks.iter().filter(|d| d.name.starts_with("sr"));
    let count = (machine.disks.len() - paths).saturating_sub(drives.count());
    let reasons = Text::join(refused.iter().cloned(), "; ");
    let text = match (&taken[..], describe(rule)) {
        ([one], _) => {
            let against = by_chance::judge(one, rule, place);
            return against.map_or(Ok(*one), Err);
        }
        ([], _) if machine.disks.is_empty() => match &machine.unlisted {
            Some(reason) => say!("plan-unlisted", reason = reason),
            None => say!("plan-no-disk"),
        },
        ([], None) => say!("plan-disk-none-fit", count = count, reasons = reasons),
        ([], Some(rule)) => {
            let rule = format!("{} {rule}", place.before);
            say!(
                "plan-disk-none",
                rule = rule,
                count = count,
                reasons = reasons
            )
        }
        (several, rule) => {
            let rest = match refused.is_empty() {
                true => Text::default(),
                false => say!("plan-disk-rest", reasons = reasons),
            };
            let disks = Text::join(several.iter().map(|d| told_apart(d, several)), ", ");
            several_left(several.len(), count, rule, place, disks, rest)
        }
    };
    Err(Problem::new(place.key, text))
}

fn several_left(
    found: usize,
    count: usize,
    rule: Option<String>,
    place: Place,
    disks: Text,
    rest: Text,
) -> Text {
    let Some(rule) = rule else {
        return say!(
            "plan-disk-several-no-rule",
            found = found,
            count = count,
            disks = disks,
            rest = rest
        );
    };
    say!(
        "plan-disk-several",
        rule = format!("{} {rule}", place.before),
        found = found,
        count = count,
        disks = disks,
        rest = rest
    )
}

/// The disk with what names it and none of the others: its serial number; where they share that, as namespaces of one NVMe controller do,
/// its world wide name; else where it is attached.
fn told_apart(disk: &Disk, among: &[&Disk]) -> Text {
    let alone = |property: fn(&Disk) -> Option<&str>| {
        let own = property(disk)?;
        let same = among.iter().filter(|d| property(d) == Some(own)).count();
        (same == 1).then_some(own)
    };
    if let Some(serial) = alone(Disk::real_serial) {
        return say!("plan-disk-serial", disk = disk.title(), serial = serial);
    }
    if let Some(wwn) = alone(Disk::real_wwn) {
        return say!("plan-disk-wwn", disk = disk.title(), wwn = wwn);
    }
    match disk.place() {
        Some(path) => say!("plan-disk-place", disk = disk.title(), path = path),
        None => disk.title(),
    }
}

/// Why a disk is not taken: it can never be, or the rule does not match.
pub fn why_not(machine: &Machine, disk: &Disk, rule: &DiskRule) -> Option<Text> {
    never(machine, disk).or_else(|| differs(disk, rule))
}

/// Why a disk can never be written.
pub fn never(machine: &Machine, disk: &Disk) -> Option<Text> {
    let title = disk.title();
    let never = against::never(machine, disk)?;
    let reason = never.text();
    Some(match never {
        Never::Medium => say!("plan-not-medium", disk = title),
        Never::Unfit(_) => say!("plan-not-unfit", disk = title, reason = reason),
        Never::Path(other, _) => say!(
            "plan-not-path-to",
            disk = title,
            other = &other.path,
            reason = reason
        ),
    })
}

/// The first property that is not as the rule asks.
fn differs(disk: &Disk, rule: &DiskRule) -> Option<Text> {
    let links = disk.links.iter().map(String::as_str);
    if let Some(wish) = &rule.path
        && !links
            .chain([disk.path.as_str()])
            .any(|path| wish.matches(path))
    {
        let wish = quoted(wish);
        return Some(say!("plan-not-path", disk = disk.title(), wish = wish));
    }
    let strings = [
        ("serial", &rule.serial, &disk.serial),
        ("wwn", &rule.wwn, &disk.wwn),
        ("model", &rule.model, &disk.model),
    ];
    strings
        .into_iter()
        .find_map(|(name, wish, has)| text_differs(disk, name, wish.as_ref(), has.as_deref()))
        .or_else(|| bus_differs(disk, rule.bus))
        .or_else(|| size_differs(disk, rule))
}

fn text_differs(
    disk: &Disk,
    property: &str,
    wish: Option<&Pattern>,
    has: Option<&str>,
) -> Option<Text> {
    let wish = wish?;
    match has.filter(|value| !value.trim().is_empty()) {
        Some(value) if wish.matches(value) => None,
        Some(value) => Some(say!(
            "plan-not-text",
            disk = disk.title(),
            property = property,
            has = format!("{value:?}"),
            wish = quoted(wish)
        )),
        None => Some(say!(
            "plan-not-there",
            disk = disk.title(),
            property = property,
            wish = quoted(wish)
        )),
    }
}

fn bus_differs(disk: &Disk, wish: Option<Bus>) -> Option<Text> {
    let wish = wish.filter(|wish| disk.bus != Some(*wish))?;
    let text = match disk.bus {
        Some(bus) => say!(
            "plan-not-text",
            disk = disk.title(),
            property = "bus",
            has = format!("{:?}", bus.word()),
            wish = format!("{:?}", wish.word())
        ),
        None => say!(
            "plan-not-there",
            disk = disk.title(),
            property = "bus",
            wish = format!("{:?}", wish.word())
        ),
    };
    Some(text)
}

fn size_differs(disk: &Disk, rule: &DiskRule) -> Option<Text> {
    if let Some(least) = rule.min_size.filter(|least| disk.size < least.0) {
        let (size, asked) = apart(disk.size, least);
        return Some(say!(
            "plan-too-small",
            disk = &disk.path,
            size = size,
            asked = asked
        ));
    }
    let most = rule.max_size.filter(|most| disk.size > most.0)?;
    let (size, asked) = apart(disk.size, most);
    Some(say!(
        "plan-too-large",
        disk = &disk.path,
        size = size,
        asked = asked
    ))
}

/// Two sizes, in bytes where rounding would make them look the same.
fn apart(size: u64, asked: Size) -> (Text, Text) {
    let (short, asked_short) = (Size(size).text(), asked.text());
    if short != asked_short {
        return (short, asked_short);
    }
    let bytes = |bytes: u64| say!("plan-bytes", bytes = bytes.to_string());
    (bytes(size), bytes(asked.0))
}

fn quoted(wish: &Pattern) -> String {
    format!("{:?}", wish.0)
}

/// The rule as the answer file writes it; nothing for an empty one.
pub fn describe(rule: &DiskRule) -> Option<String> {
    let text = |name: &str, value: Option<String>| value.map(|v| format!("{name} = {v:?}"));
    let pattern = |value: &Option<Pattern>| value.as_ref().map(ToString::to_string);
    let parts: Vec<String> = [
        text("path", pattern(&rule.path)),
        text("serial", pattern(&rule.serial)),
        text("wwn", pattern(&rule.wwn)),
        text("model", pattern(&rule.model)),
        text("bus", rule.bus.map(|bus| bus.word().to_owned())),
        text("min-size", rule.min_size.map(Size::to_answer)),
        text("max-size", rule.max_size.map(Size::to_answer)),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", ")))
}
