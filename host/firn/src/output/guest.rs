//! Guests: the list, and the page about one.

use super::figures::{age, disk, memory, moment};
use super::table::{BAD, Cell, GOOD, HEAD, ODD, table, with_heads};
use super::word;
use anstyle::Style;
use firn_api::{Autostart, Disk, Found, Guest, State, Virtualization};
use firn_words::{Language, Text, say, visible};
use jiff::tz::TimeZone;
use std::net::IpAddr;

/// The list of guests, by their names.
pub fn list(guests: &[Guest], language: Language) -> String {
    let mut guests: Vec<&Guest> = guests.iter().collect();
    guests.sort_by_cached_key(|guest| firn_words::folded(&guest.name));
    let heads = [
        say!("command-head-name"),
        say!("command-head-state"),
        say!("command-head-cpus"),
        say!("command-head-memory"),
        say!("command-head-disks"),
        say!("command-head-address"),
        say!("command-head-id"),
    ];
    let row = |guest: &&Guest| {
        vec![
            Cell::from(&guest.name),
            Cell::from(state(guest.state).in_language(language)).styled(style(guest.state)),
            Cell::number(guest.cpus.to_string()),
            Cell::number(memory(guest.memory).in_language(language)),
            Cell::number(
                disk(guest.disks.iter().map(|disk| disk.size).sum()).in_language(language),
            ),
            Cell::from(addresses_in_short(guest)),
            Cell::from(&guest.id),
        ]
    };
    let heads = heads.map(|head| head.in_language(language)).to_vec();
    with_heads(heads, guests.iter().map(row).collect())
}

/// A page about one guest.
pub fn page(guest: &Guest, doing: Option<&Text>, zone: &TimeZone, language: Language) -> String {
    let state = vec![state_line(guest, zone)];
    let why = guest.why.iter().map(|why| why.told(language).into());
    let task = guest.task.iter().map(|id| task(id, doing));
    let pending = (!guest.pending.is_empty()).then(|| guest.pending.join(", ").into());
    let notes = guest.notes.lines().map(Text::from);
    let parts: [(Text, Vec<Text>); 14] = [
        (say!("command-label-state"), state),
        (say!("command-label-why"), why.collect()),
        (say!("command-label-task"), task.collect()),
        (say!("command-label-addresses"), addresses(guest, language)),
        (say!("command-label-cpus"), vec![cpus(guest)]),
        (say!("command-label-memory"), vec![memory_line(guest)]),
        (say!("command-label-pending"), pending.into_iter().collect()),
        (
            say!("command-label-disks"),
            guest.disks.iter().map(disk_line).collect(),
        ),
        (say!("command-label-nics"), nics(guest)),
        (say!("command-label-template"), vec![template(guest)]),
        (
            say!("command-label-autostart"),
            vec![autostart(guest.autostart)],
        ),
        (say!("command-label-protected"), protected(guest)),
        (
            say!("command-label-created"),
            vec![moment(&guest.created, zone).into()],
        ),
        (say!("command-label-notes"), notes.collect()),
    ];
    let rows = parts
        .iter()
        .flat_map(|(label, lines)| rows(label, lines, language));
    let rows: Vec<_> = rows.collect();
    let name = visible(&guest.name);
    format!("{HEAD}{name}{HEAD:#}  id:{}\n\n{}", guest.id, table(&rows))
}

/// A label and its lines; nothing where there is no line.
pub fn rows(label: &Text, lines: &[Text], language: Language) -> Vec<Vec<Cell>> {
    let row = |(number, line): (usize, &Text)| {
        let label = match number {
            0 => Cell::from(label.in_language(language)).styled(HEAD),
            _ => Cell::from(""),
        };
        vec![Cell::from(""), label, line.in_language(language).into()]
    };
    lines.iter().enumerate().map(row).collect()
}

/// The address that is best to reach a guest: no link-local one, rather IPv4.
pub fn best_address(guest: &Guest) -> Option<&Found> {
    guest.addresses.iter().min_by_key(|found| rank(found))
}

fn rank(found: &Found) -> u8 {
    match found.address.parse() {
        Ok(IpAddr::V4(ip)) if !ip.is_link_local() => 0,
        Ok(IpAddr::V6(ip)) if !ip.is_unicast_link_local() => 1,
        Ok(IpAddr::V4(_)) => 2,
        _ => 3,
    }
}

