//! USB sticks, memory cards and CDs beside the installation medium: which there are, reading from one, saving on one.
//!
//! Nothing stays mounted: [`Stick::read`] and [`Stick::write`] mount for the time of their work. What can go wrong with a
//! stick (broken file system, pulled out, full, write-protected) is one sentence each, see [`trouble`].

mod free_name;
mod mount;
#[cfg(test)]
mod tests;
mod trouble;

use crate::probe;
use firn_command::cmd;
use firn_config::Size;
use firn_disks::BlockDevice;
use firn_words::{Text, say};

/// Partitions of the medium's own disk that are smaller than this are its start files, no place for anything.
const MEDIUM_LEAST: u64 = 64_000_000;

/// A file system on a stick, a memory card or a CD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stick {
    /// Kernel name: "sdb1".
    pub name: String,
    /// Device file: "/dev/sdb1".
    pub path: String,
    /// Kind of its file system, as `lsblk` names it; empty when there is none.
    pub filesystem: String,
    /// The file system's label.
    pub label: Option<String>,
    /// What the device calls itself.
    pub model: Option<String>,
    /// Bytes.
    pub size: u64,
    /// Whether files can be saved there.
    pub writable: bool,
    /// Why it cannot be used; [`Stick::read`] then says the same.
    pub problem: Option<Text>,
}

/// All sticks, memory cards and CDs that are plugged in now, without the installation medium.
pub fn list() -> Vec<Stick> {
    // A stick that was plugged in a moment ago is known when udev has looked at it.
    let _ = cmd("udevadm", ["settle", "--timeout=10"]).run();
    choose(&firn_disks::lsblk::list(), probe::medium().as_deref())
}

/// Those that a file can be saved on.
pub fn writable() -> Vec<Stick> {
    list().into_iter().filter(|stick| stick.writable).collect()
}

/// The pure part of [`list`].
fn choose(devices: &[BlockDevice], medium: Option<&str>) -> Vec<Stick> {
    let removable = |disk: &&BlockDevice| {
        let known = matches!(disk.kind.as_str(), "disk" | "rom");
        let usb = disk.tran.as_deref() == Some("usb");
        let own = medium == Some(disk.name.as_str());
        known && disk.size > 0 && (usb || disk.removable() || own)
    };
    devices
        .iter()
        .filter(removable)
        .flat_map(|disk| on_disk(disk, medium == Some(disk.name.as_str())))
        .collect()
}

/// The file systems of one disk: its partitions, or the whole of it when it has none.
fn on_disk(disk: &BlockDevice, medium: bool) -> Vec<Stick> {
    let parts: Vec<&BlockDevice> = disk.children.iter().filter(|c| c.kind == "part").collect();
    // A CD image that was written to a stick is ISO 9660 as a whole, and has partitions besides.
    let whole = parts.is_empty() || disk.fstype.as_deref() == Some("iso9660");
    let devices = if whole && !medium { vec![disk] } else { parts };
    let wanted = |device: &&BlockDevice| {
        let empty_drive = device.kind == "rom" && device.fstype.is_none();
        let own =
            medium && (device.size < MEDIUM_LEAST || device.fstype.as_deref() == Some("iso9660"));
        !empty_drive && !own && device.mounted().is_none()
    };
    devices
        .into_iter()
        .filter(wanted)
        .map(|device| stick(device, disk, medium))
        .collect()
}

fn stick(device: &BlockDevice, disk: &BlockDevice, medium: bool) -> Stick {
    let kind = device.fstype.clone().unwrap_or_default();
    let text = |value: &Option<String>| {
        let value = value.as_deref().unwrap_or_default().trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let problem = match kind.as_str() {
        "" => Some(say!("stick-no-file-system", device = &device.path)),
        kind if mount::known(kind) => None,
        kind => Some(say!(
            "stick-other-file-system",
            device = &device.path,
            kind = kind
        )),
    };
    Stick {
        name: device.name.clone(),
        path: device.path.clone(),
        label: text(&device.label),
        model: text(&disk.model),
        size: device.size,
        writable: problem.is_none() && mount::can_write(&kind) && !medium && !device.ro && !disk.ro,
        filesystem: kind,
        problem,
    }
}

impl Stick {
    /// The stick for people: "sdb1: DATA, 8 GB (SanDisk Ultra, vfat)".
    pub fn title(&self) -> Text {
        let words = [self.model.as_deref(), Some(self.filesystem.as_str())];
        let words: Vec<&str> = words
            .into_iter()
            .flatten()
            .filter(|w| !w.is_empty())
            .collect();
        let label = self.label.as_deref().map(|label| format!("{label}, "));
        let name = format!("{}: {}", self.name, label.unwrap_or_default());
        let words = match words.as_slice() {
            [] => String::new(),
            words => format!(" ({})", words.join(", ")),
        };
        Text::join([name.into(), Size(self.size).text(), words.into()], "")
    }
}
