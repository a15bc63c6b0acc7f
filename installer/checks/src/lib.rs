//! Whether this machine can become a Firn host. Pure: reads a [`Machine`], touches nothing.
//!
//! Every check is data: what was found, how that is judged, why it matters, what to do. One file per subject.

mod clock;
mod cpu;
mod devices;
mod disks;
mod iommu;
pub mod manifest;
pub mod medium;
mod memory;
mod menus;
mod nics;
mod secure_boot;
#[cfg(test)]
mod tests;
mod virtual_machine;

pub use disks::{MIN_DISK, starts};

use firn_machine::{Machine, not_looked};
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

impl Verdict {
    /// In a word.
    pub fn text(self) -> Text {
        match self {
            Self::Fine => say!("check-verdict-fine"),
            Self::Note => say!("check-verdict-note"),
            Self::Problem => say!("check-verdict-problem"),
            Self::Unknown => say!("check-verdict-unknown"),
        }
    }
}

/// A check's name for people; an unknown one is shown as it is.
pub fn title(name: &str) -> Text {
    match name {
        "cpu-64bit" => say!("check-title-cpu-64bit"),
        "virtualization" => say!("check-title-virtualization"),
        "nested-paging" => say!("check-title-nested-paging"),
        "iommu" => say!("check-title-iommu"),
        "interrupt-remapping" => say!("check-title-interrupt-remapping"),
        "memory" => say!("check-title-memory"),
        "disks" => say!("check-title-disks"),
        "disk-size" => say!("check-title-disk-size"),
        "block-size" => say!("check-title-block-size"),
        "large-disk" => say!("check-title-large-disk"),
        "nics" => say!("check-title-nics"),
        "secure-boot" => say!("check-title-secure-boot"),
        "virtual-machine" => say!("check-title-virtual-machine"),
        "clock" => say!("check-title-clock"),
        "medium" => say!("check-title-medium"),
        other => other.into(),
    }
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

    fn unknown(name: &'static str, reason: &Text) -> Self {
        // Recordings have it in English, without its id.
        let found = if reason.to_string() == not_looked().to_string() {
            not_looked()
        } else {
            say!("check-unknown", reason = reason)
        };
        Self::new(name, Verdict::Unknown, found)
    }

    fn because(mut self, why: Text, todo: Text) -> Self {
        self.why = why;
        self.todo = todo;
        self
    }
}

/// Runs all checks, in the order of `firn_config::CHECK_NAMES`; without [`medium`], which takes its time.
pub fn run(machine: &Machine) -> Vec<Check> {
    vec![
        cpu::long_mode(machine),
        cpu::virtualization(machine),
        cpu::nested_paging(machine),
        iommu::iommu(machine),
        iommu::interrupt_remapping(machine),
        memory::memory(machine),
        disks::found(machine),
        disks::size(machine),
        disks::blocks(machine),
        disks::large(machine),
        nics::found(machine),
        secure_boot::secure_boot(machine),
        virtual_machine::virtual_machine(machine),
        clock::clock(machine),
    ]
}
