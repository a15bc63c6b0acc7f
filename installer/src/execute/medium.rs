//! The installation medium, once it is no longer needed.

use firn_image::run::{EJECT, NETBOOT};
use std::fs;
use std::path::Path;

/// Has a CD leave its drive at the end (firn-init ejects it: while we run from it, nobody can), so that the machine does not start from it again.
pub fn leave() {
    if let Some(drive) = crate::probe::medium().filter(|name| name.starts_with("sr")) {
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
