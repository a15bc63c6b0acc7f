//! The IOMMU.

use super::Check;
use crate::machine::{Finding, Machine};
use firn_words::say;

/// Whether PCI devices could be handed to guests.
pub fn iommu(machine: &Machine) -> Check {
    const NAME: &str = "iommu";
    let why = || say!("check-iommu-why");
    match &machine.cpu.iommu {
        Finding::Known(true) => Check::fine(NAME, say!("check-iommu-yes")),
        Finding::Known(false) => {
            Check::note(NAME, say!("check-iommu-no")).because(why(), say!("check-iommu-todo"))
        }
        Finding::Unknown(reason) => {
            Check::unknown(NAME, reason).because(why(), say!("check-iommu-unknown-todo"))
        }
    }
}
