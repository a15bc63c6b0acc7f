//! Changing what a guest is.

use super::check::check_notes;
use super::{Ground, Life, Planned, change, planned};
use crate::definition::Definition;
use crate::request::Set;
use crate::{Operation, Problem, Step};

impl Ground<'_> {
    /// The plan of a change. What a running guest cannot take over is in the new definition's `pending`.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn set(&self, guest: &Definition, wanted: &Set) -> Planned {
        let mut problems = self.check_set(guest, wanted);
        let mut after = guest.clone();
        plain(&mut after, wanted);
        let mut steps = Vec::new();
        if let Some(memory) = wanted.memory {
            let step = self.set_memory(guest, &mut after, memory);
            if let Some(Step::Memory { from, to }) = step {
                problems.extend(self.room(&guest.name, to.saturating_sub(from)));
            }
            steps.extend(step);
        }
        steps.extend(
            wanted
                .cpus
                .and_then(|cpus| self.set_cpus(guest, &mut after, cpus)),
        );
        steps.push(change(guest, after));
        planned(problems, Operation::Set, guest, || steps)
    }

    fn check_set(&self, guest: &Definition, wanted: &Set) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.unfinished(guest).into_iter().collect();
        let name = wanted.name.as_deref();
        problems.extend(
            name.into_iter()
                .flat_map(|name| self.check_name(name, Some(&guest.id))),
        );
        problems.extend(wanted.cpus.and_then(|cpus| self.check_cpus(cpus, "cpus")));
        problems.extend(
            wanted
                .memory
                .and_then(|memory| self.check_memory(memory, "memory")),
        );
        problems.extend(wanted.notes.as_deref().and_then(check_notes));
        problems
    }

    /// Changes the memory, and gives the step by which a running guest gets it at once, where it can.
    fn set_memory(&self, guest: &Definition, after: &mut Definition, memory: u64) -> Option<Step> {
        after.memory = memory;
        after.memory_max = match self.life(guest) {
            // The next start takes what it is given: less memory than the most would have to be given back first.
            Life::Off | Life::Ended => memory,
            Life::On | Life::Paused => guest.memory_max.max(memory),
        };
        let within = memory <= guest.memory_max;
        let live = memory != guest.memory && self.change(guest, after, "memory", within);
        live.then_some(Step::Memory {
            from: guest.memory,
            to: memory,
        })
    }

    /// The same for the processors.
    fn set_cpus(&self, guest: &Definition, after: &mut Definition, cpus: u32) -> Option<Step> {
        after.cpus = cpus;
        after.cpus_max = match self.life(guest) {
            Life::Off | Life::Ended => cpus,
            Life::On | Life::Paused => guest.cpus_max.max(cpus),
        };
        let within = cpus <= guest.cpus_max;
        let live = cpus != guest.cpus && self.change(guest, after, "cpus", within);
        live.then_some(Step::Cpus {
            from: guest.cpus,
            to: cpus,
        })
    }

    /// Whether a running guest takes a field over at once; if not, the field waits for the next start. What has waited once goes
    /// on waiting: the definition has the new limits then, and the guest still runs with the old ones.
    fn change(
        &self,
        guest: &Definition,
        after: &mut Definition,
        field: &str,
        within: bool,
    ) -> bool {
        let waits = guest.pending.iter().any(|pending| pending == field);
        match self.life(guest) {
            Life::Off | Life::Ended => false,
            _ if waits => false,
            Life::On if within => true,
            Life::On | Life::Paused => {
                after.pending.push(field.to_owned());
                false
            }
        }
    }
}

/// What a running guest does not notice.
fn plain(after: &mut Definition, wanted: &Set) {
    let Set {
        name,
        autostart,
        notes,
        protected,
        crash,
        cpus: _,
        memory: _,
    } = wanted.clone();
    after.name = name.unwrap_or_else(|| after.name.clone());
    after.notes = notes.unwrap_or_else(|| after.notes.clone());
    after.autostart = autostart.unwrap_or(after.autostart);
    after.protected = protected.unwrap_or(after.protected);
    after.crash = crash.unwrap_or(after.crash);
}
