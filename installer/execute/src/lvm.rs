//! The volume group `firn`. Every command sees the partitions of this one host only, so a group of the same name on another disk
//! is neither seen nor touched.

use super::context::{Context, Result};
use super::disk::settle;
use super::store_disk::StoreDisk;
use firn_command::cmd;
use firn_config::Store;
use firn_plan::PartitionKind;

/// The state's volume.
pub const STATE: &str = "/dev/firn/state";
const GUESTS: &str = "/dev/firn/guests";
/// Part of what is left that the thin pool takes; the rest is for its metadata and their repair.
const POOL: &str = "98%FREE";

/// Makes the volume group with `state` and `guests`, and their file systems.
pub fn make(context: &mut Context<'_>) -> Result<()> {
    let devices = devices(context)?;
    let physical = [
        "pvcreate",
        "--yes",
        "-ff",
        "--zero",
        "y",
        "--metadatasize",
        "4m",
    ];
    let group = ["vgcreate", "--yes", "--physicalextentsize", "4m", "firn"];
    let all: Vec<&str> = devices.iter().map(String::as_str).collect();
    lvm(&devices, &[&physical[..], &all].concat())?;
    lvm(&devices, &[&group[..], &all].concat())?;
    context.volumes_active = true;
    let new = ["lvcreate", "--yes", "--wipesignatures", "y", "--zero", "y"];
    let size = format!("{}m", context.plan.state_mib);
    // The state lies on the first disk: the host starts without the others.
    let state = ["--size", &size, "--name", "state", "firn", all[0]];
    lvm(&devices, &[&new[..], &state].concat())?;
    context.progress(1, 4);
    let rest = ["--name", "guests", "firn"];
    match context.plan.store {
        Store::LvmThin => {
            let pool = [
                "lvcreate",
                "--yes",
                "--type",
                "thin-pool",
                "--extents",
                POOL,
            ];
            lvm(&devices, &[&pool[..], &rest].concat())?;
        }
        Store::Files => {
            let whole = ["--extents", "100%FREE"];
            lvm(&devices, &[&new[..], &whole, &rest].concat())?;
            settle();
            mkfs(GUESTS, "firn-guests", None)?;
        }
    }
    context.progress(2, 4);
    settle();
    mkfs(STATE, "firn-state", Some(&context.ids.state.to_string()))
}

/// The physical volumes, the one of the target first.
fn devices(context: &Context<'_>) -> Result<Vec<String>> {
    let mut devices = vec![context.device(PartitionKind::Lvm)?];
    devices.extend(context.stores.iter().map(StoreDisk::device));
    Ok(devices)
}

fn mkfs(device: &str, label: &str, id: Option<&str>) -> Result<()> {
    let lazy = "nodiscard,lazy_itable_init=1,lazy_journal_init=1";
    let mut command = cmd("mkfs.ext4", ["-q", "-F", "-L", label, "-E", lazy]);
    if let Some(id) = id {
        command = command.args(["-U", id]);
    }
    Ok(command.arg(device).run()?)
}

/// Runs an LVM command that sees only `devices`.
fn lvm(devices: &[String], args: &[&str]) -> Result<()> {
    let Some((verb, rest)) = args.split_first() else {
        return Ok(());
    };
    let devices = devices.join(",");
    Ok(cmd("lvm", [*verb, "--devices", &devices])
        .args(rest)
        .run()?)
}

/// The devices file of the new host, which lists its own physical volumes only, each by what stays the same (serial number, WWN):
/// dom0 keeps off guests' disks.
pub fn devices_file(context: &Context<'_>) -> Result<String> {
    const NAME: &str = "firn-target.devices";
    let path = std::path::Path::new("/etc/lvm/devices").join(NAME);
    std::fs::create_dir_all("/etc/lvm/devices")?;
    let _ = std::fs::remove_file(&path);
    let add = ["lvmdevices", "--yes", "--devicesfile", NAME, "--adddev"];
    for device in devices(context)? {
        cmd("lvm", add).arg(device).run()?;
    }
    let text = std::fs::read_to_string(&path);
    let _ = std::fs::remove_file(&path);
    anyhow::Context::context(text, "reading the LVM devices file")
}

/// Lets go of the volumes.
pub fn deactivate(context: &mut Context<'_>) -> Result<()> {
    if context.volumes_active {
        let devices = devices(context)?;
        settle();
        lvm(&devices, &["vgchange", "--activate", "n", "firn"])?;
        context.volumes_active = false;
    }
    Ok(())
}
