//! From what was found to a sentence and what to do.

use super::alone::ALONE;
use super::network::Addresses;
use super::{Finding, Outcome, What, ask};
use firn_config::{Ipv4, Ipv6, Network};
use firn_words::{Text, say};
use std::net::IpAddr;
use std::time::Instant;

/// A clock that is off by more than this, in seconds, deserves a word.
const CLOCK: f64 = 60.0;
/// As many servers are tried.
const SERVERS: usize = 4;

fn finding(what: What, outcome: Outcome, text: Text) -> Finding {
    Finding {
        what,
        outcome,
        text,
    }
}

pub fn not_tried(what: What) -> Finding {
    finding(what, Outcome::NotTried, say!("desk-net-not-tried"))
}

/// Those that answer, or those that do not.
fn those(asked: &[(IpAddr, bool)], answering: bool) -> String {
    let asked = asked.iter().filter(|(_, answers)| *answers == answering);
    list(asked.map(|(address, _)| address))
}

fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    items.join(", ")
}

pub fn address(wanted: &Network, found: &Addresses) -> Finding {
    let (outcome, text) = address_text(wanted, found);
    finding(What::Address, outcome, text)
}

fn address_text(wanted: &Network, found: &Addresses) -> (Outcome, Text) {
    if !found.link {
        let text = say!("desk-net-no-link", nics = list(&found.nics));
        return (Outcome::Fails, text);
    }
    if let Some((twice, _)) = found.found.iter().find(|(_, twice)| *twice) {
        let text = say!("desk-net-twice", address = twice.to_string());
        return (Outcome::Fails, text);
    }
    let addresses = list(found.found.iter().map(|(address, _)| address));
    let has = |six: bool| {
        found
            .found
            .iter()
            .any(|(address, _)| address.is_ipv6() == six)
    };
    match (wanted.ipv4, wanted.ipv6) {
        (Ipv4::Off, Ipv6::Off) => (Outcome::Note, say!("desk-net-both-off")),
        (Ipv4::Dhcp, _) if !has(false) => (Outcome::Fails, say!("desk-net-no-dhcp")),
        (_, Ipv6::Auto) if !has(true) && has(false) => (
            Outcome::Works,
            say!("desk-net-only-ipv4", addresses = addresses),
        ),
        (_, Ipv6::Auto) if !has(true) => (Outcome::Fails, say!("desk-net-no-router")),
        _ if found.found.is_empty() => (Outcome::Fails, say!("desk-net-no-address")),
        _ => (
            Outcome::Works,
            say!("desk-net-address", addresses = addresses),
        ),
    }
}

pub fn gateway(found: &[(IpAddr, bool)]) -> Finding {
    let (answering, silent) = (those(found, true), those(found, false));
    let (outcome, text) = match (answering.as_str(), silent.as_str()) {
        ("", "") => (Outcome::Note, say!("desk-net-no-gateway")),
        (_, "") => (
            Outcome::Works,
            say!("desk-net-gateway", gateways = answering),
        ),
        ("", _) => (
            Outcome::Fails,
            say!("desk-net-gateway-silent", gateways = silent),
        ),
        _ => (
            Outcome::Note,
            say!(
                "desk-net-gateway-half",
                gateways = answering,
                silent = silent
            ),
        ),
    };
    finding(What::Gateway, outcome, text)
}

pub fn dns(servers: &[(IpAddr, u32)], end: Instant) -> Finding {
    let mut asked = Vec::new();
    for (server, device) in servers.iter().take(SERVERS) {
        if !ALONE.is_claimed() && Instant::now() < end {
            asked.push((*server, ask::name_server(*server, *device)));
        }
    }
    dns_finding(&asked)
}

pub(super) fn dns_finding(asked: &[(IpAddr, bool)]) -> Finding {
    let (answering, silent) = (those(asked, true), those(asked, false));
    let (outcome, text) = match (answering.as_str(), silent.as_str()) {
        ("", "") => (Outcome::Note, say!("desk-net-no-dns")),
        (_, "") => (Outcome::Works, say!("desk-net-dns", servers = answering)),
        ("", _) => (
            Outcome::Fails,
            say!("desk-net-dns-silent", servers = silent),
        ),
        _ => (
            Outcome::Note,
            say!("desk-net-dns-half", servers = answering, silent = silent),
        ),
    };
    finding(What::Dns, outcome, text)
}

pub fn ntp(servers: &Option<Vec<String>>, end: Instant) -> Finding {
    let Some(servers) = servers else {
        return finding(What::Ntp, Outcome::Note, say!("desk-net-ntp-none"));
    };
    let mut silent = Vec::new();
    for server in servers.iter().take(SERVERS) {
        if ALONE.is_claimed() || Instant::now() >= end {
            break;
        }
        match ask::time_server(server) {
            Ok(offset) => return ntp_answer(server, offset),
            Err(_) => silent.push(server),
        }
    }
    let text = say!("desk-net-ntp-silent", servers = list(silent));
    finding(What::Ntp, Outcome::Fails, text)
}

pub(super) fn ntp_answer(server: &str, offset: f64) -> Finding {
    let off = offset.abs().round();
    let (outcome, text) = if off < CLOCK {
        (Outcome::Works, say!("desk-net-ntp", server = server))
    } else {
        let minutes = (off / 60.0).ceil() as u64;
        (
            Outcome::Works,
            say!("desk-net-ntp-clock", server = server, minutes = minutes),
        )
    };
    finding(What::Ntp, outcome, text)
}
