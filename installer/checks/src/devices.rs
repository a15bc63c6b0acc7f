//! Why a PCI device may show no disk or no NIC.

use super::menus::{Switch, place};
use firn_machine::{Machine, PciDevice};
use firn_words::{Text, say};

/// Something that keeps a device from being used, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What was found, without a full stop.
    pub found: Text,
    /// What to do.
    pub todo: Text,
    /// Whether the device shows its disks or its NIC all the same.
    pub works: bool,
}

impl Cause {
    /// Of a device that does not work.
    pub fn new(found: Text, todo: Text) -> Self {
        Self {
            found,
            todo,
            works: false,
        }
    }
}

/// Devices that store, and cannot be used as they are.
pub fn storage(machine: &Machine) -> Vec<Cause> {
    let mut causes = Vec::new();
    if machine.hidden_nvme > 0 {
        causes.push(Cause::new(
            say!("check-hidden-nvme", count = machine.hidden_nvme),
            say!("check-ahci-todo", place = place(machine, Switch::Sata)),
        ));
    }
    let controllers = machine.pci.iter().filter(|d| d.is_storage());
    causes.extend(controllers.filter_map(|device| {
        if device.driver.is_none() && device.is_vmd() {
            return Some(Cause::new(
                say!("check-vmd-no-driver", device = device.title()),
                say!("check-vmd-todo", place = place(machine, Switch::Vmd)),
            ));
        }
        if device.driver.is_none() && device.is_chipset_raid() {
            return Some(Cause::new(
                say!("check-raid-mode", device = device.title()),
                say!("check-ahci-todo", place = place(machine, Switch::Sata)),
            ));
        }
        firmware_or_driver(machine, device)
    }));
    causes
}

/// Controllers with a driver that show nothing; only said where there is no disk at all.
pub fn silent_storage(machine: &Machine) -> Vec<Cause> {
    let with_driver = machine.pci.iter().filter(|d| d.driver.is_some());
    with_driver
        .filter_map(|device| {
            if device.is_vmd() {
                return Some(Cause::new(
                    say!("check-vmd-silent", device = device.title()),
                    say!("check-vmd-todo", place = place(machine, Switch::Vmd)),
                ));
            }
            // The hidden NVMe disks have said that already.
            if device.is_chipset_raid() && machine.hidden_nvme > 0 {
                return None;
            }
            if device.is_chipset_raid() {
                return Some(Cause::new(
                    say!("check-raid-silent", device = device.title()),
                    say!("check-ahci-todo", place = place(machine, Switch::Sata)),
                ));
            }
            if device.is_raid() {
                return Some(Cause::new(
                    say!("check-controller-silent", device = device.title()),
                    say!("check-controller-todo"),
                ));
            }
            device.is_fibre_channel().then(|| {
                Cause::new(
                    say!("check-fc-silent", device = device.title()),
                    say!("check-fc-todo"),
                )
            })
        })
        .collect()
}

/// NICs that cannot be used as they are. Wi-Fi does not count: a bridge cannot be made of it.
pub fn network(machine: &Machine) -> Vec<Cause> {
    let wired = |d: &&PciDevice| d.is_network() && !d.class.starts_with("0280");
    let cards = machine.pci.iter().filter(wired);
    cards
        .filter_map(|device| firmware_or_driver(machine, device))
        .collect()
}

fn firmware_or_driver(machine: &Machine, device: &PciDevice) -> Option<Cause> {
    let mut files: Vec<&str> = machine
        .missing_firmware
        .iter()
        .filter(|m| m.pci == device.address)
        .map(|m| m.file.as_str())
        .collect();
    files.dedup();
    if !files.is_empty() {
        let works = device.driver.is_some() && shows(machine, device);
        return Some(Cause {
            found: say!(
                "check-firmware-missing",
                device = device.title(),
                file = files.join(", ")
            ),
            todo: if works {
                say!("check-firmware-works-todo")
            } else {
                say!("check-firmware-todo")
            },
            works,
        });
    }
    device.driver.is_none().then(|| {
        Cause::new(
            say!("check-driver-missing", device = device.title()),
            say!("check-driver-todo"),
        )
    })
}

/// Whether a disk or a NIC is seen that belongs to the device.
fn shows(machine: &Machine, device: &PciDevice) -> bool {
    let address = device.address.as_str();
    let path = format!("/by-path/pci-{address}-");
    let disk = |links: &[String]| links.iter().any(|link| link.contains(&path));
    machine
        .nics
        .iter()
        .any(|n| n.pci.as_deref() == Some(address))
        || machine.disks.iter().any(|d| disk(&d.links))
}

/// Why causes matter where the machine has other disks and NICs.
pub fn why(causes: &[Cause]) -> Text {
    if causes.iter().all(|cause| cause.works) {
        return say!("check-firmware-works-why");
    }
    say!("check-devices-why")
}

/// What was found, and what to do, of all causes together; what holds for several devices is said once.
pub fn together(causes: &[Cause]) -> (Text, Text) {
    let once = |texts: &mut dyn Iterator<Item = &Text>| {
        let mut kept: Vec<Text> = Vec::new();
        for text in texts {
            if !kept.contains(text) {
                kept.push(text.clone());
            }
        }
        Text::join(kept, "; ")
    };
    let found = once(&mut causes.iter().map(|c| &c.found));
    (found, once(&mut causes.iter().map(|c| &c.todo)))
}
