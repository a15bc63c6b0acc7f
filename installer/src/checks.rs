//! Whether this machine can become a Firn host. Pure: reads a [`Machine`], touches nothing.

use crate::machine::{Finding, Machine, Virtualization};
use crate::plan::MIN_DISK;
use firn_config::Size;
use serde::Serialize;

/// Least memory in MiB: 1 GiB, less what firmware keeps for itself.
const LEAST_MEMORY_MIB: u64 = 1024 - FIRMWARE_MIB;
/// Memory in MiB below which guests hardly fit: 4 GiB, less what firmware keeps for itself.
const GOOD_MEMORY_MIB: u64 = 4096 - FIRMWARE_MIB;
const FIRMWARE_MIB: u64 = 64;

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
    pub found: String,
    /// Why it matters; empty when fine.
    pub why: String,
    /// What the person can do; empty when fine.
    pub todo: String,
}

impl Check {
    fn new(name: &'static str, verdict: Verdict, found: impl Into<String>) -> Self {
        Self {
            name,
            verdict,
            found: found.into(),
            why: String::new(),
            todo: String::new(),
        }
    }

    fn because(mut self, why: &str, todo: &str) -> Self {
        self.why = why.into();
        self.todo = todo.into();
        self
    }
}

/// Runs all checks, in the order of `firn_config::CHECK_NAMES`.
pub fn run(machine: &Machine) -> Vec<Check> {
    vec![
        cpu_64bit(machine),
        virtualization(machine),
        nested_paging(machine),
        iommu(machine),
        memory(machine),
        disk_size(machine),
        secure_boot(machine),
    ]
}

fn unknown(name: &'static str, reason: &str) -> Check {
    Check::new(
        name,
        Verdict::Unknown,
        format!("could not be found out: {reason}"),
    )
}

fn cpu_64bit(machine: &Machine) -> Check {
    const NAME: &str = "cpu-64bit";
    let model = &machine.cpu.model;
    if machine.cpu.long_mode {
        return Check::new(NAME, Verdict::Fine, format!("a 64-bit processor: {model}"));
    }
    Check::new(
        NAME,
        Verdict::Problem,
        format!("no 64-bit processor: {model}"),
    )
    .because(
        "Xen runs on 64-bit processors only",
        "use a machine with a 64-bit processor",
    )
}

fn virtualization(machine: &Machine) -> Check {
    const NAME: &str = "virtualization";
    const WHY: &str = "without it the host comes up but can start no PVH or HVM guest";
    match &machine.cpu.virtualization {
        Finding::Known(Virtualization::On) => Check::new(
            NAME,
            Verdict::Fine,
            "the processor's virtualization (VT-x or AMD-V) is on",
        ),
        Finding::Known(Virtualization::OffInFirmware) => Check::new(
            NAME,
            Verdict::Problem,
            "virtualization (VT-x or AMD-V) is switched off in the firmware",
        )
        .because(
            WHY,
            "switch on Intel VT-x or AMD SVM in the BIOS or UEFI setup, then start again",
        ),
        Finding::Known(Virtualization::Absent) => {
            let todo = match &machine.cpu.hypervisor {
                Some(name) => {
                    format!("switch on nested virtualization for this virtual machine ({name})")
                }
                None => "use a machine whose processor has VT-x or AMD-V".into(),
            };
            Check::new(
                NAME,
                Verdict::Problem,
                "the processor has no virtualization (VT-x or AMD-V)",
            )
            .because(WHY, &todo)
        }
        Finding::Unknown(reason) => {
            unknown(NAME, reason).because(WHY, "look into the BIOS or UEFI setup")
        }
    }
}

/// Says nothing of its own where there is no virtualization at all: one cause, one problem.
fn nested_paging(machine: &Machine) -> Check {
    const NAME: &str = "nested-paging";
    if let Finding::Known(Virtualization::Absent | Virtualization::OffInFirmware) =
        machine.cpu.virtualization
    {
        return Check::new(
            NAME,
            Verdict::Note,
            "not looked at, as there is no virtualization",
        )
        .because("guests need both", "see virtualization");
    }
    match &machine.cpu.nested_paging {
        Finding::Known(true) => Check::new(
            NAME,
            Verdict::Fine,
            "the processor has nested paging (EPT or NPT)",
        ),
        Finding::Known(false) => Check::new(
            NAME,
            Verdict::Problem,
            "the processor has no nested paging (EPT or NPT)",
        )
        .because(
            "guests would be slow and without security support",
            "use a newer processor",
        ),
        Finding::Unknown(reason) => {
            unknown(NAME, reason).because("guests need it", "go on, and see whether a guest starts")
        }
    }
}

fn iommu(machine: &Machine) -> Check {
    const NAME: &str = "iommu";
    const WHY: &str = "only handing PCI devices to guests needs it";
    match &machine.cpu.iommu {
        Finding::Known(true) => Check::new(NAME, Verdict::Fine, "the firmware describes an IOMMU"),
        Finding::Known(false) => Check::new(
            NAME,
            Verdict::Note,
            "no IOMMU, or it is switched off in the firmware",
        )
        .because(
            WHY,
            "switch on VT-d or AMD-Vi in the BIOS or UEFI setup if you want that",
        ),
        Finding::Unknown(reason) => unknown(NAME, reason).because(WHY, "nothing"),
    }
}

