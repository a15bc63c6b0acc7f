//! The store for guests: volumes come up when this says so, and not because they appear.

use anyhow::Result;
use firn_command::cmd;

const VOLUME: &str = "firn/guests";
const DEVICE: &str = "/dev/firn/guests";
const FOLDER: &str = "/var/lib/firn/guests";

/// Activates the volume group `firn` and, where the store is files, mounts the volume that holds them. Which it is, LVM
/// says: guests' disks are there also after a mistake in the settings.
pub fn activate() -> Result<()> {
    cmd("lvm", ["vgchange", "--activate", "y", "firn"]).run()?;
    let kind = cmd("lvm", ["lvs", "--noheadings", "--options=segtype", VOLUME]).read()?;
    match kind.trim() {
        "thin-pool" => Ok(()),
        _ => mount(),
    }
}

fn mount() -> Result<()> {
    if cmd("mountpoint", ["-q", FOLDER]).run().is_ok() {
        return Ok(());
    }
    cmd("mount", ["-t", "ext4", "-o", "noatime", DEVICE, FOLDER]).run()?;
    Ok(())
}
