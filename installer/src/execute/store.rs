//! Further disks of the store. Each gets a table with one partition, a physical volume of the group `firn`; until the installation
//! is finished that partition carries the same mark as the slot, so that a half-done disk counts as empty.

use super::context::{self, Context, Result};
use super::{bios, disk};
use crate::plan::{Partition, PartitionKind, PlannedDisk};
use anyhow::Context as _;
use firn_disks::{gpt, partition_path};
use firn_image::disk::{STORE, STORE_START};
use std::fs::File;
use uuid::Uuid;

const MIB: u64 = 1 << 20;

/// A further disk while it is written.
pub struct StoreDisk {
    path: String,
    block: u32,
    file: File,
    /// PARTUUID of its partition, once there is a table.
    partuuid: Option<Uuid>,
    /// Whether anything was written.
    touched: bool,
}

impl StoreDisk {
    /// Its one partition.
    pub fn device(&self) -> String {
        partition_path(&self.path, 1)
    }

    /// Whether it counts as empty; one that was not written is as it was.
    pub fn is_marked(&self) -> Result<bool> {
        Ok(!self.touched || disk::is_marked(&self.path, self.block, self.partuuid)?)
    }
}

/// Opens them, before the first byte is written anywhere.
pub fn open(planned: &[PlannedDisk]) -> Result<Vec<StoreDisk>> {
    let open = |disk: &PlannedDisk| {
        Ok(StoreDisk {
            path: disk.path.clone(),
            block: disk.logical_block_size,
            file: context::open(disk)?,
            partuuid: None,
            touched: false,
        })
    };
    planned.iter().map(open).collect()
}

/// Wipes them and writes their tables.
pub fn partition(context: &mut Context<'_>) -> Result<()> {
    for (store, planned) in context.stores.iter_mut().zip(&context.plan.store_disks) {
        write_table(store, planned, context.ids.host)?;
        disk::show(&store.path, 1)?;
    }
    Ok(())
}

fn write_table(store: &mut StoreDisk, planned: &PlannedDisk, host: Uuid) -> Result<()> {
    store.touched = true;
    store.partuuid = Some(disk::write_new(
        &store.file,
        planned,
        &layout(planned),
        host,
    )?);
    bios::write_store_notice(&store.file).with_context(|| format!("writing {}", planned.path))
}

/// The whole disk but its first and last MiB, where the table and its copy are.
fn layout(disk: &PlannedDisk) -> [Partition; 1] {
    let end = (disk.size / MIB).saturating_sub(1) * MIB;
    [Partition {
        kind: PartitionKind::Lvm,
        name: STORE,
        start: STORE_START,
        size: end.saturating_sub(STORE_START),
    }]
}

/// Gives their partitions this name, as far as they have tables.
pub fn rename(context: &Context<'_>, name: &str) -> Result<()> {
    for store in context.stores.iter().filter(|s| s.partuuid.is_some()) {
        gpt::rename(&store.file, store.block, store.partuuid, name)
            .with_context(|| format!("marking {}", store.path))?;
    }
    Ok(())
}

/// The paths of those that were written to.
pub fn touched<'c>(context: &'c Context<'_>) -> Vec<&'c str> {
    let touched = context.stores.iter().filter(|store| store.touched);
    touched.map(|store| store.path.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execute::disk::UNFINISHED;

    #[test]
    fn a_further_disk_is_marked_until_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let size = 1 << 30;
        let path = folder.path().join("disk");
        File::create(&path).unwrap().set_len(size).unwrap();
        let planned = PlannedDisk {
            name: "disk".into(),
            path: path.display().to_string(),
            size,
            logical_block_size: 512,
            ..PlannedDisk::default()
        };
        let mut stores = open(std::slice::from_ref(&planned)).unwrap();
        let store = &mut stores[0];
        assert!(store.is_marked().unwrap(), "it was not touched");
        let parts = layout(&planned);
        assert_eq!(parts[0].start + parts[0].size, size - MIB);
        write_table(store, &planned, Uuid::new_v4()).unwrap();
        assert!(store.is_marked().unwrap());
        let start = std::fs::read(&path).unwrap();
        let has = |text: &[u8]| start[..440].windows(text.len()).any(|w| w == text);
        assert!(has(b"which starts from another disk."));
        gpt::rename(&store.file, 512, store.partuuid, STORE).unwrap();
        assert!(!store.is_marked().unwrap());
        gpt::rename(&store.file, 512, store.partuuid, UNFINISHED).unwrap();
        assert!(store.is_marked().unwrap());
    }
}
