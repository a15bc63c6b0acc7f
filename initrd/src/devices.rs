//! The block devices that sysfs shows.

use crate::modules::Coldplug;
use crate::place::Place;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

const BLOCK: &str = "/sys/class/block";
/// How often to look again while something is missing.
const PAUSE: Duration = Duration::from_millis(100);
/// After this time without success, drivers are tried that no device asked for.
const FALL_BACK_AFTER: Duration = Duration::from_secs(4);

/// A disk, CD drive or partition.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// The kernel's name, such as `sda1`.
    pub name: String,
    /// The disk's name if this is a partition.
    pub parent: Option<String>,
    /// The partition's number if this is one.
    pub number: Option<u32>,
}

impl Device {
    /// The device file that the kernel keeps in devtmpfs.
    pub fn path(&self) -> String {
        format!("/dev/{}", self.name.replace('!', "/"))
    }

    /// Bytes, from the count of 512-byte sectors; 0 for a drive without a medium.
    pub fn size(&self) -> u64 {
        attribute(&self.name, "size")
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
            * 512
    }

    /// Whether it belongs to the machine: neither on USB nor with a medium that can be changed.
    pub fn is_own(&self) -> bool {
        let disk = self.parent.as_deref().unwrap_or(&self.name);
        !place(disk).on_usb && attribute(disk, "removable").as_deref() != Some("1")
    }

    /// Bytes in a logical block, 512 if the kernel does not tell.
    pub fn block_size(&self) -> u64 {
        attribute(&self.name, "queue/logical_block_size")
            .and_then(|text| text.parse().ok())
            .unwrap_or(512)
    }
}

/// Where a disk is plugged in.
pub fn place(name: &str) -> Place {
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

/// The name that its maker has given a disk and no other one, the same over all paths to it; none where it has only a made-up one,
/// or is on USB, where a bridge may say the same for all its disks.
pub fn wwn(name: &str) -> Option<String> {
    let wwn = attribute(name, "device/wwid").or_else(|| attribute(name, "wwid"))?;
    (is_registered(&wwn) && !place(name).on_usb).then_some(wwn)
}

/// Whether a WWN is of a kind that makers get from a registry, and not filled in.
fn is_registered(wwn: &str) -> bool {
    let Some(digits) = wwn.strip_prefix("naa.").or(wwn.strip_prefix("eui.")) else {
        return false;
    };
    let distinct: BTreeSet<char> = digits.chars().collect();
    // Of kinds 5 and 6 the maker's number follows.
    let no_maker = wwn.starts_with("naa.") && digits.get(1..7) == Some("000000");
    digits.len() >= 16 && distinct.len() > 3 && !no_maker
}

/// All block devices that can hold an image, sorted: CD drives, disks, partitions.
pub fn list() -> Vec<Device> {
    let mut devices: Vec<Device> = fs::read_dir(BLOCK)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| read(&entry.path()))
        .collect();
    devices.sort_by_key(|device| {
        (
            !device.name.starts_with("sr"),
            device.parent.is_some(),
            device.name.clone(),
        )
    });
    devices
}

fn read(folder: &Path) -> Option<Device> {
    let name = folder.file_name()?.to_str()?.to_owned();
    if ["loop", "ram", "zram", "dm-", "md", "nbd", "fd"]
        .iter()
        .any(|kind| name.starts_with(kind))
    {
        return None;
    }
    // The single paths to an NVMe disk with several; the disk itself is listed as well.
    if attribute(&name, "hidden").as_deref() == Some("1") {
        return None;
    }
    let real: PathBuf = fs::canonicalize(folder).ok()?;
    let number = uevent(
        &firn_visible::read_text(folder.join("uevent")).ok()?,
        "PARTN",
    )
    .and_then(|text| text.parse().ok());
    let parent = number.and_then(|_: u32| Some(real.parent()?.file_name()?.to_str()?.to_owned()));
    Some(Device {
        name,
        parent,
        number,
    })
}

/// The value of one `KEY=value` line of a sysfs `uevent` file.
pub fn uevent(text: &str, key: &str) -> Option<String> {
    text.lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('=').map(str::to_owned))
}

