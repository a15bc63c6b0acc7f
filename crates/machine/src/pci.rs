//! PCI devices, and what the kernel says about them.

use serde::{Deserialize, Serialize};

/// A PCI device that stores data or speaks to a network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct PciDevice {
    /// Its address: "0000:01:00.0".
    pub address: String,
    /// Vendor and device, as `lspci -n` shows them: "8086:a77f".
    pub id: String,
    /// Class, subclass and programming interface, six hex digits: "010400".
    pub class: String,
    /// The kernel module that drives it, else the driver's own name.
    pub driver: Option<String>,
    /// Vendor and device by name, where the list of PCI ids has them.
    pub name: Option<String>,
}

/// A firmware file that the kernel asked for in vain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct MissingFirmware {
    /// The PCI address of the device that wants it.
    pub pci: String,
    /// The driver that asked.
    pub driver: String,
    /// The file, below /lib/firmware: "bnx2x/bnx2x-e2-7.13.21.0.fw".
    pub file: String,
}

/// Intel's Volume Management Devices: NVMe disks hide behind them.
const VMD: [&str; 11] = [
    "8086:201d",
    "8086:28c0",
    "8086:467f",
    "8086:4c3d",
    "8086:7d0b",
    "8086:9a0b",
    "8086:a77f",
    "8086:ad0b",
    "8086:b06f",
    "8086:b60b",
    "8086:09ab",
];

impl PciDevice {
    /// SATA, SAS, RAID, NVMe, Fibre Channel, …
    pub fn is_storage(&self) -> bool {
        self.class.starts_with("01") || self.is_fibre_channel() || self.is_vmd()
    }

    /// Ethernet and its kin.
    pub fn is_network(&self) -> bool {
        self.class.starts_with("02")
    }

    /// A Fibre Channel host adapter.
    pub fn is_fibre_channel(&self) -> bool {
        self.class.starts_with("0c04")
    }

    /// A RAID controller, or another one that was put into a RAID mode.
    pub fn is_raid(&self) -> bool {
        self.class.starts_with("0104")
    }

    /// Intel's Volume Management Device.
    pub fn is_vmd(&self) -> bool {
        VMD.contains(&self.id.as_str())
    }

    /// The chipset's own SATA or NVMe controller in its RAID mode (Intel RST, AMD RAIDXpert), not a RAID controller.
    pub fn is_chipset_raid(&self) -> bool {
        let chipset = self.id.starts_with("8086:") || self.id.starts_with("1022:");
        self.is_raid() && chipset && !self.is_vmd()
    }

    /// For people: "Intel Corporation … (8086:a77f)".
    pub fn title(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} ({})", self.id),
            None => format!("PCI {}", self.id),
        }
    }
}
