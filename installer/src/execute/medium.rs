//! The installation medium, once it is no longer needed.

use std::fs;
use std::path::Path;

/// A file at whose sight the last program of the shutdown (firn-init) ejects the CD: while we run from it, nobody can.
const EJECT: &str = "/run/firn/eject";

/// Has a CD leave its drive at the end, so that the machine does not start from it again.
pub fn leave() {
    if is_cd() {
        // Where the drive keeps the CD, the person reads what to do.
        let _ = fs::write(EJECT, "");
    }
}

/// What a person should do with the medium before the restart.
pub fn advice() -> &'static str {
    if Path::new(EJECT).exists() {
        "the CD is ejected at the restart; take it out if the machine starts from it again"
    } else {
        "remove the installation medium if the machine starts from it again"
    }
}

fn is_cd() -> bool {
    crate::probe::medium().is_some_and(|name| name.starts_with("sr"))
}
