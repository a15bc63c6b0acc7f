//! Making and changing GUID partition tables; they are read, and checked, by `firn_table`.

pub use gpt::DiskDevice;
pub use gpt::partition_types::{self, Type};

use anyhow::{Context, Result, ensure};
use firn_command::cmd;
use firn_table::{Found, Table};
use gpt::GptConfig;
use gpt::disk::LogicalBlockSize;
use gpt::mbr::ProtectiveMBR;
use rustix::fs::{MemfdFlags, memfd_create};
use std::fs::File;
use std::io;
use uuid::Uuid;

/// A partition of a new table.
pub struct New<'p> {
    /// Its name.
    pub name: &'p str,
    /// What it is for.
    pub kind: Type,
    /// First byte.
    pub start: u64,
    /// Bytes.
    pub size: u64,
}

/// The table of these partitions for a disk of `size` bytes with blocks of `block` bytes; `id` is the disk's. It is made in memory,
/// as it would otherwise get to the disk entry by entry.
///
/// # Errors
/// When there is no memory, or a partition does not fit.
pub fn make(size: u64, block: u32, id: Uuid, partitions: &[New]) -> Result<Table> {
    let making = "making a partition table";
    let memory = memfd_create("table", MemfdFlags::CLOEXEC).context(making)?;
    let memory = File::from(memory);
    memory.set_len(size).context(making)?;
    let lb_size = lb_size(block);
    let config = GptConfig::new().writable(true).logical_block_size(lb_size);
    let mut table = config
        .create_from_device(&memory, Some(id))
        .context(making)?;
    for (number, part) in (1..).zip(partitions) {
        let (first, length) = (part.start / lb_size.as_u64(), part.size / lb_size.as_u64());
        table
            .add_partition_at(part.name, number, first, length, part.kind.clone(), 0)
            .with_context(|| format!("making the partition {}", part.name))?;
    }
    table.write_inplace().context(making)?;
    let found = firn_table::read(&mut &memory, block).context(making)?;
    found.table().cloned().context(making)
}

/// Writes a protective MBR without boot code: without one nothing looks for the table.
///
/// # Errors
/// When writing fails.
pub fn protect(disk: &mut impl DiskDevice, size: u64, block: u32) -> io::Result<()> {
    let last = (size / lb_size(block).as_u64()).saturating_sub(1);
    let mbr = ProtectiveMBR::with_lb_size(u32::try_from(last).unwrap_or(u32::MAX));
    mbr.overwrite_lba0(disk).map(drop).map_err(io::Error::other)
}

/// Gives the partition of this PARTUUID another name, and has it on the disk. Whenever the power fails, one copy of the table is whole.
///
/// # Errors
/// When the table is damaged, has no such partition, or cannot be written.
pub fn rename(mut disk: &File, block: u32, part: Option<Uuid>, name: &str) -> Result<()> {
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

/// Both copies of the table that the disk itself has, and not only the kernel's memory of it.
///
/// # Errors
/// When they cannot be read.
pub fn read_anew(path: &str, block: u32) -> Result<Found> {
    let _ = cmd("blockdev", ["--flushbufs", path]).run();
    let reading = || format!("reading {path}");
    let disk = File::open(path).with_context(reading)?;
    firn_table::read(&mut &disk, block).with_context(reading)
}

fn lb_size(bytes: u32) -> LogicalBlockSize {
    if bytes == 4096 {
        LogicalBlockSize::Lb4096
    } else {
        LogicalBlockSize::Lb512
    }
}
