//! Where a disk is plugged in, as something to sort by.

use crate::devices::BLOCK;
use std::fs;
use std::path::{Path, PathBuf};

/// The same order of two disks at every start, whichever shows first: by the way over the machine's buses, what is on USB last.
///
/// The kernel numbers hosts, ports and NVMe controllers as it finds them, so these numbers are left out of the way. Those of one
/// controller follow one another in the same order each time, so they decide between its ports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Whether it is on USB.
    pub on_usb: bool,
    way: Vec<String>,
    numbers: Vec<u64>,
}

impl Place {
    /// Of a disk by its folder below `/sys/devices`.
    pub fn of(path: &Path) -> Place {
        let parts: Vec<String> = path.iter().map(|p| p.to_string_lossy().into()).collect();
        let parts = match &parts[..] {
            // sda, vda and such are only the order of coming.
            [way @ .., block, _] if block == "block" => way,
            way => way,
        };
        Place {
            on_usb: parts.iter().any(|part| part.starts_with("usb")),
            way: parts.iter().map(|part| lasting(part)).collect(),
            numbers: parts.iter().flat_map(|part| numbers(part)).collect(),
        }
    }
}

/// Where a disk is plugged in.
pub fn of(name: &str) -> Place {
    let path = fs::canonicalize(format!("{BLOCK}/{name}"));
    let path = path.unwrap_or_else(|_| name.into());
    let ways = ways(&path).into_iter().map(|way| Place::of(&way)).min();
    ways.unwrap_or_else(|| Place::of(&path))
}

/// Of an NVMe disk that may have several paths, which lies in the folder of its subsystem, those of its controllers.
fn ways(disk: &Path) -> Vec<PathBuf> {
    let Some(subsystem) = disk.parent().filter(|_| is_subsystem(disk)) else {
        return Vec::new();
    };
    let entries = fs::read_dir(subsystem).into_iter().flatten().flatten();
    let links = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
    let controllers = links.filter(|link| link.file_name().to_string_lossy().starts_with("nvme"));
    let paths = controllers.filter_map(|link| fs::canonicalize(link.path()).ok());
    // Several disks of one controller are told apart by their own names.
    let name = disk.file_name().unwrap_or_default();
    paths.map(|path| path.join(name)).collect()
}

fn is_subsystem(disk: &Path) -> bool {
    disk.iter().any(|part| part == "nvme-subsystem")
}

/// A part of the way without the number that the kernel counts: `host6` and `6:0:1:0`, but not the PCI address `0000:00:1f.2`.
fn lasting(part: &str) -> String {
    if part.starts_with("pci") || is_pci(part) {
        return part.to_owned();
    }
    let begin = part.find(|c: char| c.is_ascii_digit());
    let (before, rest) = part.split_at(begin.unwrap_or(part.len()));
    before.to_owned() + rest.trim_start_matches(|c: char| c.is_ascii_digit())
}

fn is_pci(part: &str) -> bool {
    let hex = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
    part.split_once('.').is_some_and(|(address, function)| {
        function.len() == 1 && address.split(':').count() == 3 && address.split(':').all(hex)
    })
}

