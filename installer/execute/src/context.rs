//! What the steps share.

use super::event::{Event, Secrets};
use super::manifest::Manifest;
use super::store_disk::{self, StoreDisk};
use super::target::{known_again, open};
use anyhow::Context as _;
use firn_disks::{lsblk, partition_path};
use firn_image::run::TARGET;
use firn_plan::{Partition, PartitionKind, Plan};
use firn_steps::Progress;
use firn_words::Text;
use std::fs::File;
use std::path::{Path, PathBuf};
use uuid::Uuid;

pub use firn_steps::Result;

/// Identifiers of the new host, made for this installation.
pub struct Ids {
    /// The host id, also the id of the partition table.
    pub host: Uuid,
    /// File system of slot A.
    pub slot_a: Uuid,
    /// File system of slot B.
    pub slot_b: Uuid,
    /// File system of the state.
    pub state: Uuid,
}

/// Drivers that were loaded for this installation: the host's disk or NIC may need them.
#[derive(Clone, Copy)]
pub struct Drivers {
    /// Whether there are any.
    pub any: fn() -> bool,
    /// Puts them into slot A and onto the state; gives their names, or a sentence why that failed.
    pub give: fn(slot: &Path, state: &Path) -> std::result::Result<Vec<String>, Text>,
}

impl Default for Drivers {
    fn default() -> Self {
        Self {
            any: || false,
            give: |_, _| Ok(Vec::new()),
        }
    }
}

/// What the steps share.
pub struct Context<'a> {
    /// What is to be done.
    pub plan: &'a Plan,
    /// Root's password.
    pub secrets: &'a Secrets,
    /// The folder with the image's files.
    pub image: &'a Path,
    /// Drivers that go along.
    pub drivers: Drivers,
    /// Identifiers of the new host.
    pub ids: Ids,
    /// The image's table of contents; empty until it was read.
    pub manifest: Manifest,
    /// The whole disk. Kept open until the end: closing it would make udev take all partitions away for a moment.
    pub disk: Option<File>,
    /// Further disks of the store, open as well.
    pub stores: Vec<StoreDisk>,
    /// PARTUUID of slot A.
    pub slot_partuuid: Option<Uuid>,
    /// Whether anything was written.
    pub touched: bool,
    /// Whether the loaders on the ESP may have the names that firmware looks for.
    pub loaders: bool,
    /// Whether the volume group is active.
    pub volumes_active: bool,
    /// What is mounted, in order.
    pub mounts: Vec<PathBuf>,
    /// Texts of the warnings so far.
    pub warnings: Vec<Text>,
    events: &'a mut dyn FnMut(Event),
    progress: Progress,
}

impl<'a> Context<'a> {
    /// The start of an installation.
    pub fn new(
        plan: &'a Plan,
        secrets: &'a Secrets,
        image: &'a Path,
        events: &'a mut dyn FnMut(Event),
    ) -> Self {
        let ids = Ids {
            host: Uuid::new_v4(),
            slot_a: Uuid::new_v4(),
            slot_b: Uuid::new_v4(),
            state: Uuid::new_v4(),
        };
        Self {
            plan,
            secrets,
            image,
            drivers: Drivers::default(),
            ids,
            manifest: Manifest::default(),
            disk: None,
            stores: Vec::new(),
            slot_partuuid: None,
            touched: false,
            loaders: false,
            volumes_active: false,
            mounts: Vec::new(),
            warnings: Vec::new(),
            events,
            progress: Progress::default(),
        }
    }

    /// Tells the readers.
    pub fn emit(&mut self, event: Event) {
        (self.events)(event);
    }

    /// A sentence for the log.
    pub fn log(&mut self, text: impl Into<String>) {
        self.emit(Event::Log { text: text.into() });
    }

    /// Something that does not matter enough to fail.
    pub fn warn(&mut self, text: impl Into<Text>) {
        let text = text.into();
        self.warnings.push(text.clone());
        self.emit(Event::Warning { text });
    }

    /// The step has done `part` of `whole`; tells the readers only when the percentage changes.
    pub fn progress(&mut self, part: u64, whole: u64) {
        if let Some(percent) = self.progress.part(part, whole) {
            self.emit(Event::Progress { percent });
        }
    }

    /// Opens the disks for this installation alone.
    pub fn open_disks(&mut self) -> Result<()> {
        let devices = lsblk::read()
            .map_err(anyhow::Error::msg)
            .context("listing the disks")?;
        let mut disks = self.plan.disks();
        disks.try_for_each(|disk| known_again(disk, &devices))?;
        self.disk = Some(open(&self.plan.disk)?);
        self.stores = store_disk::open(&self.plan.store_disks)?;
        Ok(())
    }

    /// The open disk.
    pub fn disk(&self) -> Result<&File> {
        self.disk.as_ref().context("the disk is not open")
    }

    /// Everything written to the disk so far is on it when this returns.
    pub fn sync(&self) -> Result<()> {
        self.disk()?
            .sync_all()
            .with_context(|| format!("writing {}", self.plan.disk.path))
    }

    /// The planned partition of a kind.
    pub fn partition(&self, kind: PartitionKind) -> Result<&'a Partition> {
        let found = self.plan.partitions.iter().find(|p| p.kind == kind);
        found.with_context(|| format!("the plan has no {kind:?} partition"))
    }

    /// The device file of a partition.
    pub fn device(&self, kind: PartitionKind) -> Result<String> {
        let index = self.plan.partitions.iter().position(|p| p.kind == kind);
        let index = index.with_context(|| format!("the plan has no {kind:?} partition"))?;
        Ok(partition_path(&self.plan.disk.path, index + 1))
    }

    /// Mounts an ext4 file system of the target and gives the folder.
    pub fn mount(&mut self, device: &str, name: &str) -> Result<PathBuf> {
        let folder = Path::new(TARGET).join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        firn_command::cmd("mount", ["-t", "ext4", "-o", "noatime", device])
            .arg(&folder)
            .run()?;
        self.mounts.push(folder.clone());
        Ok(folder)
    }

    /// Unmounts what [`Context::mount`] mounted last; everything is on the disk afterwards.
    pub fn unmount_last(&mut self) -> Result<()> {
        if let Some(folder) = self.mounts.last() {
            firn_command::cmd("umount", [folder]).run()?;
            self.mounts.pop();
        }
        Ok(())
    }
}

impl firn_steps::Context for Context<'_> {
    fn begins(&mut self, name: &str, title: Text, n: usize, of: usize) {
        let name = name.to_owned();
        self.emit(Event::Step { name, n, of, title });
    }

    fn progress(&mut self) -> &mut Progress {
        &mut self.progress
    }

    fn reached(&mut self, percent: u8) {
        self.emit(Event::Progress { percent });
    }
}
