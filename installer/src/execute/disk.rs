//! The partition table.

use super::context::{Context, Result};
use super::failure::Said;
use crate::plan::{Partition, PartitionKind, PlannedDisk};
pub use crate::probe::settle;
use anyhow::{Context as _, bail, ensure};
use firn_command::cmd;
pub use firn_image::disk::UNFINISHED;
use firn_words::say;
use gpt::disk::LogicalBlockSize;
use gpt::partition_types::{self, Type};
use gpt::{DiskDevice, GptConfig};
use rustix::fs::{MemfdFlags, memfd_create};
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
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
        let device = super::context::partition_path(path, number);
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

fn block_size(bytes: u32) -> LogicalBlockSize {
    if bytes == 4096 {
        LogicalBlockSize::Lb4096
    } else {
        LogicalBlockSize::Lb512
    }
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
    let blocks = size / block_size(block).as_u64();
    let mbr = gpt::mbr::ProtectiveMBR::with_lb_size(u32::try_from(blocks - 1).unwrap_or(u32::MAX));
    mbr.overwrite_lba0(&mut disk)
        .context("writing the protective MBR")?;
    sync(&mut disk).context("writing the protective MBR")?;
    Ok(slot)
}

/// The table of these partitions, and the PARTUUID of the one that carries the mark. It is made in memory, as it would otherwise get
/// to the disk entry by entry.
fn new_table(
    size: u64,
    block: u32,
    partitions: &[Partition],
    id: Uuid,
) -> Result<(firn_table::Table, Uuid)> {
    let making = "making a partition table";
    let memory = memfd_create("table", MemfdFlags::CLOEXEC).context(making)?;
    let memory = File::from(memory);
    memory.set_len(size).context(making)?;
    let lb_size = block_size(block);
    let config = GptConfig::new().writable(true).logical_block_size(lb_size);
    let mut table = config
        .create_from_device(&memory, Some(id))
        .context(making)?;
    let mut slot = None;
    for (number, part) in (1..).zip(partitions) {
        let marked = part.kind == PartitionKind::SlotA || partitions.len() == 1;
        let name = if marked { UNFINISHED } else { part.name };
        let (first, length) = (part.start / lb_size.as_u64(), part.size / lb_size.as_u64());
        table
            .add_partition_at(name, number, first, length, partition_type(part.kind), 0)
            .with_context(|| format!("making the partition {}", part.name))?;
        if marked {
            slot = table.partitions().get(&number).map(|p| p.part_guid);
        }
    }
    table.write_inplace().context(making)?;
    let found = firn_table::read(&mut &memory, block).context(making)?;
    let table = found.table().cloned().context(making)?;
    Ok((table, slot.context("the plan has no slot")?))
}

/// Gives slot A another name; its PARTUUID stays.
pub fn rename_slot(context: &Context<'_>, name: &str) -> Result<()> {
    let block = context.plan.disk.logical_block_size;
    rename_on(context.disk()?, block, context.slot_partuuid, name)
}

/// Gives the partition of this PARTUUID another name, and has it on the disk. Whenever the power fails, one copy of the table is whole.
pub(super) fn rename_on(disk: &File, block: u32, part: Option<Uuid>, name: &str) -> Result<()> {
    let mut disk = disk;
    let found = firn_table::read(&mut disk, block).context("reading the partition table")?;
    let table = found.table().cloned();
    let mut table = table.context("the partition table is damaged")?;
    ensure!(
        part.is_some_and(|part| table.rename(part, name)),
        "the partition is gone"
    );
    let size = firn_table::size_of(&mut disk).context("reading the partition table")?;
    table
        .write(&mut disk, size, |disk| disk.sync_all())
        .context("writing the partition table")
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
    let _ = cmd("blockdev", ["--flushbufs", path]).run();
    let disk = File::open(path).with_context(|| format!("reading {path}"))?;
    let found = firn_table::read(&mut &disk, block).with_context(|| format!("reading {path}"))?;
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

/// Whether a device's file is there within this time.
pub fn appears(device: &str, patience: Duration) -> bool {
    let end = Instant::now() + patience;
    while !Path::new(device).exists() {
        if Instant::now() > end {
            return false;
        }
        sleep(Duration::from_millis(100));
    }
    true
}

#[cfg(test)]
mod tests;