fn memory(machine: &Machine) -> Check {
    const NAME: &str = "memory";
    let found = format!("{} MiB of memory", machine.memory_mib);
    match machine.memory_mib {
        m if m < LEAST_MEMORY_MIB => Check::new(NAME, Verdict::Problem, found)
            .because("Firn needs at least 1 GiB (1024 MiB)", "put in more memory"),
        m if m < GOOD_MEMORY_MIB => Check::new(NAME, Verdict::Note, found).because(
            "below 4 GiB little is left for guests",
            "put in more memory if you can",
        ),
        _ => Check::new(NAME, Verdict::Fine, found),
    }
}

fn disk_size(machine: &Machine) -> Check {
    const NAME: &str = "disk-size";
    let fit = machine.disks.iter().filter(|d| d.unfit.is_none());
    let Some(largest) = fit.max_by_key(|d| d.size) else {
        return Check::new(NAME, Verdict::Problem, "no disk to install on").because(
            "Firn is installed on a disk of its own",
            "attach a disk, or switch on its controller in the BIOS or UEFI setup",
        );
    };
    if largest.size < MIN_DISK {
        let found = format!("the largest disk is {}", largest.title());
        let why = format!("Firn needs a disk of at least {}", Size(MIN_DISK));
        return Check::new(NAME, Verdict::Problem, found).because(&why, "attach a larger disk");
    }
    Check::new(
        NAME,
        Verdict::Fine,
        format!("large enough: {}", largest.title()),
    )
}

fn secure_boot(machine: &Machine) -> Check {
    const NAME: &str = "secure-boot";
    const WHY: &str = "Xen does not start under Secure Boot";
    match &machine.firmware.secure_boot {
        Finding::Known(false) => Check::new(NAME, Verdict::Fine, "Secure Boot is off"),
        Finding::Known(true) => Check::new(NAME, Verdict::Problem, "Secure Boot is on")
            .because(WHY, "switch it off in the UEFI setup, then start again"),
        Finding::Unknown(reason) => unknown(NAME, reason).because(WHY, "look into the UEFI setup"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::samples;

    fn verdict(machine: &Machine, name: &str) -> Verdict {
        run(machine)
            .into_iter()
            .find(|c| c.name == name)
            .unwrap()
            .verdict
    }

    #[test]
    fn all_checks_run_in_the_schemas_order() {
        let names: Vec<_> = run(&Machine::default())
            .into_iter()
            .map(|c| c.name)
            .collect();
        assert_eq!(names, firn_config::CHECK_NAMES);
    }

    #[test]
    fn a_good_machine_is_fine() {
        assert!(
            run(&samples::server())
                .iter()
                .all(|c| c.verdict == Verdict::Fine),
            "{:#?}",
            run(&samples::server())
        );
    }

    #[test]
    fn each_verdict_follows_from_what_was_found() {
        type Change = fn(&mut Machine);
        let table: &[(&str, Change, Verdict)] = &[
            ("cpu-64bit", |m| m.cpu.long_mode = false, Verdict::Problem),
            (
                "virtualization",
                |m| m.cpu.virtualization = Finding::Known(Virtualization::Absent),
                Verdict::Problem,
            ),
            (
                "virtualization",
                |m| m.cpu.virtualization = Finding::Known(Virtualization::OffInFirmware),
                Verdict::Problem,
            ),
            (
                "virtualization",
                |m| m.cpu.virtualization = Finding::Unknown("no msr".into()),
                Verdict::Unknown,
            ),
            (
                "nested-paging",
                |m| m.cpu.nested_paging = Finding::Known(false),
                Verdict::Problem,
            ),
            (
                "nested-paging",
                |m| m.cpu.virtualization = Finding::Known(Virtualization::Absent),
                Verdict::Note,
            ),
            (
                "iommu",
                |m| m.cpu.iommu = Finding::Known(false),
                Verdict::Note,
            ),
            ("memory", |m| m.memory_mib = 959, Verdict::Problem),
            ("memory", |m| m.memory_mib = 960, Verdict::Note),
            ("memory", |m| m.memory_mib = 4032, Verdict::Fine),
            ("disk-size", |m| m.disks.clear(), Verdict::Problem),
            (
                "disk-size",
                |m| m.disks[0].size = MIN_DISK - 1,
                Verdict::Problem,
            ),
            (
                "disk-size",
                |m| m.disks[0].unfit = Some("read-only".into()),
                Verdict::Problem,
            ),
            (
                "secure-boot",
                |m| m.firmware.secure_boot = Finding::Known(true),
                Verdict::Problem,
            ),
        ];
        for (name, change, expected) in table {
            let mut machine = samples::server();
            change(&mut machine);
            assert_eq!(verdict(&machine, name), *expected, "{name}");
        }
    }
}
