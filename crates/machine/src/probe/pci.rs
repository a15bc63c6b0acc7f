//! PCI devices that store data or speak to a network, from sysfs and the list of PCI ids.

use super::text;
use crate::PciDevice;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

const DEVICES: &str = "/sys/bus/pci/devices";
const NAMES: &str = "/usr/share/misc/pci.ids";

/// All of them, sorted by address.
pub fn probe() -> Vec<PciDevice> {
    let entries = fs::read_dir(DEVICES).into_iter().flatten().flatten();
    let mut devices: Vec<PciDevice> = entries
        .filter_map(|entry| device(&entry.path()))
        .filter(|d| d.is_storage() || d.is_network())
        .collect();
    devices.sort_by_key(|d| (d.address.len(), d.address.clone()));
    let names = fs::read(NAMES).unwrap_or_default();
    name(&mut devices, &String::from_utf8_lossy(&names));
    devices
}

fn device(dir: &Path) -> Option<PciDevice> {
    let hex = |name: &str| Some(text(dir.join(name))?.trim_start_matches("0x").to_owned());
    Some(PciDevice {
        address: dir.file_name()?.to_string_lossy().into_owned(),
        id: format!("{}:{}", hex("vendor")?, hex("device")?),
        class: hex("class")?,
        driver: super::nics::driver(dir),
        name: None,
    })
}

/// Fills in the names from the text of `pci.ids`: a vendor at the left border, its devices after a tab each.
fn name(devices: &mut [PciDevice], list: &str) {
    let wanted: Vec<String> = devices.iter().map(|d| d.id.clone()).collect();
    let mut found: HashMap<String, String> = HashMap::new();
    let mut vendor = ("", "");
    for line in list.lines() {
        if line.starts_with('#') || line.starts_with("\t\t") {
            continue;
        }
        // The list of classes follows that of the vendors.
        if line.starts_with("C ") {
            break;
        }
        if let Some((id, name)) = line.trim_start_matches('\t').split_once("  ") {
            if !line.starts_with('\t') {
                vendor = (id, name);
                continue;
            }
            let id = format!("{}:{id}", vendor.0);
            if wanted.contains(&id) {
                found.insert(id, format!("{} {name}", vendor.1));
            }
        }
    }
    for device in devices {
        device.name = found.get(&device.id).cloned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_the_list() {
        let list = "# a comment\n8085  Nobody\n\ta77f  Nothing\n8086  Intel Corporation\n\ta77f  Volume Management Device\n\t\t1028 0001  A subsystem\nC 01  Mass storage controller\n\t00  SCSI\n";
        let device = |id: &str| PciDevice {
            id: id.into(),
            ..PciDevice::default()
        };
        let mut devices = [device("8086:a77f"), device("8086:ffff")];
        name(&mut devices, list);
        let title = |n: usize| devices[n].title();
        assert_eq!(
            title(0),
            "Intel Corporation Volume Management Device (8086:a77f)"
        );
        assert_eq!(title(1), "PCI 8086:ffff");
    }
}
