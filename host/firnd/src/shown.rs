//! Guests as the API shows them: what is defined, and what the engine says.

use crate::neighbours::Neighbours;
use firn_api::{Disk, Found, Guest, Nic, Problem, State, Virtualization};
use firn_engine::{Domain, Engine, Reason};
use firn_guests::{Definition, Machine, Role, volume};
use firn_words::{Text, say};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is known besides the definition.
pub struct Knowledge<'a> {
    /// The domains, by the guests' ids; why they are not known.
    pub domains: Result<BTreeMap<String, Domain>, Text>,
    /// Bytes that each volume takes, by store and volume.
    pub used: BTreeMap<(String, String), u64>,
    /// Who says what on the bridge.
    pub neighbours: &'a Neighbours,
    /// Why guests do not run that nobody here has stopped.
    pub vanished: BTreeMap<String, Text>,
    /// What agents report.
    pub engine: &'a dyn Engine,
}

/// A guest, and the task that works on it.
pub fn guest(definition: &Definition, knowledge: &Knowledge<'_>, task: Option<String>) -> Guest {
    let id = definition.id.as_str();
    let domain = knowledge.domains.as_ref().ok().and_then(|all| all.get(id));
    let (state, why) = state(domain, knowledge.domains.as_ref().err());
    let why = why.or_else(|| {
        knowledge
            .vanished
            .get(id)
            .filter(|_| state == State::Stopped)
            .cloned()
    });
    let addresses = addresses(definition, knowledge, state);
    let no_address = addresses.is_empty().then(|| no_address(definition, state));
    Guest {
        id: id.to_owned(),
        name: definition.name.clone(),
        state,
        why: why.map(|text| Problem::new(&text, None)),
        template: definition.template.clone(),
        virtualization: virtualization(&definition.machine),
        cpus: domain.map_or(definition.cpus, |domain| domain.cpus),
        cpus_max: definition.cpus_max,
        memory: definition.memory,
        memory_max: definition.memory_max,
        no_address: no_address.map(|text| Problem::new(&text, None)),
        addresses,
        disks: disks(definition, knowledge),
        nics: definition.nics.iter().map(nic).collect(),
        autostart: firn_api::Autostart {
            enabled: definition.autostart.enabled,
            order: definition.autostart.order,
            delay: definition.autostart.delay,
        },
        protected: definition.protected,
        notes: definition.notes.clone(),
        created: definition.created.clone(),
        started: None,
        pending: definition.pending.clone(),
        task,
        revision: revision(definition),
    }
}

/// Changes whenever the definition does.
pub fn revision(definition: &Definition) -> u64 {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(definition)
        .unwrap_or_default()
        .hash(&mut hasher);
    // So that every client can hold it: JavaScript's numbers have 53 bits.
    hasher.finish() >> 11
}

fn state(domain: Option<&Domain>, unknown: Option<&Text>) -> (State, Option<Text>) {
    use firn_engine::State::{Building, Dying, Ended, Paused, Running};
    if let Some(why) = unknown {
        return (State::Unknown, Some(why.clone()));
    }
    match domain.map(|domain| domain.state) {
        None => (State::Stopped, None),
        Some(Running) => (State::Running, None),
        Some(Building) => (State::Running, Some(say!("firnd-building"))),
        Some(Paused) => (State::Paused, None),
        Some(Ended(Reason::Crash | Reason::Watchdog | Reason::Unknown)) => {
            (State::Crashed, Some(say!("firnd-crashed")))
        }
        Some(Ended(Reason::Reboot | Reason::SoftReset)) => {
            (State::Running, Some(say!("firnd-restarting")))
        }
        Some(Ended(_) | Dying) => (State::Stopped, Some(say!("firnd-ending"))),
    }
}

fn virtualization(machine: &Machine) -> Virtualization {
    match machine {
        Machine::Pvh | Machine::Kernel { .. } => Virtualization::Pvh,
        Machine::Hvm { .. } => Virtualization::Hvm,
    }
}

fn disks(definition: &Definition, knowledge: &Knowledge<'_>) -> Vec<Disk> {
    let shown = definition
        .disks
        .iter()
        .filter(|disk| disk.role != Role::Seed);
    shown
        .map(|disk| {
            let volume = volume(&definition.id, disk.number);
            let used = knowledge.used.get(&(disk.store.clone(), volume.clone()));
            Disk {
                target: disk.target.clone(),
                store: disk.store.clone(),
                volume,
                size: disk.size,
                used: used.copied(),
            }
        })
        .collect()
}

fn nic(nic: &firn_guests::Nic) -> Nic {
    Nic {
        network: nic.network.clone(),
        mac: nic.mac.clone(),
    }
}

/// What an agent reports comes first: it knows. Addresses that a host gives itself on every link are of no use to people.
fn addresses(definition: &Definition, knowledge: &Knowledge<'_>, state: State) -> Vec<Found> {
    if !matches!(state, State::Running | State::Paused) {
        return Vec::new();
    }
    let reported = knowledge.engine.addresses(definition.id.as_str());
    let mut found: Vec<Found> = reported
        .into_iter()
        .map(|reported| Found {
            address: reported.address.to_string(),
            nic: reported.nic,
            source: "agent".into(),
            age: 0,
        })
        .collect();
    for (number, nic) in (0..).zip(&definition.nics) {
        let seen = knowledge.neighbours.of(&nic.mac).into_iter();
        let seen = seen.filter(|(address, _)| !is_link_local(*address));
        for (address, age) in seen {
            let address = address.to_string();
            if found.iter().all(|known| known.address != address) {
                found.push(Found {
                    address,
                    nic: number,
                    source: "neighbour".into(),
                    age,
                });
            }
        }
    }
    found
}

fn is_link_local(address: std::net::IpAddr) -> bool {
    match address {
        std::net::IpAddr::V4(address) => address.is_link_local(),
        std::net::IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

fn no_address(definition: &Definition, state: State) -> Text {
    match state {
        State::Running | State::Paused if definition.nics.is_empty() => say!("firnd-no-nic"),
        State::Running | State::Paused => say!("firnd-no-address-yet"),
        State::Unknown => say!("firnd-state-unknown"),
        State::Stopped | State::Suspended | State::Crashed => say!("firnd-not-running"),
    }
}
