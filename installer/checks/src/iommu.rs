//! The IOMMU.

use super::Check;
use super::menus::{Switch, place};
use firn_machine::{Finding, Machine};
use firn_words::say;

/// Whether PCI devices could be handed to guests.
pub fn iommu(machine: &Machine) -> Check {
    const NAME: &str = "iommu";
    let why = || say!("check-iommu-why");
    match &machine.cpu.iommu {
        Finding::Known(true) => Check::fine(NAME, say!("check-iommu-yes")),
        Finding::Known(false) => {
            let place = place(machine, Switch::Iommu);
            Check::note(NAME, say!("check-iommu-no"))
                .because(why(), say!("check-iommu-todo", place = place))
        }
        Finding::Unknown(reason) => {
            Check::unknown(NAME, reason).because(why(), say!("check-iommu-unknown-todo"))
        }
    }
}

/// Whether a guest with a PCI device could send false interrupts.
pub fn interrupt_remapping(machine: &Machine) -> Check {
    const NAME: &str = "interrupt-remapping";
    let why = || say!("check-remapping-why");
    if machine.cpu.iommu == Finding::Known(false) {
        return Check::note(NAME, say!("check-remapping-not-looked"))
            .because(why(), say!("check-remapping-see"));
    }
    match &machine.cpu.interrupt_remapping {
        Finding::Known(true) => Check::fine(NAME, say!("check-remapping-yes")),
        Finding::Known(false) => {
            let place = place(machine, Switch::Iommu);
            Check::note(NAME, say!("check-remapping-no"))
                .because(why(), say!("check-remapping-todo", place = place))
        }
        Finding::Unknown(reason) => {
            Check::unknown(NAME, reason).because(why(), say!("check-iommu-unknown-todo"))
        }
    }
}
