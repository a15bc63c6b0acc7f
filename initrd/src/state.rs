//! What is writable: `/etc` an overlay, the other folders on state. On a medium all of it is in memory.

use crate::{devices, filesystem, mounts, run};
use anyhow::{Context, Result, bail};
use firn_image::run::STATE as MOUNT;
use rustix::mount::MountFlags;
use std::fs::{self, File};

/// The folders that lie on state as a whole. `/etc` is not one: its defaults must follow the image.
const FOLDERS: [&str; 5] = ["var", "root", "home", "srv", "opt"];
/// The device-mapper name of the logical volume `firn/state`.
const MAPPED: &str = "firn-state";
/// LVM without udev, without locks: in the initrd there is nobody else.
const LVM_CONFIG: &str = "activation{udev_sync=0 udev_rules=0 monitoring=0 verify_udev_operations=0} \
    devices{obtain_device_list_from_udev=0 multipath_component_detection=0 scan_lvs=0} \
    backup{backup=0 archive=0} log{verbose=0}";

/// Activates `firn/state` in the volume group on `partition` alone, so that a second Firn disk does
/// not matter, checks that it is the file system `uuid`, and mounts it.
pub fn activate(partition: &str, uuid: &str) -> Result<()> {
    let args = [
        "lvchange",
        "-ay",
        "--nolocking",
        "--config",
        LVM_CONFIG,
        "--devices",
        partition,
        "firn/state",
    ];
    run::run("lvm", &args).context("activating the state")?;
    let device = devices::mapped(MAPPED)
        .with_context(|| format!("no device is named {MAPPED} after its activation"))?;
    let found = filesystem::ext4_uuid(&filesystem::head(&device)?);
    if found.as_deref() != Some(uuid) {
        let found = found.as_deref().unwrap_or("no ext4 file system");
        bail!(
            "the state on {partition} is not the one that belongs to this host: expected {uuid}, found {found}"
        );
    }
    check(&device);
    mounts::mount(&device, MOUNT, "ext4", MountFlags::NOATIME, "")
}

/// Repairs what can be repaired without asking, if the program is there. Mounting replays the journal
/// in any case and says itself if that is not enough.
fn check(device: &str) {
    if run::exists("e2fsck") {
        let _ = run::run("e2fsck", &["-p", device]);
    }
}

/// The installer's writable folders: overlays in memory, which copy nothing from a slow medium.
pub fn volatile(sysroot: &str) -> Result<()> {
    mounts::mount("tmpfs", MOUNT, "tmpfs", MountFlags::NODEV, "mode=0755")?;
    for folder in ["etc"].iter().chain(&FOLDERS) {
        overlay(sysroot, folder)?;
    }
    Ok(())
}

/// The installed host's writable folders, on the mounted state.
pub fn persistent(sysroot: &str) -> Result<()> {
    overlay(sysroot, "etc")?;
    for folder in FOLDERS {
        let kept = format!("{MOUNT}/{folder}");
        let source = format!("{sysroot}/{folder}");
        fill(&source, &kept)?;
        mounts::bind(&kept, &source)?;
    }
    Ok(())
}

fn overlay(sysroot: &str, folder: &str) -> Result<()> {
    mounts::overlay(
        sysroot,
        folder,
        &format!("{MOUNT}/{folder}/upper"),
        &format!("{MOUNT}/{folder}/work"),
    )
}

/// Fills a folder that is not there yet with what the image has. The copy is made beside and
/// renamed, so that a power cut leaves no half of it; ext4 would write the new name before the files'
/// content, so that is written out first.
fn fill(source: &str, kept: &str) -> Result<()> {
    if fs::exists(kept).with_context(|| format!("looking for {kept}"))? {
        return Ok(());
    }
    let new = format!("{kept}.new");
    if fs::exists(&new).unwrap_or(false) {
        fs::remove_dir_all(&new).with_context(|| format!("removing {new}"))?;
    }
    run::applet("busybox", "cp", &["-a", source, &new])?;
    let folder = File::open(&new).with_context(|| format!("opening {new}"))?;
    rustix::fs::syncfs(&folder).with_context(|| format!("writing {new} to the disk"))?;
    fs::rename(&new, kept).with_context(|| format!("renaming {new} to {kept}"))
}
