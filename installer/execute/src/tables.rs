//! The partition tables of all disks of the installation.

use super::context::{Context, Result};
use super::disk::{show, write_new};
use super::mark::is_marked;
use super::{bios, esp, store};
use firn_plan::PartitionKind;
use std::fs::File;

/// Wipes the old borders of all disks, writes the new tables and waits for their device files.
pub fn partition(context: &mut Context<'_>) -> Result<()> {
    context.touched = true;
    let plan = context.plan;
    let id = context.ids.host;
    let slot = write_new(context.disk()?, &plan.disk, &plan.partitions, id)?;
    context.slot_partuuid = Some(slot);
    bios::make_unstartable(context)?;
    store::partition(context)?;
    show(&plan.disk.path, plan.partitions.len())
}

/// Whether the disks themselves, and not only the kernel's memory of them, say that they are not finished, and start nothing. A write that failed
/// in the background is forgotten after it was told once.
pub fn unfinished(context: &Context<'_>) -> Result<bool> {
    let (planned, slot) = (&context.plan.disk, context.slot_partuuid);
    let stores = &context.stores;
    let esp = context.device(PartitionKind::Esp)?;
    // A failed unmount or deactivation leaves no trace there, but the machine's next installation would stumble over it.
    let free = context.mounts.is_empty() && !context.volumes_active;
    Ok(free
        && is_marked(&planned.path, planned.logical_block_size, slot)?
        && bios::is_unstartable(&File::open(&planned.path)?)?
        && (slot.is_none() || !esp::is_startable(&esp).unwrap_or(false))
        && stores
            .iter()
            .all(|store| store.is_marked().unwrap_or(false)))
}