fn numbers(part: &str) -> Vec<u64> {
    let runs = part.split(|c: char| !c.is_ascii_digit());
    runs.filter_map(|run| run.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> Place {
        Place::of(Path::new(path))
    }

    const PCI: &str = "/sys/devices/pci0000:00";

    #[test]
    fn the_order_is_the_same_whatever_the_kernel_counts() {
        // Two disks, and the same two after another order of coming.
        let table = [
            // Two controllers, whose hosts were found in another order.
            (
                [
                    "0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda",
                    "0000:01:00.0/host8/port-8:0/end_device-8:0/target8:0:0/8:0:0:0/block/sdb",
                ],
                [
                    "0000:00:17.0/ata9/host12/target12:0:0/12:0:0:0/block/sdb",
                    "0000:01:00.0/host0/port-0:0/end_device-0:0/target0:0:0/0:0:0:0/block/sda",
                ],
            ),
            // Two ports of one controller, across the tens.
            (
                [
                    "0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda",
                    "0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sdb",
                ],
                [
                    "0000:00:17.0/ata9/host9/target9:0:0/9:0:0:0/block/sdb",
                    "0000:00:17.0/ata10/host10/target10:0:0/10:0:0:0/block/sda",
                ],
            ),
            // Two targets of one host.
            (
                [
                    "0000:01:00.0/host0/target0:2:0/0:2:0:0/block/sda",
                    "0000:01:00.0/host0/target0:2:1/0:2:1:0/block/sdb",
                ],
                [
                    "0000:01:00.0/host3/target3:2:0/3:2:0:0/block/sdd",
                    "0000:01:00.0/host3/target3:2:1/3:2:1:0/block/sdc",
                ],
            ),
            (
                [
                    "0000:00:1d.0/0000:03:00.0/nvme/nvme0/nvme0n1",
                    "0000:00:1d.4/0000:04:00.0/nvme/nvme1/nvme1n1",
                ],
                [
                    "0000:00:1d.0/0000:03:00.0/nvme/nvme1/nvme1n1",
                    "0000:00:1d.4/0000:04:00.0/nvme/nvme0/nvme0n1",
                ],
            ),
            (
                [
                    "0000:00:04.0/virtio1/block/vda",
                    "0000:00:05.0/virtio2/block/vdb",
                ],
                [
                    "0000:00:04.0/virtio3/block/vdb",
                    "0000:00:05.0/virtio2/block/vda",
                ],
            ),
            // What is on USB comes last.
            (
                [
                    "0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sdb",
                    "0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sda",
                ],
                [
                    "0000:00:1f.2/ata1/host1/target1:0:0/1:0:0:0/block/sda",
                    "0000:00:14.0/usb1/1-1/1-1:1.0/host0/target0:0:0/0:0:0:0/block/sdb",
                ],
            ),
        ];
        for (once, again) in table {
            for [first, second] in [once, again] {
                let (first, second) = (format!("{PCI}/{first}"), format!("{PCI}/{second}"));
                assert!(place(&first) < place(&second), "{first} {second}");
            }
        }
    }

    /// As the kernel shows two dual-port disks, whose subsystems it numbers as they come.
    #[test]
    fn a_disk_of_an_nvme_subsystem_is_where_its_controller_is() {
        use std::os::unix::fs::symlink;
        let top = tempfile::tempdir().unwrap();
        let devices = top.path().canonicalize().unwrap();
        let disk = |subsystem: u32, pci: &str| {
            let controller = devices.join(format!("pci0000:00/{pci}/nvme/nvme{subsystem}"));
            let folder = devices.join(format!("virtual/nvme-subsystem/nvme-subsys{subsystem}"));
            let disk = folder.join(format!("nvme{subsystem}n1"));
            fs::create_dir_all(&controller).unwrap();
            fs::create_dir_all(&disk).unwrap();
            symlink(&controller, folder.join(format!("nvme{subsystem}"))).unwrap();
            ways(&disk)
        };
        let second = disk(0, "0000:04:00.0");
        let first = disk(1, "0000:03:00.0");
        assert_eq!((first.len(), second.len()), (1, 1));
        assert!(Place::of(&first[0]) < Place::of(&second[0]));
        assert!(ways(&devices.join("pci0000:00/0000:04:00.0/nvme/nvme0/nvme0n1")).is_empty());
    }

    #[test]
    fn only_what_the_kernel_counts_is_left_out() {
        for (part, expected) in [
            ("host6", "host"),
            ("target6:0:1", "target:0:1"),
            ("6:0:1:0", ":0:1:0"),
            ("end_device-8:3", "end_device-:3"),
            ("nvme0n1", "nvmen1"),
            ("0000:00:1f.2", "0000:00:1f.2"),
            ("pci0000:00", "pci0000:00"),
            ("block", "block"),
        ] {
            assert_eq!(lasting(part), expected, "{part}");
        }
    }

    #[test]
    fn a_disk_on_usb_is_known_by_its_way() {
        let usb =
            format!("{PCI}/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sda");
        let sata = format!("{PCI}/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sdb");
        assert!(place(&usb).on_usb && !place(&sata).on_usb);
    }
}