/// The `dm-N` device that carries this device-mapper name.
pub fn mapped(name: &str) -> Option<String> {
    let entries = fs::read_dir(BLOCK).ok()?.flatten();
    let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let found = names.find(|device| attribute(device, "dm/name").as_deref() == Some(name))?;
    Some(format!("/dev/{found}"))
}

fn attribute(device: &str, name: &str) -> Option<String> {
    Some(
        firn_visible::read_text(format!("{BLOCK}/{device}/{name}"))
            .ok()?
            .trim()
            .to_owned(),
    )
}

/// Calls `look` with the devices, again and again, until it finds something and no device has appeared for `quiet`, or the time is
/// over. Drivers for devices that appear meanwhile are loaded.
pub fn wait_for<T>(
    patience: Duration,
    quiet: Duration,
    mut look: impl FnMut(&[Device]) -> Option<T>,
) -> Option<T> {
    let start = Instant::now();
    let mut coldplug = Coldplug::default();
    let (mut seen, mut since) = (Vec::new(), start);
    loop {
        while coldplug.load_new() {}
        let devices = list();
        if devices != seen {
            (seen, since) = (devices, Instant::now());
        }
        let late = start.elapsed() > patience;
        match look(&seen) {
            Some(found) if late || since.elapsed() >= quiet => return Some(found),
            Some(_) => {}
            None if late => return None,
            None if start.elapsed() > FALL_BACK_AFTER => coldplug.fall_back(),
            None => {}
        }
        sleep(PAUSE);
    }
}

/// A list of devices for a person, such as `sda (8.0 GB), sr0 (empty)`.
pub fn describe(devices: &[Device]) -> String {
    let words: Vec<String> = devices
        .iter()
        .filter(|device| device.parent.is_none())
        .map(|device| word(&device.name, device.size()))
        .collect();
    if words.is_empty() {
        "no disk and no CD drive at all".into()
    } else {
        words.join(", ")
    }
}

/// A device's name and size in GB (10^9).
pub fn word(name: &str, size: u64) -> String {
    match size {
        0 => format!("{name} (empty)"),
        1..100_000_000 => format!("{name} ({} MB)", size / 1_000_000),
        _ => format!("{name} ({:.1} GB)", size as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uevent_files_are_read_by_key() {
        let text = "MAJOR=8\nDEVNAME=sda1\nDEVTYPE=partition\nPARTN=1\nPARTNAME=firn-a\n";
        assert_eq!(uevent(text, "PARTN").as_deref(), Some("1"));
        assert_eq!(uevent(text, "PARTNAME").as_deref(), Some("firn-a"));
        assert_eq!(uevent(text, "PART"), None);
    }

    #[test]
    fn a_name_that_was_filled_in_is_no_proof() {
        for (wwn, expected) in [
            ("naa.5000c500a1b2c3d4", true),
            ("naa.600508b1001c4d5e6f708192a3b4c5d6", true),
            ("eui.0025385a91b0c1d2", true),
            ("naa.5000000000000001", false),
            ("naa.0000000000000000", false),
            ("naa.ffffffffffffffff", false),
            ("eui.0000000000000001", false),
            ("t10.ATA     QEMU HARDDISK   QM00001", false),
            ("naa.", false),
            ("", false),
        ] {
            assert_eq!(is_registered(wwn), expected, "{wwn}");
        }
        assert_eq!(wwn("no-such-disk"), None);
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
    fn sizes_are_in_gigabytes() {
        assert_eq!(word("sr0", 0), "sr0 (empty)");
        assert_eq!(word("sda1", 1_048_576), "sda1 (1 MB)");
        assert_eq!(word("sda", 21_474_836_480), "sda (21.5 GB)");
    }

    #[test]
    fn slashes_in_names_are_exclamation_marks_in_sysfs() {
        let device = Device {
            name: "cciss!c0d0".into(),
            parent: None,
            number: None,
        };
        assert_eq!(device.path(), "/dev/cciss/c0d0");
    }
}
