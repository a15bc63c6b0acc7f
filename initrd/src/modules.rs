//! Kernel modules: those a task needs by name, and those the devices ask for.

use crate::{run, slow};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Drivers tried by name when no device asked for them within a few seconds: the net below the net.
const FALLBACK: &[&str] = &[
    "usb_storage",
    "uas",
    "virtio_blk",
    "virtio_pci",
    "virtio_scsi",
    "nvme",
    "ahci",
    "ata_piix",
    "xen_blkfront",
];

/// How long the loading of what devices ask for is waited for. Old controllers take half a minute until they show their disks, and a
/// copy of a disk must not win because its own controller is quicker.
const LOADING: Duration = Duration::from_secs(40);

/// Modules of file systems and disks that a medium may need; the devices do not ask for them.
pub const MEDIUM: &[&str] = &[
    "sd_mod",
    "sr_mod",
    "isofs",
    "exfat",
    "vfat",
    "nls_cp437",
    "nls_ascii",
    "ext4",
];

/// The same for a slot.
pub const SLOT: &[&str] = &["sd_mod", "ext4", "dm_mod"];

/// Loads modules by name or alias. One that is built in, missing or refuses is no error: what then
/// lacks says so itself, and better.
pub fn load<S: AsRef<str>>(names: &[S]) {
    if names.is_empty() {
        return;
    }
    let mut args = vec!["-a", "-b", "-q"];
    args.extend(names.iter().map(AsRef::as_ref));
    let _ = run::applet("kmod", "modprobe", &args);
}

/// A driver whose device does not answer holds up its loading for minutes. It goes on, and so does the search among the other devices.
fn load_within<S: AsRef<str> + Send + 'static>(names: Vec<S>) {
    slow::within(LOADING, move || load(&names));
}

/// Loads what the devices ask for. New devices (behind a new controller) are served by the next call.
#[derive(Default)]
pub struct Coldplug {
    asked: BTreeSet<String>,
    fell_back: bool,
}

impl Coldplug {
    /// Loads the modules for every device that has appeared since the last call.
    /// Returns whether there was any.
    pub fn load_new(&mut self) -> bool {
        let found = aliases(Path::new("/sys/bus"));
        let new: Vec<String> = found
            .into_iter()
            .filter(|alias| self.asked.insert(alias.clone()))
            .collect();
        let any = !new.is_empty();
        load_within(new);
        any
    }

    /// Loads the common drivers by name, once.
    pub fn fall_back(&mut self) {
        if !std::mem::replace(&mut self.fell_back, true) {
            load_within(FALLBACK.to_vec());
        }
    }
}

/// The `modalias` of every device on every bus. (Walking `/sys/devices` finds the same, slower.)
fn aliases(buses: &Path) -> BTreeSet<String> {
    let folders = entries(buses)
        .into_iter()
        .filter(|bus| !bus.ends_with("cpu"));
    let devices = folders.flat_map(|bus| entries(&bus.join("devices")));
    devices
        .filter_map(|device| alias(&firn_visible::read_text(device.join("modalias")).ok()?))
        .collect()
}

/// An alias as modprobe wants it; None for devices that leave it empty.
fn alias(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_collected_once_and_cpus_left_out() {
        let bus = tempfile::tempdir().unwrap();
        let cases = [
            ("pci", "0", "pci:v1\n"),
            ("pci", "1", "pci:v1\n"),
            ("usb", "1", "\n"),
            ("cpu", "0", "cpu:x\n"),
        ];
        for (name, device, text) in cases {
            let folder = bus.path().join(name).join("devices").join(device);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("modalias"), text).unwrap();
        }
        assert_eq!(
            aliases(bus.path()).into_iter().collect::<Vec<_>>(),
            ["pci:v1"]
        );
    }
}
