//! The partition table.

use super::context::{Context, Result};
use super::failure::Said;
use crate::plan::{Partition, PartitionKind, PlannedDisk};
pub use crate::probe::settle;
use anyhow::{Context as _, bail};
use firn_command::cmd;
use firn_disks::gpt::{self, DiskDevice, New, Type, partition_types};
use firn_disks::{appears, partition_path};
pub use firn_image::disk::UNFINISHED;
use firn_words::say;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};
use uuid::Uuid;

const MIB: u64 = 1 << 20;
const NODE_WAIT: Duration = Duration::from_secs(15);

/// Wipes the old borders of all disks, writes the new tables and waits for their device files.
pub fn partition(context: &mut Context<'_>) -> Result<()> {
    context.touched = true;
    let plan = context.plan;
    let id = context.ids.host;
    let slot = write_new(context.disk()?, &plan.disk, &plan.partitions, id)?;
    context.slot_partuuid = Some(slot);
    super::bios::make_unstartable(context)?;
    super::store::partition(context)?;
    show(&plan.disk.path, plan.partitions.len())
}

/// Wipes the borders of a disk and writes its table; gives the PARTUUID of the partition that carries the mark.
pub(super) fn write_new(
    mut disk: &File,
    planned: &PlannedDisk,
    partitions: &[Partition],
    id: Uuid,
) -> Result<Uuid> {
    // A disk that does not take this should say so before it has a table.
    zap(&mut disk, planned.size)
        .and_then(|()| disk.sync_all())
        .with_context(|| format!("wiping {}", planned.path))?;
    let block = planned.logical_block_size;
    write_table(disk, planned.size, block, partitions, id, |disk| {
        disk.sync_all()
    })
}

/// Has the kernel show the partitions, without what they held in an earlier life.
pub(super) fn show(path: &str, count: usize) -> Result<()> {
    reread(path)?;
    for number in 1..=count {
        let device = partition_path(path, number);
        wait_for(&device)?;
        cmd("wipefs", ["--all", "--quiet", "--force", &device]).run()?;
    }
    settle();
    Ok(())
}

/// Zeros where partition tables and RAID superblocks lie.
fn zap(disk: &mut (impl Write + Seek), size: u64) -> std::io::Result<()> {
    let zeros = vec![0; 1 << 20];
    disk.seek(SeekFrom::Start(0))?;
    disk.write_all(&zeros)?;
    disk.seek(SeekFrom::Start(size.saturating_sub(MIB)))?;
    disk.write_all(&zeros[..usize::try_from(size.min(MIB)).unwrap_or(0)])?;
    disk.flush()
}

fn partition_type(kind: PartitionKind) -> Type {
    match kind {
        PartitionKind::BiosBoot => partition_types::BIOS,
        PartitionKind::Esp => partition_types::EFI,
        PartitionKind::SlotA | PartitionKind::SlotB => partition_types::LINUX_FS,
        PartitionKind::Lvm => partition_types::LINUX_LVM,
    }
}

/// Writes both copies of the table, and once these are on the disk a protective MBR without boot code: alone it would be a damaged
/// table if the power failed then. Gives the PARTUUID of the partition that carries the mark: slot A, or the only one of a further
/// disk. `sync` brings what was written onto the disk.
pub(super) fn write_table<D: DiskDevice>(
    mut disk: D,
    size: u64,
    block: u32,
    partitions: &[Partition],
    id: Uuid,
    sync: impl Fn(&mut D) -> io::Result<()>,
) -> Result<Uuid> {
    let (table, slot) = new_table(size, block, partitions, id)?;
    table
        .write(&mut disk, size, &sync)
        .context("writing the partition table")?;
    gpt::protect(&mut disk, size, block).context("writing the protective MBR")?;
    sync(&mut disk).context("writing the protective MBR")?;
    Ok(slot)
}

/// The table of these partitions, and the PARTUUID of the one that carries the mark.
fn new_table(
    size: u64,
    block: u32,
    partitions: &[Partition],
    id: Uuid,
) -> Result<(firn_table::Table, Uuid)> {
    let marked = |part: &Partition| part.kind == PartitionKind::SlotA || partitions.len() == 1;
    let new = |part: &Partition| New {
        name: if marked(part) { UNFINISHED } else { part.name },
        kind: partition_type(part.kind),
        start: part.start,
        size: part.size,
    };
    let table = gpt::make(
        size,
        block,
        id,
        &partitions.iter().map(new).collect::<Vec<_>>(),
    )?;
    let slot = table.partitions.iter().find(|part| part.name == UNFINISHED);
    let slot = slot.context("the plan has no slot")?.guid;
    Ok((table, slot))
}

/// Gives slot A another name; its PARTUUID stays.
pub fn rename_slot(context: &Context<'_>, name: &str) -> Result<()> {
    let block = context.plan.disk.logical_block_size;
    gpt::rename(context.disk()?, block, context.slot_partuuid, name)
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
        && super::bios::is_unstartable(&File::open(&planned.path)?)?
        && (slot.is_none() || !super::esp::is_startable(&esp).unwrap_or(false))
        && stores
            .iter()
            .all(|store| store.is_marked().unwrap_or(false)))
}

/// Whether the partition of this PARTUUID has the mark; without one, whether there is no table.
pub(super) fn is_marked(path: &str, block: u32, part: Option<Uuid>) -> Result<bool> {
    let found = gpt::read_anew(path, block)?;
    Ok(match (found.table(), part) {
        (Some(table), Some(wanted)) => table
            .partitions
            .iter()
            .any(|part| part.guid == wanted && part.name == UNFINISHED),
        (Some(_), None) => false,
        (None, wanted) => wanted.is_none(),
    })
}

/// Everything written to the disk so far is on it when this returns.
pub fn sync(context: &Context<'_>) -> Result<()> {
    context
        .disk()?
        .sync_all()
        .with_context(|| format!("writing {}", context.plan.disk.path))
}

/// Has the kernel read the table again. Something may look at the disk just then, so it is tried for a while.
pub fn reread(path: &str) -> Result<()> {
    let end = Instant::now() + NODE_WAIT;
    loop {
        settle();
        match cmd("blockdev", ["--rereadpt", path]).run() {
            Ok(()) => break,
            Err(e) if Instant::now() > end => {
                return Err(e).context(Said(say!("execute-partitions-not-taken", disk = path)));
            }
            Err(_) => sleep(Duration::from_millis(500)),
        }
    }
    settle();
    Ok(())
}

fn wait_for(device: &str) -> Result<()> {
    if !appears(device, NODE_WAIT) {
        bail!(Said(say!("execute-no-device", device = device)));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
