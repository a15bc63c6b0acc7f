//! The block devices that sysfs shows.

use crate::modules::Coldplug;
use crate::place;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where sysfs shows them all, each by its name.
pub const BLOCK: &str = "/sys/class/block";
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
        !place::of(disk).on_usb && attribute(disk, "removable").as_deref() != Some("1")
    }

    /// Bytes in a logical block, 512 if the kernel does not tell.
    pub fn block_size(&self) -> u64 {
        attribute(&self.name, "queue/logical_block_size")
            .and_then(|text| text.parse().ok())
            .unwrap_or(512)
    }
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

/// What a file of sysfs says of a device, without blanks around it.
pub fn attribute(device: &str, name: &str) -> Option<String> {
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
