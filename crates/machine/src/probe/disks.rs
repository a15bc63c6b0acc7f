//! Disks: what they are, what they hold, and which can never be a target.

use super::look::{self, Request};
use super::{edges, paths};
use crate::{Disk, FirnHost, Unfit};
use firn_config::{ANSWERS_LABEL, Bus};
use firn_disks::{BlockDevice, lsblk, lvm};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What was found out about the disks.
#[derive(Debug, Default)]
pub struct Found {
    /// All whole disks and CD drives.
    pub disks: Vec<Disk>,
    /// Why they could not be listed.
    pub unlisted: Option<String>,
    /// Why LVM did not tell its volume groups.
    pub ungrouped: Option<String>,
}

/// All whole disks and CD drives. RAM disks and loop devices are not listed: nobody means them. `raid_mode` is whether
/// the firmware makes RAID volumes of them.
pub fn probe(medium: Option<&str>, raid_mode: bool) -> Found {
    let devices = match lsblk::read() {
        Ok(devices) => devices,
        Err(reason) => {
            return Found {
                unlisted: Some(reason),
                ..Found::default()
            };
        }
    };
    let (groups, ungrouped) = match lvm::groups() {
        Ok(groups) => (groups, None),
        Err(reason) => (lvm::Groups::default(), Some(reason)),
    };
    let mut disks = disks(devices, medium, &groups);
    if raid_mode {
        paths::mark_raid_members(&mut disks);
    }
    paths::merge(&mut disks);
    name_owners(&mut disks);
    Found {
        disks,
        unlisted: None,
        ungrouped,
    }
}

fn is_listed(device: &BlockDevice) -> bool {
    let hidden = ["loop", "ram", "zram", "dm-", "md", "mtdblock"];
    matches!(device.kind.as_str(), "disk" | "rom")
        && !hidden.iter().any(|h| device.name.starts_with(h))
        && (device.size > 0 || device.rm || has_odd_size(device))
}

/// lsblk has something in the place of its size that is none.
fn has_odd_size(device: &BlockDevice) -> bool {
    device.odd.iter().any(|column| column == "size")
}

fn disks(devices: Vec<BlockDevice>, medium: Option<&str>, groups: &lvm::Groups) -> Vec<Disk> {
    let links = links();
    let listed: Vec<BlockDevice> = devices.into_iter().filter(is_listed).collect();
    let mut disks: Vec<Disk> = listed.iter().map(|d| disk(d, medium, &links)).collect();
    let edges = edges::wanted(&disks);
    // An empty floppy drive has a size, and only takes its time.
    let readable = |device: &BlockDevice| {
        device.kind == "disk" && device.size > 0 && !device.name.starts_with("fd")
    };
    let (places, requests): (Vec<usize>, Vec<Request>) = listed
        .into_iter()
        .enumerate()
        .filter(|(_, device)| readable(device))
        .map(|(at, device)| {
            let request = Request {
                device,
                groups: groups.clone(),
                edges: edges[at],
            };
            (at, request)
        })
        .unzip();
    for (at, seen) in places.into_iter().zip(look::at_all(requests)) {
        let disk = &mut disks[at];
        (disk.contents, disk.firn) = (seen.contents, seen.firn);
        (disk.store_of, disk.unread) = (seen.store_of, seen.unread);
        (disk.edges, disk.firn_unstartable) = (seen.edges, seen.firn_unstartable);
    }
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

/// What the kernel tells about a disk.
fn disk(device: &BlockDevice, medium: Option<&str>, links: &HashMap<PathBuf, Vec<String>>) -> Disk {
    Disk {
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
        logical_block_size: firn_disks::block_size(device.log_sec),
        removable: device.rm || device.card,
        unfit: unfit(device, medium),
        ..Disk::default()
    }
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
    } else if has_odd_size(device) {
        Some(Unfit::NoSize)
    } else if device.size == 0 {
        Some(Unfit::NoMedium)
    } else if device.name.starts_with("nbd") {
        Some(Unfit::NetworkBlockDevice)
    } else if device.removable() && device.flat().iter().any(|d| d.has_label(ANSWERS_LABEL)) {
        // Of the disks that stay only the one whose answers are taken counts, and which that is is not known here.
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
    } else if device.zoned.as_deref() == Some("host-managed") {
        Some(Unfit::Zoned)
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
        Some("mmc") => Some(Bus::Mmc),
        _ if device.name.starts_with("vd") => Some(Bus::Virtio),
        _ if device.name.starts_with("nvme") => Some(Bus::Nvme),
        _ if device.name.starts_with("mmcblk") => Some(Bus::Mmc),
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
            // What was left on a disk is content like other content.
            (with_child("part", Some("firnanswers"), None), None),
            (
                BlockDevice {
                    tran: Some("usb".into()),
                    ..with_child("part", Some("firnanswers"), None)
                },
                Some(Unfit::Answers),
            ),
            (
                BlockDevice {
                    card: true,
                    ..with_child("part", Some("FIRNANSWERS"), None)
                },
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
            (
                BlockDevice {
                    size: 0,
                    odd: vec!["size".into()],
                    ..device("sde")
                },
                Some(Unfit::NoSize),
            ),
            (
                BlockDevice {
                    zoned: Some("host-managed".into()),
                    ..device("sda")
                },
                Some(Unfit::Zoned),
            ),
            (
                BlockDevice {
                    zoned: Some("host-aware".into()),
                    ..device("sda")
                },
                None,
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
        assert_eq!(bus(&device("mmcblk0")), Some(Bus::Mmc));
        assert_eq!(bus(&tran("mmc")), Some(Bus::Mmc));
        assert_eq!(bus(&device("pmem0")), None);
    }
}
