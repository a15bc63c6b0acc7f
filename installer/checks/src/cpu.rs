//! The processor: 64 bits, virtualization, nested paging.

use super::menus::{Switch, place};
use super::{Check, virtual_machine};
use firn_machine::{Finding, Machine, Virtualization};
use firn_words::say;

/// Xen runs on 64-bit processors only.
pub fn long_mode(machine: &Machine) -> Check {
    const NAME: &str = "cpu-64bit";
    let model = &machine.cpu.model;
    if machine.cpu.long_mode {
        return Check::fine(NAME, say!("check-64bit-yes", model = model));
    }
    Check::problem(NAME, say!("check-64bit-no", model = model))
        .because(say!("check-64bit-why"), say!("check-64bit-todo"))
}

/// VT-x or AMD-V: absent, switched off in the firmware, on.
pub fn virtualization(machine: &Machine) -> Check {
    const NAME: &str = "virtualization";
    let why = || say!("check-vt-why");
    match &machine.cpu.virtualization {
        Finding::Known(Virtualization::On) => Check::fine(NAME, say!("check-vt-on")),
        Finding::Known(Virtualization::OffInFirmware) => {
            let place = place(machine, Switch::Virtualization);
            Check::problem(NAME, say!("check-vt-off"))
                .because(why(), say!("check-vt-off-todo", place = place))
        }
        Finding::Known(Virtualization::Absent) => {
            let todo = match &machine.cpu.hypervisor {
                Some(name) => virtual_machine::nested(name),
                None => say!("check-vt-absent-todo"),
            };
            Check::problem(NAME, say!("check-vt-absent")).because(why(), todo)
        }
        Finding::Unknown(reason) => {
            let place = place(machine, Switch::Virtualization);
            Check::unknown(NAME, reason)
                .because(why(), say!("check-vt-unknown-todo", place = place))
        }
    }
}

/// EPT or NPT. Says nothing of its own where there is no virtualization at all: one cause, one problem.
pub fn nested_paging(machine: &Machine) -> Check {
    const NAME: &str = "nested-paging";
    if let Finding::Known(Virtualization::Absent | Virtualization::OffInFirmware) =
        machine.cpu.virtualization
    {
        return Check::note(NAME, say!("check-paging-not-looked"))
            .because(say!("check-paging-both"), say!("check-paging-see"));
    }
    match &machine.cpu.nested_paging {
        Finding::Known(true) => Check::fine(NAME, say!("check-paging-yes")),
        Finding::Known(false) => Check::problem(NAME, say!("check-paging-no"))
            .because(say!("check-paging-why"), say!("check-paging-todo")),
        Finding::Unknown(reason) => Check::unknown(NAME, reason).because(
            say!("check-paging-needed"),
            say!("check-paging-unknown-todo"),
        ),
    }
}
