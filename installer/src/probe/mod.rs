//! Finds out about the machine. Reads only: nothing here changes a disk or leaves a trace on one.
//!
//! Each part has a thin shell that reads files or runs a program, and parsers that take text.

mod blank;
mod cpu;
mod disks;
mod firmware;
mod gpt_names;
mod lsblk;
pub mod nics;
mod signatures;

pub use disks::medium;
pub use firmware::serial_ports;
pub use lsblk::{BlockDevice, list as block_devices};

use crate::machine::Machine;
use firn_command::cmd;
use std::fs;

/// Reads the machine as it is now.
///
/// Never fails: what cannot be read is missing, or says why.
pub fn machine() -> Machine {
    // Right after the start not every driver has said what it found.
    let _ = cmd("udevadm", ["settle", "--timeout=30"]).run();
    let medium = disks::medium();
    Machine {
        cpu: cpu::probe(),
        firmware: firmware::probe(),
        memory_mib: firmware::memory_mib(),
        disks: disks::probe(medium.as_deref()),
        nics: nics::probe(),
        medium,
        product: firmware::product(),
        serial_ports: firmware::serial_ports(),
    }
}

/// As [`machine`], after all NICs were brought up and given up to 30 s to find a link.
pub fn machine_with_links() -> Machine {
    nics::wait_for_links();
    machine()
}

/// A file's text without white space around it; nothing when it cannot be read or is empty.
fn text(path: impl AsRef<std::path::Path>) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
