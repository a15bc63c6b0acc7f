//! Disks: what they are, what they hold, and which can never be a target.

use super::gpt_names::{self, Layout};
use super::lsblk::{self, BlockDevice};
use super::{blank, signatures};
use crate::machine::{Content, Disk, Unfit};
use firn_config::{Bus, Size};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the initrd mounts the installation medium.
const MEDIUM: &str = "/run/firn/medium";
/// The label of a file system with answers.
pub const ANSWERS_LABEL: &str = "FIRNANSWERS";

/// The whole disk that the medium is on, by its kernel name.
pub fn medium() -> Option<String> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let device = device_of_mount(&mounts, MEDIUM)?;
    whole_disk(&fs::canonicalize(format!("/sys/dev/block/{device}")).ok()?)
}

/// `major:minor` of what is mounted at `place`; the last mount there is the one that shows.
fn device_of_mount<'a>(mountinfo: &'a str, place: &str) -> Option<&'a str> {
    let parse = |line: &'a str| {
        let fields: Vec<&str> = line.split(' ').collect();
        (fields.get(4) == Some(&place)).then(|| fields[2])
    };
    mountinfo.lines().filter_map(parse).next_back()
}

/// From a device's folder in sysfs to the name of its disk: a partition lies inside it.
fn whole_disk(dir: &Path) -> Option<String> {
    let disk = if dir.join("partition").exists() {
        dir.parent()?
    } else {
        dir
    };
    Some(disk.file_name()?.to_string_lossy().into_owned())
}

/// All whole disks and CD drives. RAM disks and loop devices are not listed: nobody means them.
pub fn probe(medium: Option<&str>) -> Vec<Disk> {
    let links = links();
    let listed = |d: &BlockDevice| {
        let hidden = ["loop", "ram", "zram", "dm-", "md", "mtdblock"];
        matches!(d.kind.as_str(), "disk" | "rom")
            && !hidden.iter().any(|h| d.name.starts_with(h))
            && d.size > 0
    };
    let devices = lsblk::list();
    devices
        .iter()
        .filter(|d| listed(d))
        .map(|d| disk(d, medium, &links))
        .collect()
}

fn disk(device: &BlockDevice, medium: Option<&str>, links: &HashMap<PathBuf, Vec<String>>) -> Disk {
    let unfit = unfit(device, medium);
    let mut disk = Disk {
        name: device.name.clone(),
        path: device.path.clone(),
        links: links
            .get(Path::new(&device.path))
            .cloned()
            .unwrap_or_default(),
        size: device.size,
        model: trimmed(device.model.as_deref()),
        serial: trimmed(device.serial.as_deref()),
        wwn: trimmed(device.wwn.as_deref()),
        bus: bus(device),
        logical_block_size: device.log_sec.max(512),
        removable: device.rm,
        contents: Vec::new(),
        firn: None,
        unfit,
    };
    if device.kind == "disk" {
        match gpt_names::read(&disk.path, disk.logical_block_size) {
            Layout::Unfinished => return disk,
            Layout::Installed(host) => disk.firn = Some(host),
            Layout::Foreign => {}
        }
        disk.contents = contents(device);
    }
    disk
}

