//! Whether this machine can become a Firn host. Pure: reads a [`Machine`], touches nothing.
//!
//! Every check is data: what was found, how that is judged, why it matters, what to do. One file per subject.

mod cpu;
mod disks;
mod iommu;
mod memory;
mod secure_boot;
#[cfg(test)]
mod tests;

use crate::machine::Machine;
use firn_words::{Text, say};
use serde::Serialize;

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing to say.
    Fine,
    /// Worth knowing, stops nothing.
    Note,
    /// Stops an unattended installation unless `checks.skip` names the check.
    Problem,
    /// Could not be found out; stops nothing, but is shown.
    Unknown,
}

/// One check's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its name, one of `firn_config::CHECK_NAMES`.
    pub name: &'static str,
    /// How it went.
    pub verdict: Verdict,
    /// What was found, a short sentence without a full stop.
    pub found: Text,
    /// Why it matters; empty when fine.
    pub why: Text,
    /// What the person can do; empty when fine.
    pub todo: Text,
}

impl Check {
    fn new(name: &'static str, verdict: Verdict, found: Text) -> Self {
        Self {
            name,
            verdict,
            found,
            why: Text::default(),
            todo: Text::default(),
        }
    }

    fn fine(name: &'static str, found: Text) -> Self {
        Self::new(name, Verdict::Fine, found)
    }

    fn note(name: &'static str, found: Text) -> Self {
        Self::new(name, Verdict::Note, found)
    }

    fn problem(name: &'static str, found: Text) -> Self {
        Self::new(name, Verdict::Problem, found)
    }

    fn unknown(name: &'static str, reason: &str) -> Self {
        Self::new(
            name,
            Verdict::Unknown,
            say!("check-unknown", reason = reason),
        )
    }

    fn because(mut self, why: Text, todo: Text) -> Self {
        self.why = why;
        self.todo = todo;
        self
    }
}

/// Runs all checks, in the order of `firn_config::CHECK_NAMES`.
pub fn run(machine: &Machine) -> Vec<Check> {
    vec![
        cpu::long_mode(machine),
        cpu::virtualization(machine),
        cpu::nested_paging(machine),
        iommu::iommu(machine),
        memory::memory(machine),
        disks::size(machine),
        secure_boot::secure_boot(machine),
    ]
}
