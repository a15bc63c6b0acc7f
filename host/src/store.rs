//! The store for guests: volumes come up when this says so, and not because they appear.

use anyhow::Result;
use firn_command::cmd;

const DEVICE: &str = "/dev/firn/guests";
const FOLDER: &str = "/var/lib/firn/guests";

/// Activates the volume group `firn` and, where the store is files, mounts the volume that holds them. Which it is, LVM
/// says: guests' disks are there also after a mistake in the settings.
pub fn activate() -> Result<()> {
    cmd("lvm", ["vgchange", "--activate", "y", "firn"]).run()?;
    let listing = ["lvs", "--noheadings", "--options=lv_name,segtype", "firn"];
    if has_files(&cmd("lvm", listing).read()?) {
        mount()?;
    }
    Ok(())
}

/// Whether the volume `guests` is there and no thin pool.
fn has_files(volumes: &str) -> bool {
    let fields = volumes.lines().map(str::split_whitespace);
    fields
        .map(Vec::from_iter)
        .any(|fields| matches!(fields[..], ["guests", kind] if kind != "thin-pool"))
}

fn mount() -> Result<()> {
    if cmd("mountpoint", ["-q", FOLDER]).run().is_ok() {
        return Ok(());
    }
    cmd("mount", ["-t", "ext4", "-o", "noatime", DEVICE, FOLDER]).run()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_by_the_kind_of_the_volume() {
        assert!(has_files("  guests linear\n  state  linear\n"));
        assert!(!has_files("  guests thin-pool\n  state  linear\n"));
        assert!(!has_files("  state  linear\n"), "somebody has removed it");
    }
}
