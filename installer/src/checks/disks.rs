//! Disks.

use super::Check;
use crate::machine::Machine;
use crate::plan::MIN_DISK;
use firn_config::Size;
use firn_words::say;

/// Whether a disk is large enough.
pub fn size(machine: &Machine) -> Check {
    const NAME: &str = "disk-size";
    let fit = machine.disks.iter().filter(|d| d.unfit.is_none());
    let Some(largest) = fit.max_by_key(|d| d.size) else {
        return Check::problem(NAME, say!("check-disk-none"))
            .because(say!("check-disk-none-why"), say!("check-disk-none-todo"));
    };
    let title = largest.title();
    if largest.size < MIN_DISK {
        let least = Size(MIN_DISK).to_string();
        return Check::problem(NAME, say!("check-disk-small", disk = title)).because(
            say!("check-disk-small-why", least = least),
            say!("check-disk-small-todo"),
        );
    }
    Check::fine(NAME, say!("check-disk-large", disk = title))
}
