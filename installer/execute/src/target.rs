//! Opening the disks that were planned with, unless they are others now.

use super::failure::Said;
use anyhow::{Context as _, bail};
use firn_config::{is_placeholder_disk_serial, is_placeholder_wwn};
use firn_disks::{BlockDevice, lsblk};
use firn_machine::probe::edges;
use firn_plan::PlannedDisk;
use firn_steps::Result;
use firn_words::say;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Whether there still is the disk that was planned with: another may have its name since.
pub fn known_again(planned: &PlannedDisk, devices: &[BlockDevice]) -> Result<()> {
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