fn trimmed(value: Option<&str>) -> Option<String> {
    let value = value?.trim();
    (!value.is_empty()).then(|| value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Why the device can never be a target.
fn unfit(device: &BlockDevice, medium: Option<&str>) -> Option<Unfit> {
    let other_use = device
        .children
        .iter()
        .flat_map(|c| c.flat())
        .find(|c| c.kind != "part");
    if medium == Some(device.name.as_str()) {
        Some(Unfit::Medium)
    } else if device.kind == "rom" {
        Some(Unfit::CdDrive)
    } else if device.name.starts_with("fd") {
        Some(Unfit::Floppy)
    } else if device.name.starts_with("nbd") {
        Some(Unfit::NetworkBlockDevice)
    } else if device.flat().iter().any(|d| d.has_label(ANSWERS_LABEL)) {
        Some(Unfit::Answers)
    } else if let Some(place) = device.mounted() {
        Some(Unfit::Mounted(place))
    } else if let Some(other) = other_use {
        Some(Unfit::InUse(format!("{} ({})", other.name, other.kind)))
    } else if device.ro {
        Some(Unfit::ReadOnly)
    } else {
        None
    }
}

fn bus(device: &BlockDevice) -> Option<Bus> {
    match device.tran.as_deref() {
        Some("nvme") => Some(Bus::Nvme),
        Some("sata" | "ata") => Some(Bus::Sata),
        Some("sas") => Some(Bus::Sas),
        Some("usb") => Some(Bus::Usb),
        Some("virtio") => Some(Bus::Virtio),
        Some("spi") => Some(Bus::Scsi),
        _ if device.name.starts_with("vd") => Some(Bus::Virtio),
        _ if device.name.starts_with("nvme") => Some(Bus::Nvme),
        _ if device.name.starts_with("sd") => Some(Bus::Scsi),
        _ => None,
    }
}

/// Everything on the disk: each partition with what it holds, signatures on the disk itself, and, where no signature
/// is known, whether there is data all the same.
fn contents(device: &BlockDevice) -> Vec<Content> {
    let mut found = Vec::new();
    let partitions: Vec<&BlockDevice> = device
        .children
        .iter()
        .filter(|c| c.kind == "part")
        .collect();
    for part in &partitions {
        let words = match signatures::read(&part.path) {
            Ok(list) if !list.is_empty() => list.iter().map(signatures::Signature::words).collect(),
            _ => vec![format!("a partition of {}", Size(part.size))],
        };
        found.extend(words.into_iter().map(|what| Content {
            device: part.name.clone(),
            what,
        }));
    }
    let on_disk = |what: String| Content {
        device: device.name.clone(),
        what,
    };
    match signatures::read(&device.path) {
        Ok(list) => {
            found.extend(
                list.iter()
                    .filter(|s| !s.is_table())
                    .map(|s| on_disk(s.words())),
            );
            if found.is_empty() && !list.is_empty() {
                found.push(on_disk(format!(
                    "a partition table ({}) without partitions",
                    list[0].words()
                )));
            }
        }
        Err(e) => found.push(on_disk(format!("something that cannot be read ({e})"))),
    }
    if found.is_empty() {
        match blank::is_blank(&device.path) {
            Ok(true) => {}
            Ok(false) => found.push(on_disk("data of an unknown kind in its first MiB".into())),
            Err(e) => found.push(on_disk(format!("something that cannot be read ({e})"))),
        }
    }
    found
}

/// The links below /dev/disk that point to each device.
fn links() -> HashMap<PathBuf, Vec<String>> {
    let mut found: HashMap<PathBuf, Vec<String>> = HashMap::new();
    let folders = fs::read_dir("/dev/disk").into_iter().flatten().flatten();
    for link in
        folders.flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten().flatten())
    {
        if let Ok(target) = fs::canonicalize(link.path()) {
            found
                .entry(target)
                .or_default()
                .push(link.path().to_string_lossy().into_owned());
        }
    }
    for list in found.values_mut() {
        list.sort();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(name: &str) -> BlockDevice {
        BlockDevice {
            name: name.into(),
            path: format!("/dev/{name}"),
            kind: "disk".into(),
            size: 20_000_000_000,
            ..BlockDevice::default()
        }
    }

    #[test]
    fn some_disks_are_never_candidates() {
        let with_child = |kind: &str, label: Option<&str>, mount: Option<&str>| BlockDevice {
            children: vec![BlockDevice {
                name: "child".into(),
                kind: kind.into(),
                label: label.map(Into::into),
                mountpoints: vec![mount.map(Into::into)],
                ..BlockDevice::default()
            }],
            ..device("sda")
        };
        let table = [
            (device("sda"), None),
            (device("sdb"), Some(Unfit::Medium)),
            (
                BlockDevice {
                    kind: "rom".into(),
                    ..device("sr0")
                },
                Some(Unfit::CdDrive),
            ),
            (device("nbd0"), Some(Unfit::NetworkBlockDevice)),
            (
                BlockDevice {
                    ro: true,
                    ..device("sda")
                },
                Some(Unfit::ReadOnly),
            ),
            (
                with_child("part", Some("firnanswers"), None),
                Some(Unfit::Answers),
            ),
            (
                with_child("part", None, Some("/mnt")),
                Some(Unfit::Mounted("/mnt".into())),
            ),
            (
                with_child("raid1", None, None),
                Some(Unfit::InUse("child (raid1)".into())),
            ),
            (with_child("part", Some("data"), None), None),
        ];
        for (device, expected) in table {
            assert_eq!(unfit(&device, Some("sdb")), expected, "{}", device.name);
        }
    }

    #[test]
    fn the_last_mount_counts() {
        let text = "22 1 11:0 / /run/firn/medium ro - iso9660 /dev/sr0 ro\n23 1 8:1 / /mnt rw - ext4 /dev/sda1 rw\n";
        assert_eq!(device_of_mount(text, MEDIUM), Some("11:0"));
        assert_eq!(device_of_mount(text, "/nowhere"), None);
    }

    #[test]
    fn the_bus_by_transport_or_name() {
        let tran = |t: &str| BlockDevice {
            tran: Some(t.into()),
            ..device("sda")
        };
        assert_eq!(bus(&tran("ata")), Some(Bus::Sata));
        assert_eq!(bus(&tran("usb")), Some(Bus::Usb));
        assert_eq!(bus(&device("vda")), Some(Bus::Virtio));
        assert_eq!(bus(&device("sda")), Some(Bus::Scsi));
        assert_eq!(bus(&device("mmcblk0")), None);
    }
}
