//! Disks: what they are, what they hold, and which can never be a target.

use super::gpt_names::{self, Layout};
use super::lsblk::{self, BlockDevice};
use super::{contents, lvm, paths};
use crate::machine::{Disk, FirnHost, Unfit};
use firn_config::{ANSWERS_LABEL, Bus};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// All whole disks and CD drives. RAM disks and loop devices are not listed: nobody means them. `raid_mode` is whether
/// the firmware makes RAID volumes of them.
pub fn probe(medium: Option<&str>, raid_mode: bool) -> Vec<Disk> {
    let (links, groups) = (links(), lvm::groups());
    let listed = |d: &BlockDevice| {
        let hidden = ["loop", "ram", "zram", "dm-", "md", "mtdblock"];
        matches!(d.kind.as_str(), "disk" | "rom")
            && !hidden.iter().any(|h| d.name.starts_with(h))
            && (d.size > 0 || d.rm)
    };
    let devices = lsblk::list();
    let mut disks: Vec<Disk> = devices
        .iter()
        .filter(|d| listed(d))
        .map(|d| disk(d, medium, &links, &groups))
        .collect();
    if raid_mode {
        paths::mark_raid_members(&mut disks);
    }
    paths::merge(&mut disks);
    name_owners(&mut disks);
    disks
}

/// A disk of a store knows only the id of its host; the host's own disk knows more.
fn name_owners(disks: &mut [Disk]) {
    let hosts: Vec<FirnHost> = disks.iter().filter_map(|disk| disk.firn.clone()).collect();
    for owner in disks.iter_mut().filter_map(|disk| disk.store_of.as_mut()) {
        if let Some(host) = hosts.iter().find(|host| host.id == owner.id) {
            *owner = host.clone();
        }
    }
}

fn disk(
    device: &BlockDevice,
    medium: Option<&str>,
    links: &HashMap<PathBuf, Vec<String>>,
    groups: &lvm::Groups,
) -> Disk {
    let unfit = unfit(device, medium);
    let mut disk = Disk {
        name: device.name.clone(),
        path: device.path.clone(),
        links: links
            .get(Path::new(&device.path))
            .cloned()
            .unwrap_or_default(),
        size: device.size,
        model: lsblk::trimmed(device.model.as_deref()),
        serial: device.serial(),
        wwn: device.wwn(),
        bus: bus(device),
        logical_block_size: device.log_sec.max(512),
        removable: device.rm,
        contents: Vec::new(),
        firn: None,
        store_of: None,
        paths: Vec::new(),
        unfit,
    };
    if device.kind == "disk" && device.size > 0 {
        match gpt_names::read(&disk.path, disk.logical_block_size) {
            Layout::Unfinished => return disk,
            Layout::Installed(host) => disk.firn = Some(host),
            Layout::Store(host) => disk.store_of = Some(host),
            Layout::Foreign => {}
        }
        disk.contents = contents::of(device, groups);
    }
    disk
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
    } else if device.size == 0 {
        Some(Unfit::NoMedium)
    } else if device.name.starts_with("nbd") {
        Some(Unfit::NetworkBlockDevice)
    } else if device.flat().iter().any(|d| d.has_label(ANSWERS_LABEL)) {
        Some(Unfit::Answers)
    } else if let Some(place) = device.mounted() {
        Some(Unfit::Mounted(place))
    } else if let Some(other) = other_use {
        Some(match other.kind.as_str() {
            raid if raid.starts_with("raid") => Unfit::RaidMember(other.name.clone()),
            kind => Unfit::InUse(format!("{} ({kind})", other.name)),
        })
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
                Some(Unfit::RaidMember("child".into())),
            ),
            (
                with_child("mpath", None, None),
                Some(Unfit::InUse("child (mpath)".into())),
            ),
            (
                BlockDevice {
                    size: 0,
                    ..device("sde")
                },
                Some(Unfit::NoMedium),
            ),
            (with_child("part", Some("data"), None), None),
        ];
        for (device, expected) in table {
            assert_eq!(unfit(&device, Some("sdb")), expected, "{}", device.name);
        }
    }

    #[test]
    fn a_disk_of_a_store_learns_the_name_of_its_host() {
        let host = |id: &str, name: &str| FirnHost {
            id: id.into(),
            name: name.into(),
            version: "0.1.0".into(),
        };
        let mut disks = [
            Disk {
                store_of: Some(host("1a", "unknown")),
                ..Disk::default()
            },
            Disk {
                firn: Some(host("1a", "xen1")),
                ..Disk::default()
            },
            Disk {
                store_of: Some(host("2b", "unknown")),
                ..Disk::default()
            },
        ];
        name_owners(&mut disks);
        assert_eq!(disks[0].store_of, disks[1].firn);
        assert_eq!(disks[2].store_of, Some(host("2b", "unknown")));
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
