//! The store for guests: volumes come up when this says so, and not because they appear.

pub mod disks;
mod entry;
mod volumes;

use crate::files;
use anyhow::{Context, Result, bail};
use disks::Device;
use firn_command::cmd;
use firn_image::state::GUESTS;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};
use volumes::Volume;

const DEVICE: &str = "/dev/firn/guests";
/// Which devices LVM uses.
const DEVICES_FILE: &str = "/etc/lvm/devices/system.devices";
/// How long further disks may take to show.
const LATE_DISKS: Duration = Duration::from_secs(30);
/// How long udev may take to look at what the kernel has found so far.
const UDEV: Duration = Duration::from_secs(120);
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Has LVM see the host's physical volumes wherever they are, activates the volume group `firn` and, where the store is files,
/// mounts the volume that holds them. Which it is, LVM says: guests' disks are there also after a mistake in the settings.
pub fn activate() -> Result<()> {
    let complaints = show_to_lvm()?;
    let activated = cmd("lvm", ["vgchange", "--activate", "y", "firn"]).run();
    if (activated.is_err() || lacks_volumes()) && !complaints.is_empty() {
        bail!("{}", complaints.join("; "));
    }
    activated?;
    let listing = ["lvs", "--noheadings", "--options=lv_name,segtype", "firn"];
    if has_files(&cmd("lvm", listing).read()?) {
        mount()?;
    }
    Ok(())
}

/// Writes LVM's devices file anew where it does not lead to the host's volumes; what is wrong with them.
fn show_to_lvm() -> Result<Vec<String>> {
    let old = std::fs::read_to_string(DEVICES_FILE).unwrap_or_default();
    let volumes = wait(&old)?;
    if volumes::moved(&volumes) {
        let new = volumes::file(&volumes);
        files::write(Path::new(DEVICES_FILE), &new, 0o600)?;
        println!("LVM's list of devices follows the disks:\n{new}");
    }
    Ok(volumes::complaints(&volumes))
}

/// Looks for them, for a while again where one is missing: some controllers take their time, and so does udev on a slow machine.
fn wait(old: &str) -> Result<Vec<Volume>> {
    firn_disks::settle(UDEV);
    let end = Instant::now() + LATE_DISKS;
    loop {
        let found = disks::list()
            .context("looking for the store's disks")
            .and_then(|devices| look(old, &devices));
        let settled = |volumes: &Vec<Volume>| volumes::settled(volumes, lacks_volumes);
        if found.as_ref().is_ok_and(settled) || Instant::now() > end {
            return found;
        }
        sleep(LOOK_AGAIN);
    }
}

fn look(old: &str, devices: &[Device]) -> Result<Vec<Volume>> {
    let boot = disks::boot(devices)?;
    // Where LVM cannot list its devices, every one of them is told to it anew.
    let listing = cmd("lvm", ["lvmdevices"]).read().unwrap_or_default();
    Ok(volumes::find(old, &listing, devices, &boot))
}

/// Whether the volume group itself misses one; an old entry of the devices file is no loss.
fn lacks_volumes() -> bool {
    let args = [
        "vgs",
        "--noheadings",
        "--options=vg_missing_pv_count",
        "firn",
    ];
    let count = cmd("lvm", args).read();
    count.map_or(true, |count| count.trim() != "0")
}

/// Whether the volume `guests` is there and no thin pool.
fn has_files(volumes: &str) -> bool {
    let fields = volumes.lines().map(str::split_whitespace);
    fields
        .map(Vec::from_iter)
        .any(|fields| matches!(fields[..], ["guests", kind] if kind != "thin-pool"))
}

fn mount() -> Result<()> {
    if cmd("mountpoint", ["-q", GUESTS]).run().is_ok() {
        return Ok(());
    }
    cmd("mount", ["-t", "ext4", "-o", "noatime", DEVICE, GUESTS]).run()?;
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
