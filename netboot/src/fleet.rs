//! All machines, and what events make of them. Pure: the time comes with the event.

use crate::architecture::Architecture;
use crate::event::{Event, Names, Outcome, Report, What};
use crate::mac::Mac;
use crate::machine::{Machine, Stage};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Fleet {
    machines: BTreeMap<Mac, Machine>,
    /// Whose installation somebody allowed.
    approved: BTreeSet<Mac>,
}

impl Fleet {
    /// All rows, those seen first above.
    pub fn rows(&self) -> Vec<&Machine> {
        let mut rows: Vec<&Machine> = self.machines.values().collect();
        rows.sort_by_key(|machine| (machine.first, machine.mac));
        rows
    }

    /// The machine that was last heard from at this address.
    pub fn at(&self, address: IpAddr) -> Option<Mac> {
        let there = |machine: &&Machine| machine.address == Some(address);
        let last = self.machines.values().filter(there).max_by_key(|m| m.since);
        last.map(|machine| machine.mac)
    }

    /// Whether somebody allowed this machine's installation.
    pub fn is_approved(&self, mac: Mac) -> bool {
        self.approved.contains(&mac)
    }

    /// The machines that wait for somebody, in the table's order.
    pub fn waiting(&self) -> Vec<Mac> {
        let rows = self.rows().into_iter();
        let waiting = rows.filter(|machine| machine.stage == Stage::Waiting);
        waiting.map(|machine| machine.mac).collect()
    }

    /// Takes an event in; whether the table shows something else then.
    pub fn apply(&mut self, event: &Event, now: Timestamp) -> bool {
        match event {
            Event::Dhcp { mac, address, .. } => self.seen(*mac, *address, now),
            Event::Kind { mac, architecture } => self.kind(*mac, *architecture, now),
            Event::Script {
                mac,
                address,
                names,
                disk,
            } => {
                self.named(*mac, Some(*address), names, now);
                self.approved.remove(mac);
                let stage = if *disk { Stage::Disk } else { Stage::Asked };
                self.enter(*mac, stage, now)
            }
            Event::Fetch { mac, .. } => self.loads(*mac, Stage::Loading(None), now),
            Event::Fetched { mac, percent: 100 } => self.loads(*mac, Stage::Probing, now),
            Event::Fetched { mac, percent } => {
                self.loads(*mac, Stage::Loading(Some(*percent)), now)
            }
            Event::Answers {
                mac,
                address,
                names,
                outcome,
                problems,
                ..
            } => {
                self.named(*mac, Some(*address), names, now);
                self.enter(*mac, after_answers(*outcome, problems), now)
            }
            Event::Approved { mac } => {
                self.approved.insert(*mac);
                self.enter(*mac, Stage::Probing, now)
            }
            Event::Again { mac } => {
                self.approved.remove(mac);
                self.enter(*mac, Stage::Asked, now)
            }
            Event::TokenGiven { .. } | Event::TokenTaken { .. } | Event::Unreadable { .. } => false,
            Event::Report(report) => self.reported(report, now),
        }
    }

    fn machine(&mut self, mac: Mac, now: Timestamp) -> &mut Machine {
        let new = || Machine::new(mac, now);
        self.machines.entry(mac).or_insert_with(new)
    }

    fn enter(&mut self, mac: Mac, stage: Stage, now: Timestamp) -> bool {
        self.machine(mac, now).enter(stage, now)
    }

    /// DHCP tells nothing about the stage: a running system renews its lease, too.
    fn seen(&mut self, mac: Mac, address: Option<IpAddr>, now: Timestamp) -> bool {
        let new = !self.machines.contains_key(&mac);
        let machine = self.machine(mac, now);
        let moved = address.is_some() && machine.address != address;
        machine.address = address.or(machine.address);
        new || moved
    }

    /// Only firmware and loaders say their kind, so that a machine which cannot be started is not on its way, whatever it was before.
    fn kind(&mut self, mac: Mac, kind: Architecture, now: Timestamp) -> bool {
        let machine = self.machine(mac, now);
        match (kind.refusal(), &machine.stage) {
            (Some(_), _) => machine.enter(Stage::Unsupported(kind), now),
            // Somebody has changed its firmware's settings.
            (None, Stage::Unsupported(_)) => machine.enter(Stage::Asked, now),
            (None, _) => false,
        }
    }

    fn named(&mut self, mac: Mac, address: Option<IpAddr>, names: &Names, now: Timestamp) {
        let machine = self.machine(mac, now);
        machine.address = address.or(machine.address);
        let fill = |old: &mut Option<String>, new: &Option<String>| {
            if let Some(new) = new.as_ref().filter(|text| !text.is_empty()) {
                *old = Some(new.clone());
            }
        };
        fill(&mut machine.uuid, &names.uuid);
        fill(&mut machine.serial, &names.serial);
        fill(&mut machine.model, &names.product);
    }

    /// Files that come after the answers, or from a machine that is done, change nothing.
    fn loads(&mut self, mac: Mac, stage: Stage, now: Timestamp) -> bool {
        let machine = self.machine(mac, now);
        let known = matches!(machine.stage, Stage::Loading(Some(_)));
        let early = matches!(
            machine.stage,
            Stage::Asked | Stage::Loading(_) | Stage::Failed(_)
        );
        early && !(known && stage == Stage::Loading(None)) && machine.enter(stage, now)
    }

    /// What is reported comes after the answers, so that the approval is used up. (Where the scripts are another server's, this is the only
    /// sign of it; a machine that has not reported yet may still ask for its answers once more.)
    fn reported(&mut self, report: &Report, now: Timestamp) -> bool {
        self.approved.remove(&report.mac);
        self.named(report.mac, None, &report.names, now);
        let machine = self.machine(report.mac, now);
        machine.hostname = report.hostname.clone().or(machine.hostname.take());
        let known = match machine.stage {
            Stage::Installing(percent) => percent,
            _ => 0,
        };
        let percent = report.percent.unwrap_or(known).min(100);
        let stage = match report.what {
            What::Started | What::Progress => Stage::Installing(percent),
            What::Succeeded => Stage::Done,
            What::Failed | What::Refused => Stage::Failed(reason(report)),
        };
        machine.enter(stage, now)
    }
}

fn after_answers(outcome: Outcome, problems: &[String]) -> Stage {
    match outcome {
        Outcome::Given => Stage::Probing,
        Outcome::Waiting => Stage::Waiting,
        Outcome::None => Stage::Wizard,
        Outcome::Bad => Stage::Failed(format!("its answers: {}", first_of(problems))),
    }
}

/// The failed step and the first problem: the machine's own log has the rest.
fn reason(report: &Report) -> String {
    match (&report.failed_step, report.problems.as_slice()) {
        (Some(step), []) => step.clone(),
        (Some(step), problems) => format!("{step}: {}", first_of(problems)),
        (None, []) => "no reason was given".into(),
        (None, problems) => first_of(problems),
    }
}

fn first_of(problems: &[String]) -> String {
    match problems {
        [] => String::new(),
        [one] => one.clone(),
        [first, more @ ..] => format!("{first} (and {} more)", more.len()),
    }
}

#[cfg(test)]
mod tests;
