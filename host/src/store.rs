//! The store for guests: volumes come up when this says so, and not because they appear.

use crate::settings;
use anyhow::Result;
use firn_command::cmd;
use firn_config::Store;
use std::path::Path;

const DEVICE: &str = "/dev/firn/guests";
const FOLDER: &str = "/var/lib/firn/guests";

/// Activates the volume group `firn` and, with store "files", mounts the volume that holds them.
pub fn activate() -> Result<()> {
    cmd("lvm", ["vgchange", "--activate", "y", "firn"]).run()?;
    match settings::read(Path::new("/"))?.guests.store {
        Store::LvmThin => Ok(()),
        Store::Files => mount(),
    }
}

fn mount() -> Result<()> {
    if cmd("mountpoint", ["-q", FOLDER]).run().is_ok() {
        return Ok(());
    }
    cmd("mount", ["-t", "ext4", "-o", "noatime", DEVICE, FOLDER]).run()?;
    Ok(())
}
