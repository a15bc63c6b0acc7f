//! From a request to a plan, or to everything that is wrong with it.

mod check;
mod create;
mod disks;
mod life;
mod memory;
mod nics;
mod set;
mod trash;

pub use memory::needed;

use crate::definition::{Definition, Disk, trashed, volume};
use crate::{Book, Id, Networks, Operation, Plan, Problem, Step};
use firn_engine::{Domain, Host, State};
use firn_stores::Facts;
use firn_words::say;
use std::collections::BTreeMap;

/// What plans are made on: the host as it is.
pub struct Ground<'a> {
    /// All definitions.
    pub book: &'a Book,
    /// The machine.
    pub host: &'a Host,
    /// What runs.
    pub domains: &'a [Domain],
    /// The stores, and how full they are.
    pub stores: &'a BTreeMap<String, Facts>,
    /// The store for disks that name none.
    pub default_store: &'a str,
    /// The networks.
    pub networks: &'a Networks,
    /// Bytes of memory that starts which have been admitted will still take.
    pub reserved: u64,
    /// The time, RFC 3339.
    pub now: &'a str,
}

/// A plan, or all that is wrong.
pub type Planned = Result<Plan, Vec<Problem>>;

/// What a guest does, as far as plans care.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Life {
    /// It has no domain.
    Off,
    /// Its domain has ended and is still there.
    Ended,
    On,
    Paused,
}

impl Ground<'_> {
    fn life(&self, guest: &Definition) -> Life {
        let domain = self.domain(&guest.id);
        match domain.map(|domain| domain.state) {
            None => Life::Off,
            Some(State::Ended(_) | State::Dying) => Life::Ended,
            Some(State::Paused) => Life::Paused,
            Some(State::Running | State::Building) => Life::On,
        }
    }

    fn domain(&self, guest: &Id) -> Option<&Domain> {
        self.domains
            .iter()
            .find(|domain| domain.name == guest.as_str())
    }

    /// What a task that has not come to an end forbids.
    fn unfinished(&self, guest: &Definition) -> Option<Problem> {
        let journal = self.book.unfinished(&guest.id)?;
        let task = journal.task.id.as_str();
        Some(Problem::conflict(say!(
            "guests-unfinished",
            name = &guest.name,
            task = task
        )))
    }

    /// Whether the guest is there and runs, so that a change reaches it; what is wrong where it cannot be reached.
    fn reached(&self, guest: &Definition) -> (bool, Vec<Problem>) {
        let mut problems: Vec<Problem> = self.unfinished(guest).into_iter().collect();
        let life = self.life(guest);
        if life == Life::Paused {
            problems.push(Problem::conflict(say!("guests-paused", name = &guest.name)));
        }
        (life == Life::On, problems)
    }
}

/// The plan, where nothing is wrong.
fn planned(
    problems: Vec<Problem>,
    operation: Operation,
    guest: &Definition,
    steps: impl FnOnce() -> Vec<Step>,
) -> Planned {
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Plan {
        operation,
        guest: guest.id.clone(),
        name: guest.name.clone(),
        steps: steps(),
    })
}

/// A definition that takes the place of another.
fn change(before: &Definition, after: Definition) -> Step {
    Step::Define {
        before: Some(Box::new(before.clone())),
        after: Some(Box::new(after)),
    }
}

fn to_trash(guest: &Id, disk: &Disk) -> Step {
    let (from, to) = (volume(guest, disk.number), trashed(guest, disk.number));
    Step::Rename {
        store: disk.store.clone(),
        from,
        to,
    }
}

fn from_trash(guest: &Id, disk: &Disk) -> Step {
    let (from, to) = (trashed(guest, disk.number), volume(guest, disk.number));
    Step::Rename {
        store: disk.store.clone(),
        from,
        to,
    }
}

fn reserve(guest: &Id, disk: &Disk) -> Step {
    let volume = volume(guest, disk.number);
    Step::Reserve {
        store: disk.store.clone(),
        volume,
        size: disk.size,
    }
}

fn settle(guest: &Id, disk: &Disk) -> Step {
    let volume = volume(guest, disk.number);
    Step::Settle {
        store: disk.store.clone(),
        volume,
    }
}
