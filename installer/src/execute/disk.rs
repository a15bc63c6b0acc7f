//! The partition table.

use super::context::{Context, Result};
use super::failure::Said;
use crate::plan::{Partition, PartitionKind};
pub use crate::probe::settle;
use anyhow::{Context as _, bail};
use firn_command::cmd;
use firn_words::say;
use gpt::disk::LogicalBlockSize;
use gpt::partition_types::{self, Type};
use gpt::{DiskDevice, GptConfig, GptDisk};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The slot partition's name until the installation is finished.
pub const UNFINISHED: &str = "firn-installing";
const MIB: u64 = 1 << 20;
const NODE_WAIT: Duration = Duration::from_secs(15);

/// Wipes the old borders of the disk, writes the new table and waits for its device files.
pub fn partition(context: &mut Context<'_>) -> Result<()> {
    context.touched = true;
    let plan = context.plan;
    let mut disk = context.disk()?;
    zap(&mut disk, plan.disk.size).with_context(|| format!("wiping {}", plan.disk.path))?;
    let slot = write_table(
        disk,
        plan.disk.size,
        plan.disk.logical_block_size,
        &plan.partitions,
        context.ids.host,
    )?;
    context.slot_partuuid = Some(slot);
    super::bios::make_unstartable(context)?;
    reread(&plan.disk.path)?;
    for number in 1..=plan.partitions.len() {
        let device = super::context::partition_path(&plan.disk.path, number);
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

/// Writes a protective MBR without boot code, and the table; gives the PARTUUID of slot A.
fn write_table<D: DiskDevice>(
    mut device: D,
    size: u64,
    block: u32,
    partitions: &[Partition],
    id: Uuid,
) -> Result<Uuid> {
    let block = block_size(block);
    let blocks = size / block.as_u64();
    let mbr = gpt::mbr::ProtectiveMBR::with_lb_size(u32::try_from(blocks - 1).unwrap_or(u32::MAX));
    mbr.overwrite_lba0(&mut device)
        .context("writing the protective MBR")?;
    let config = GptConfig::new().writable(true).logical_block_size(block);
    let mut table = config
        .create_from_device(device, Some(id))
        .context("making a partition table")?;
    let mut slot = None;
    for (number, part) in (1..).zip(partitions) {
        let name = if part.kind == PartitionKind::SlotA {
            UNFINISHED
        } else {
            part.name
        };
        let (first, length) = (part.start / block.as_u64(), part.size / block.as_u64());
        table
            .add_partition_at(name, number, first, length, partition_type(part.kind), 0)
            .with_context(|| format!("making the partition {}", part.name))?;
        if part.kind == PartitionKind::SlotA {
            slot = table.partitions().get(&number).map(|p| p.part_guid);
        }
    }
    table
        .write_inplace()
        .context("writing the partition table")?;
    slot.context("the plan has no slot")
}

/// Gives slot A another name; its PARTUUID stays.
pub fn rename_slot(context: &Context<'_>, name: &str) -> Result<()> {
    let block = block_size(context.plan.disk.logical_block_size);
    let config = GptConfig::new().writable(true).logical_block_size(block);
    let mut table = config
        .open_from_device(context.disk()?)
        .context("reading the partition table")?;
    rename(&mut table, context.slot_partuuid, name)?;
    table
        .write_inplace()
        .context("writing the partition table")?;
    Ok(())
}

fn rename<D: DiskDevice>(table: &mut GptDisk<D>, slot: Option<Uuid>, name: &str) -> Result<()> {
    let mut partitions = table.partitions().clone();
    let found = partitions.values_mut().find(|p| Some(p.part_guid) == slot);
    found.context("the slot's partition is gone")?.name = name.to_owned();
    table
        .update_partitions(partitions)
        .context("changing the partition table")
}

/// Everything written to the disk so far is on it when this returns.
pub fn sync(context: &Context<'_>) -> Result<()> {
    context
        .disk()?
        .sync_all()
        .with_context(|| format!("writing {}", context.plan.disk.path))
}

/// Has the kernel read the table again. Something may look at the disk just then, so it is tried for a while.
fn reread(path: &str) -> Result<()> {
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
    let end = Instant::now() + NODE_WAIT;
    while !Path::new(device).exists() {
        if Instant::now() > end {
            bail!(Said(say!("execute-no-device", device = device)));
        }
        sleep(Duration::from_millis(100));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::layout_for_tests;
    use std::io::Cursor;

    const SIZE: u64 = 16_000_000_000;

    #[test]
    fn the_table_has_our_names_and_the_host_id() {
        let file = tempfile::tempfile().unwrap();
        file.set_len(SIZE).unwrap();
        let id = Uuid::new_v4();
        let slot = write_table(&file, SIZE, 512, &layout_for_tests(SIZE), id).unwrap();
        let table = GptConfig::new().open_from_device(&file).unwrap();
        let names: Vec<_> = table
            .partitions()
            .values()
            .map(|p| p.name.as_str())
            .collect();
        assert_eq!(
            names,
            ["firn-bios", "firn-esp", UNFINISHED, "firn-b", "firn-lvm"]
        );
        assert_eq!(*table.guid(), id);
        assert_eq!(table.partitions()[&3].part_guid, slot);
    }

    #[test]
    fn renaming_keeps_the_partuuid() {
        let file = tempfile::tempfile().unwrap();
        file.set_len(SIZE).unwrap();
        let slot = write_table(&file, SIZE, 512, &layout_for_tests(SIZE), Uuid::new_v4()).unwrap();
        let mut table = GptConfig::new()
            .writable(true)
            .open_from_device(&file)
            .unwrap();
        rename(&mut table, Some(slot), "firn-a").unwrap();
        table.write_inplace().unwrap();
        let table = GptConfig::new().open_from_device(&file).unwrap();
        assert_eq!(
            (
                table.partitions()[&3].name.as_str(),
                table.partitions()[&3].part_guid
            ),
            ("firn-a", slot)
        );
    }

    #[test]
    fn both_ends_are_wiped() {
        let mut disk = Cursor::new(vec![7; 4 << 20]);
        zap(&mut disk, 4 << 20).unwrap();
        let bytes = disk.into_inner();
        assert!(
            bytes[..1 << 20]
                .iter()
                .chain(&bytes[3 << 20..])
                .all(|b| *b == 0)
        );
        assert_eq!(bytes[2 << 20], 7);
    }
}