fn addresses_in_short(guest: &Guest) -> String {
    match (best_address(guest), guest.addresses.len()) {
        (None, _) => "-".into(),
        (Some(best), 1) => best.address.clone(),
        (Some(best), many) => format!("{} +{}", best.address, many - 1),
    }
}

/// A state in a word.
pub fn state(state: State) -> Text {
    match state {
        State::Running => say!("command-state-running"),
        State::Stopped => say!("command-state-stopped"),
        State::Suspended => say!("command-state-suspended"),
        State::Paused => say!("command-state-paused"),
        State::Crashed => say!("command-state-crashed"),
        State::Unknown => say!("command-state-unknown"),
    }
}

fn style(state: State) -> Style {
    match state {
        State::Running => GOOD,
        State::Stopped => Style::new(),
        State::Suspended | State::Paused => ODD,
        State::Crashed | State::Unknown => BAD,
    }
}

fn state_line(guest: &Guest, zone: &TimeZone) -> Text {
    let state = state(guest.state);
    match &guest.started {
        Some(since) => say!(
            "command-state-since",
            state = state,
            since = moment(since, zone)
        ),
        None => state,
    }
}

fn task(id: &str, doing: Option<&Text>) -> Text {
    match doing {
        Some(doing) => say!("command-task-doing", id = id, doing = doing),
        None => id.into(),
    }
}

fn addresses(guest: &Guest, language: Language) -> Vec<Text> {
    if !guest.addresses.is_empty() {
        return guest.addresses.iter().map(address).collect();
    }
    let reason = guest.no_address.as_ref();
    let reason = reason.map(|reason| Text::from(reason.told(language)));
    vec![reason.map_or(say!("command-none"), |reason| {
        say!("command-none-why", reason = reason)
    })]
}

fn address(found: &Found) -> Text {
    let (address, nic, age) = (&found.address, found.nic, age(found.age));
    let source = match found.source.as_str() {
        "neighbour" => say!("command-source-neighbour", age = age),
        "agent" => say!("command-source-agent", age = age),
        "fixed" => say!("command-source-fixed"),
        other => other.into(),
    };
    say!(
        "command-address",
        address = address,
        nic = nic.to_string(),
        source = source
    )
}

fn cpus(guest: &Guest) -> Text {
    if guest.cpus_max > guest.cpus {
        return say!(
            "command-up-to",
            now = guest.cpus.to_string(),
            most = guest.cpus_max.to_string()
        );
    }
    guest.cpus.to_string().into()
}

fn memory_line(guest: &Guest) -> Text {
    if guest.memory_max > guest.memory {
        return say!(
            "command-up-to",
            now = memory(guest.memory),
            most = memory(guest.memory_max)
        );
    }
    memory(guest.memory)
}

fn disk_line(found: &Disk) -> Text {
    let (target, size, store) = (&found.target, disk(found.size), &found.store);
    match found.used {
        Some(used) => {
            let used = disk(used);
            say!(
                "command-disk-used",
                target = target,
                size = size,
                store = store,
                used = used
            )
        }
        None => say!("command-disk", target = target, size = size, store = store),
    }
}

fn nics(guest: &Guest) -> Vec<Text> {
    let nic = |(number, nic): (usize, &firn_api::Nic)| {
        let (network, mac) = (&nic.network, &nic.mac);
        say!(
            "command-nic",
            number = number.to_string(),
            network = network,
            mac = mac
        )
    };
    guest.nics.iter().enumerate().map(nic).collect()
}

fn template(guest: &Guest) -> Text {
    let kind = match guest.virtualization {
        Virtualization::Pvh => "PVH",
        Virtualization::Hvm => "HVM",
    };
    format!("{} ({kind})", guest.template).into()
}

fn autostart(autostart: Autostart) -> Text {
    if !autostart.enabled {
        return say!("command-no");
    }
    let (order, delay) = (autostart.order.to_string(), u64::from(autostart.delay));
    if delay == 0 {
        return say!("command-autostart", order = order);
    }
    say!("command-autostart-delay", order = order, delay = age(delay))
}

fn protected(guest: &Guest) -> Vec<Text> {
    let lines = guest
        .protected
        .then(|| say!("command-protected", word = word(&guest.name).as_ref()));
    lines.into_iter().collect()
}

#[cfg(test)]
#[path = "guest_tests.rs"]
mod tests;
