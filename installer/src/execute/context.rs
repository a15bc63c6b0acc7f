//! What the steps share.

use super::event::{Event, Secrets};
use super::failure::Said;
use super::manifest::Manifest;
use super::store::{self, StoreDisk};
use crate::plan::{Partition, PartitionKind, Plan, PlannedDisk};
use crate::probe::edges;
use anyhow::{Context as _, bail};
use firn_config::{is_placeholder_disk_serial, is_placeholder_wwn};
use firn_disks::{BlockDevice, lsblk, partition_path};
use firn_image::run::TARGET;
use firn_words::{Text, say};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Errors of steps carry their whole story.
pub type Result<T> = anyhow::Result<T>;

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

/// What the steps share.
pub struct Context<'a> {
    /// What is to be done.
    pub plan: &'a Plan,
    /// Root's password.
    pub secrets: &'a Secrets,
    /// The folder with the image's files.
    pub image: &'a Path,
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
    before: u8,
    weight: u8,
    last: u8,
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
            before: 0,
            weight: 0,
            last: 0,
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

    /// A step begins: all before it took `before` percent, it will take `weight`.
    pub fn begin(&mut self, before: u8, weight: u8) {
        (self.before, self.weight, self.last) = (before, weight, before);
    }

    /// The step has done `part` of `whole`; tells the readers only when the percentage changes.
    pub fn progress(&mut self, part: u64, whole: u64) {
        let share = u64::from(self.weight) * part.min(whole) / whole.max(1);
        let percent = self.before + u8::try_from(share).unwrap_or(self.weight);
        if percent > self.last {
            self.last = percent;
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
        self.stores = store::open(&self.plan.store_disks)?;
        Ok(())
    }

    /// The open disk.
    pub fn disk(&self) -> Result<&File> {
        self.disk.as_ref().context("the disk is not open")
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

/// Whether there still is the disk that was planned with: another may have its name since.
fn known_again(planned: &PlannedDisk, devices: &[BlockDevice]) -> Result<()> {
    let path = &planned.path;
    let Some(device) = devices.iter().find(|device| device.path == *path) else {
        bail!(Said(say!("execute-disk-gone", disk = path)));
    };
    let now = (device.serial(), device.wwn());
    let then = (planned.serial.clone(), planned.wwn.clone());
    if now == then {
        return looks_the_same(planned, device);
    }
    let name = |(serial, wwn): (Option<String>, _)| serial.or(wwn).unwrap_or("-".into());
    bail!(Said(say!(
        "execute-disk-swapped",
        disk = path,
        found = name(now),
        planned = name(then)
    )))
}

/// A disk whose serial number is missing or a placeholder says nothing by it: where it is attached, and what is at its beginning
/// and its end, must be as they were.
fn looks_the_same(planned: &PlannedDisk, device: &BlockDevice) -> Result<()> {
    let path = &planned.path;
    let moved =
        |place: &String| std::fs::canonicalize(place).ok().as_deref() != Some(Path::new(path));
    let changed = |edges: &String| edges::of(path, planned.size).ok().as_ref() != Some(edges);
    let other_model = lsblk::trimmed(device.model.as_deref()) != planned.model;
    let another = other_model
        || planned.place.as_ref().is_some_and(moved)
        || planned.edges.as_ref().is_some_and(changed);
    if another && !has_identity(planned) {
        bail!(Said(say!("execute-disk-unknown", disk = path)));
    }
    Ok(())
}

fn has_identity(planned: &PlannedDisk) -> bool {
    let serial = planned.serial.as_deref();
    let wwn = planned.wwn.as_deref();
    serial.is_some_and(|s| !is_placeholder_disk_serial(s))
        || wwn.is_some_and(|w| !is_placeholder_wwn(w))
}

/// Opens a disk that nobody else uses, and that is as large as it was.
pub fn open(planned: &PlannedDisk) -> Result<File> {
    let path = &planned.path;
    let opening = || Said(say!("execute-disk-in-use", disk = path));
    // O_EXCL on a block device: fails while it, or a partition of it, is mounted or held by the kernel.
    let exclusive = i32::try_from(rustix::fs::OFlags::EXCL.bits()).unwrap_or_default();
    drop(
        OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(exclusive)
            .open(path)
            .with_context(opening)?,
    );
    let mut disk = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .with_context(opening)?;
    let size = std::io::Seek::seek(&mut disk, std::io::SeekFrom::End(0))
        .context("reading the disk's size")?;
    if size != planned.size {
        bail!(Said(say!(
            "execute-disk-changed",
            disk = path,
            found = size,
            planned = planned.size
        )));
    }
    Ok(disk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(serial: Option<&str>) -> PlannedDisk {
        PlannedDisk {
            path: "/dev/sda".into(),
            serial: serial.map(str::to_owned),
            ..PlannedDisk::default()
        }
    }

    fn device(path: &str, serial: &str) -> BlockDevice {
        BlockDevice {
            path: path.into(),
            serial: Some(serial.into()),
            ..BlockDevice::default()
        }
    }

    #[test]
    fn another_disk_of_the_same_name_is_not_taken() {
        let said = |serial, devices: &[BlockDevice]| {
            let result = known_again(&planned(serial), devices);
            result.err().map(|error| error.to_string())
        };
        let devices = [device("/dev/sda", " S1 "), device("/dev/sdb", "S2")];
        assert_eq!(said(Some("S1"), &devices), None);
        assert_eq!(
            said(Some("S2"), &devices).unwrap(),
            "/dev/sda is another disk now: its serial number is S1, and the plan was made for S2. Look at the disks again"
        );
        assert!(said(None, &devices).is_some());
        assert_eq!(
            said(Some("S1"), &devices[1..]).unwrap(),
            "/dev/sda is not there any more: plug it in again, or choose another disk"
        );
    }

    #[test]
    fn a_disk_without_an_identity_must_look_the_same() {
        let image = tempfile::NamedTempFile::new().unwrap();
        image.as_file().set_len(4 << 20).unwrap();
        let path = image.path().to_string_lossy().into_owned();
        let planned = PlannedDisk {
            path: path.clone(),
            size: 4 << 20,
            edges: edges::of(&path, 4 << 20).ok(),
            place: Some(path.clone()),
            ..planned(Some("00000000"))
        };
        let devices = [device(&path, "00000000")];
        let said = |planned: &PlannedDisk| {
            let result = known_again(planned, &devices);
            result
                .err()
                .map(|e| e.to_string().replace(&path, "/dev/sda"))
        };
        let unknown = "/dev/sda may be another disk now: it has no serial number of its own, and its model, its place or its contents \
                       are not as they were when the plan was made. Look at the disks again";
        assert_eq!(said(&planned), None);
        let elsewhere = PlannedDisk {
            place: Some("/dev/null".into()),
            ..planned.clone()
        };
        assert_eq!(said(&elsewhere).as_deref(), Some(unknown));
        let other = PlannedDisk {
            model: Some("Other".into()),
            ..planned.clone()
        };
        assert_eq!(said(&other).as_deref(), Some(unknown));
        std::io::Write::write_all(&mut image.as_file(), b"new").unwrap();
        assert_eq!(said(&planned).as_deref(), Some(unknown));
    }
}
