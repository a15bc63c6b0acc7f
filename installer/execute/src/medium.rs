//! The installation medium, once it is no longer needed.

use std::fs;
use std::path::Path;

/// Here we name the drive for the last program of the shutdown (firn-init), which ejects: while we run from the CD, nobody can.
const EJECT: &str = "/run/firn/eject";
/// firn-init leaves this where the image came over the network: then there is no medium.
const NETBOOT: &str = "/run/firn/netboot.json";

/// Has a CD leave its drive at the end, so that the machine does not start from it again.
pub fn leave() {
    if let Some(drive) = firn_machine::probe::medium().filter(|name| name.starts_with("sr")) {
        // If that fails, the person reads what to do.
        let _ = fs::write(EJECT, format!("/dev/{drive}"));
    }
}

/// What a person should do with the medium before the restart.
pub fn advice() -> &'static str {
    if Path::new(EJECT).exists() {
        "the CD is ejected at the restart; take it out if the machine starts from it again"
    } else if Path::new(NETBOOT).exists() {
        "put the disk before the network in the firmware's boot order if the machine starts from the network again"
    } else {
        "remove the installation medium if the machine starts from it again"
    }
}
