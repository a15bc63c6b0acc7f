//! A further disk of the store while it is written.

use super::mark::is_marked;
use super::target;
use firn_disks::partition_path;
use firn_plan::PlannedDisk;
use firn_steps::Result;
use std::fs::File;
use uuid::Uuid;

/// A further disk while it is written.
pub struct StoreDisk {
    /// Its device file.
    pub path: String,
    /// Bytes of a block.
    pub block: u32,
    /// The open disk.
    pub file: File,
    /// PARTUUID of its partition, once there is a table.
    pub partuuid: Option<Uuid>,
    /// Whether anything was written.
    pub touched: bool,
}

impl StoreDisk {
    /// Its one partition.
    pub fn device(&self) -> String {
        partition_path(&self.path, 1)
    }

    /// Whether it counts as empty; one that was not written is as it was.
    pub fn is_marked(&self) -> Result<bool> {
        Ok(!self.touched || is_marked(&self.path, self.block, self.partuuid)?)
    }
}

/// Opens them, before the first byte is written anywhere.
pub fn open(planned: &[PlannedDisk]) -> Result<Vec<StoreDisk>> {
    let open = |disk: &PlannedDisk| {
        Ok(StoreDisk {
            path: disk.path.clone(),
            block: disk.logical_block_size,
            file: target::open(disk)?,
            partuuid: None,
            touched: false,
        })
    };
    planned.iter().map(open).collect()
}
