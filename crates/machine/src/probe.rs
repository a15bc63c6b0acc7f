//! Finds out about the machine. Reads only: nothing here changes a disk or leaves a trace on one.
//!
//! Each part has a thin shell that reads files or runs a program, and parsers that take text.

mod blank;
mod clock;
mod contents;
mod cpu;
mod disks;
pub mod edges;
mod firmware;
mod gpt_names;
mod host_json;
mod iommu;
mod kernel_log;
mod look;
#[cfg(any(test, feature = "samples"))]
pub mod made;
mod medium;
pub mod nics;
pub(crate) mod paths;
mod pci;
pub mod record;
mod remains;
mod signatures;
mod systems;
mod tables;
mod untabled;

pub use firmware::{model, serial_ports};
pub use look::{VERB, on_request};
pub use medium::disk as medium;

use crate::{Machine, PciDevice};
use std::fs;
use std::time::Duration;

/// Reads the machine as it is now.
///
/// Never fails: what cannot be read is missing, or says why.
pub fn machine() -> Machine {
    settle();
    let medium = medium::disk();
    let log = kernel_log::messages();
    let pci = pci::probe();
    let raid_mode = pci.iter().any(PciDevice::is_chipset_raid);
    let seen = disks::probe(medium.as_deref(), raid_mode);
    Machine {
        cpu: cpu::probe(),
        firmware: firmware::probe(),
        memory_mib: firmware::memory_mib(),
        disks: seen.disks,
        unlisted: seen.unlisted,
        ungrouped: seen.ungrouped,
        nics: nics::probe(),
        medium,
        product: firmware::product(),
        vendor: firmware::vendor(),
        serial_ports: firmware::serial_ports(),
        pci,
        missing_firmware: kernel_log::missing_firmware(&log),
        hidden_nvme: kernel_log::hidden_nvme(&log),
        clock: clock::probe(),
    }
}

/// How long udev may take.
const UDEV: Duration = Duration::from_secs(30);

/// Waits until udev has nothing to do, for half a minute at most.
pub fn settle() {
    firn_disks::settle(UDEV);
}

/// The kernel's names of all block devices, sorted: enough to see that a disk came or went.
pub fn block_device_names() -> Vec<String> {
    let entries = fs::read_dir("/sys/block").into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// As [`machine`], after all NICs were brought up and given up to 30 s to find a link.
pub fn machine_with_links() -> Machine {
    settle();
    nics::wait_for_links();
    machine()
}

/// The kernel's command line, without white space around it.
pub fn cmdline() -> String {
    text("/proc/cmdline").unwrap_or_default()
}

/// A file's text without white space around it; nothing when it cannot be read or is empty.
fn text(path: impl AsRef<std::path::Path>) -> Option<String> {
    let text = firn_words::read_text(path).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
