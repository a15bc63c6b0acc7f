//! The volume group `firn`. Every command sees this one partition only, so a group of the same name on another disk
//! is neither seen nor touched.

use super::context::{Context, Result};
use super::disk::settle;
use crate::plan::PartitionKind;
use firn_command::cmd;
use firn_config::Store;

/// The state's volume.
pub const STATE: &str = "/dev/firn/state";
const GUESTS: &str = "/dev/firn/guests";
/// Part of what is left that the thin pool takes; the rest is for its metadata and their repair.
const POOL: &str = "98%FREE";

/// Makes the volume group with `state` and `guests`, and their file systems.
pub fn make(context: &mut Context<'_>) -> Result<()> {
    let device = context.device(PartitionKind::Lvm)?;
    let state_mib = context.plan.state_mib;
    lvm(
        &device,
        &[
            "pvcreate",
            "--yes",
            "-ff",
            "--zero",
            "y",
            "--metadatasize",
            "4m",
            &device,
        ],
    )?;
    lvm(
        &device,
        &[
            "vgcreate",
            "--yes",
            "--physicalextentsize",
            "4m",
            "firn",
            &device,
        ],
    )?;
    context.volumes_active = true;
    let new = ["lvcreate", "--yes", "--wipesignatures", "y", "--zero", "y"];
    let size = format!("{state_mib}m");
    lvm(
        &device,
        &[&new[..], &["--size", &size, "--name", "state", "firn"]].concat(),
    )?;
    context.progress(1, 4);
    match context.plan.store {
        Store::LvmThin => {
            let pool = [
                "lvcreate",
                "--yes",
                "--type",
                "thin-pool",
                "--extents",
                POOL,
                "--name",
                "guests",
                "firn",
            ];
            lvm(&device, &pool)?;
        }
        Store::Files => {
            lvm(
                &device,
                &[
                    &new[..],
                    &["--extents", "100%FREE", "--name", "guests", "firn"],
                ]
                .concat(),
            )?;
            settle();
            mkfs(GUESTS, "firn-guests", None)?;
        }
    }
    context.progress(2, 4);
    settle();
    mkfs(STATE, "firn-state", Some(&context.ids.state.to_string()))
}

fn mkfs(device: &str, label: &str, id: Option<&str>) -> Result<()> {
    let lazy = "nodiscard,lazy_itable_init=1,lazy_journal_init=1";
    let mut command = cmd("mkfs.ext4", ["-q", "-F", "-L", label, "-E", lazy]);
    if let Some(id) = id {
        command = command.args(["-U", id]);
    }
    Ok(command.arg(device).run()?)
}

/// Runs an LVM command that sees only `device`.
fn lvm(device: &str, args: &[&str]) -> Result<()> {
    let Some((verb, rest)) = args.split_first() else {
        return Ok(());
    };
    Ok(cmd("lvm", [*verb, "--devices", device]).args(rest).run()?)
}

/// The devices file of the new host, which lists its own physical volume only: dom0 keeps off guests' disks.
pub fn devices_file(context: &Context<'_>) -> Result<String> {
    const NAME: &str = "firn-target.devices";
    let device = context.device(PartitionKind::Lvm)?;
    let path = std::path::Path::new("/etc/lvm/devices").join(NAME);
    std::fs::create_dir_all("/etc/lvm/devices")?;
    let _ = std::fs::remove_file(&path);
    cmd(
        "lvm",
        [
            "lvmdevices",
            "--yes",
            "--devicesfile",
            NAME,
            "--adddev",
            &device,
        ],
    )
    .run()?;
    let text = std::fs::read_to_string(&path);
    let _ = std::fs::remove_file(&path);
    anyhow::Context::context(text, "reading the LVM devices file")
}

/// Lets go of the volumes.
pub fn deactivate(context: &mut Context<'_>) -> Result<()> {
    if context.volumes_active {
        let device = context.device(PartitionKind::Lvm)?;
        settle();
        lvm(&device, &["vgchange", "--activate", "n", "firn"])?;
        context.volumes_active = false;
    }
    Ok(())
}
