//! The slots: slot A gets the image, slot B an empty file system.

use super::context::{Context, Result};
use super::copy::copy_checked;
use super::manifest::NAME;
use anyhow::Context as _;
use firn_command::cmd;
use firn_image::disk;
use firn_plan::PartitionKind;
use std::fs::{self, File};
use uuid::Uuid;

/// Makes both file systems and copies the image's files into slot A.
pub fn fill(context: &mut Context<'_>) -> Result<()> {
    let (a, b) = (
        context.device(PartitionKind::SlotA)?,
        context.device(PartitionKind::SlotB)?,
    );
    make(&b, disk::SLOT_B.name, context.ids.slot_b)?;
    make(&a, disk::SLOT_A.name, context.ids.slot_a)?;
    let folder = context.mount(&a, "slot")?;
    let (from, to) = (context.image.join(NAME), folder.join(NAME));
    fs::copy(&from, &to).with_context(|| format!("copying {}", from.display()))?;
    File::open(&to)
        .and_then(|f| f.sync_all())
        .with_context(|| format!("writing {}", to.display()))?;
    let whole = context.manifest.size();
    let mut copied = 0;
    // boot.cfg is the last one: until it is there GRUB starts nothing from the slot.
    let manifest = context.manifest.clone();
    for (name, entry) in manifest.in_order() {
        let (from, to) = (context.image.join(name), folder.join(name));
        copy_checked(&from, &to, entry, &mut |bytes| {
            copied += bytes;
            context.progress(copied, whole);
        })?;
        context.log(format!("copied {name}, {} bytes", entry.size));
    }
    context.unmount_last()
}

/// Makes the file system of a slot, with nothing in it. Few large files are written there once: no journal, few inodes.
///
/// # Errors
/// When mkfs.ext4 fails.
pub fn make(device: &str, label: &str, id: Uuid) -> Result<()> {
    let id = id.to_string();
    let args = [
        "-q",
        "-F",
        "-L",
        label,
        "-U",
        &id,
        "-m",
        "0",
        "-N",
        "128",
        "-O",
        "^has_journal,^orphan_file,verity",
        "-E",
        "nodiscard",
        device,
    ];
    Ok(cmd("mkfs.ext4", args).run()?)
}
