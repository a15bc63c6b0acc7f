//! What hardware is: plain data, without behaviour that touches any. [`probe`] fills a [`Machine`], recorded machines are one
//! written down, and who judges or plans only reads it.

mod identity;
mod matching;
mod one_disk;
mod pci;
pub mod probe;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod unfit;
mod what;

pub use matching::{DiskMatch, Facts, Match, NicMatch};
pub use one_disk::{BLANK_EDGES, could_be_one_disk, one_disk};
pub use pci::{MissingFirmware, PciDevice};
pub use unfit::Unfit;
pub use what::{Damage, Listed, What, few};

use firn_config::{Bus, Size};
use firn_words::{Text, say};
use serde::{Deserialize, Serialize};

/// Everything that was found out about the machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Machine {
    /// The processor.
    pub cpu: Cpu,
    /// How the machine was started.
    pub firmware: Firmware,
    /// Memory that the firmware hands over, in MiB.
    pub memory_mib: u64,
    /// All whole block devices that could hold data, candidates and others.
    pub disks: Vec<Disk>,
    /// Why the block devices could not be listed; then nobody knows which disks there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<String>,
    /// Why LVM did not tell which disks belong together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ungrouped: Option<String>,
    /// Ethernet interfaces with a hardware address, in PCI order.
    pub nics: Vec<Nic>,
    /// Kernel name of the whole disk that the installer was started from: "sr0", "sda".
    pub medium: Option<String>,
    /// Vendor and product name of the machine.
    pub product: Option<String>,
    /// The machine's maker, else its board's: "HPE".
    pub vendor: Option<String>,
    /// Serial ports that answer.
    pub serial_ports: Vec<SerialPort>,
    /// PCI devices that store data or speak to a network.
    pub pci: Vec<PciDevice>,
    /// Firmware files that the kernel asked for in vain.
    pub missing_firmware: Vec<MissingFirmware>,
    /// NVMe disks that the chipset's RAID mode hides, as the kernel counts them.
    pub hidden_nvme: u32,
    /// The clock.
    pub clock: Clock,
}

/// The processor and what it can do for guests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Cpu {
    /// The name that the processor gives itself.
    pub model: String,
    /// Its maker, as CPUID says it: "GenuineIntel", "AuthenticAMD".
    pub vendor: String,
    /// Whether it runs 64-bit code.
    pub long_mode: bool,
    /// VT-x or AMD-V.
    pub virtualization: Finding<Virtualization>,
    /// EPT or NPT.
    pub nested_paging: Finding<bool>,
    /// Whether the firmware describes an IOMMU.
    pub iommu: Finding<bool>,
    /// Whether the firmware says that interrupts can be remapped.
    pub interrupt_remapping: Finding<bool>,
    /// The hypervisor that this machine itself runs under, as CPUID says it: "KVMKVMKVM".
    pub hypervisor: Option<String>,
}

impl Default for Cpu {
    fn default() -> Self {
        Self {
            model: String::new(),
            vendor: String::new(),
            long_mode: true,
            virtualization: Finding::default(),
            nested_paging: Finding::default(),
            iommu: Finding::default(),
            interrupt_remapping: Finding::default(),
            hypervisor: None,
        }
    }
}

impl Cpu {
    /// Whether it is AMD's, or made after AMD's.
    pub fn is_amd(&self) -> bool {
        matches!(self.vendor.as_str(), "AuthenticAMD" | "HygonGenuine")
            || self.model.contains("AMD")
    }
}

/// The machine's clock; seconds since 1970, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Clock {
    /// What the system says; `None` when nobody looked. systemd moves it forward to its own birthday at the start.
    pub now: Option<u64>,
    /// What the clock on the board says.
    pub hardware: Option<u64>,
    /// When the image was made.
    pub image: Option<u64>,
}

/// The state of the processor's virtualization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Virtualization {
    /// The processor does not have it.
    Absent,
    /// It is there, the firmware has switched it off and locked the switch.
    OffInFirmware,
    /// Usable.
    On,
}

/// Something that was found out, or why it could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding<T> {
    /// The answer.
    Known(T),
    /// The reason why there is none.
    Unknown(Text),
}

/// The reason where nobody looked, as in recordings of older versions.
pub fn not_looked() -> Text {
    say!("check-unknown-not-looked")
}

impl<T> Default for Finding<T> {
    fn default() -> Self {
        Self::Unknown(not_looked())
    }
}

/// How the machine was started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BootMode {
    /// Legacy BIOS, or UEFI's compatibility mode.
    #[default]
    Bios,
    /// UEFI.
    Uefi,
}

/// The firmware.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Firmware {
    /// How the machine was started.
    pub boot: BootMode,
    /// Whether UEFI Secure Boot is on.
    pub secure_boot: Finding<bool>,
}

/// A whole disk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Disk {
    /// Kernel name: "sda".
    pub name: String,
    /// Device file: "/dev/sda".
    pub path: String,
    /// Links to it below /dev/disk: "/dev/disk/by-id/…".
    pub links: Vec<String>,
    /// Bytes.
    pub size: u64,
    /// Model, as the disk says it.
    pub model: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// World wide name.
    pub wwn: Option<String>,
    /// How it is attached; `None` when it is none of the known ways.
    pub bus: Option<Bus>,
    /// Bytes of a logical block: 512 or 4096.
    pub logical_block_size: u32,
    /// Whether it says that it can be removed.
    pub removable: bool,
    /// What is on it; empty when it holds nothing.
    pub contents: Vec<Content>,
    /// The Firn that is installed on it.
    pub firn: Option<FirnHost>,
    /// Whether nothing starts that Firn as the disk is now: its partition table is gone or damaged.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub firn_unstartable: bool,
    /// The Firn whose store it belongs to, installed on another disk.
    pub store_of: Option<FirnHost>,
    /// A digest of what is at the beginning and the end, where that is needed to tell the disk from others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edges: Option<String>,
    /// Kernel names of further paths to the same disk; they are listed, but unfit.
    pub paths: Vec<String>,
    /// Why it could not be looked at: what it holds is then not known, and it may be an installed Firn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Text>,
    /// Why it can never be a target.
    pub unfit: Option<Unfit>,
}

/// One thing that a disk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Content {
    /// Kernel name of the device it is on: "sda1".
    pub device: String,
    /// What it is.
    pub what: What,
    /// Where it is a part of a volume group, a RAID or a pool: an id that all parts have in common.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
}

/// An installed Firn, from `EFI/firn/host.json` on its ESP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct FirnHost {
    /// The host id, 32 hex digits.
    pub id: String,
    /// The host's name.
    pub name: String,
    /// The version of the image that was installed.
    pub version: String,
}

/// A network interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Nic {
    /// Name in the running installer: "enp1s0".
    pub name: String,
    /// Permanent MAC address, lower case with colons.
    pub mac: String,
    /// PCI address: "0000:01:00.0".
    pub pci: Option<String>,
    /// Kernel module.
    pub driver: Option<String>,
    /// Whether a cable with a live peer is in it; `None` while the interface is down.
    pub link: Option<bool>,
    /// Speed in Mbit/s.
    pub speed_mbit: Option<u32>,
    /// Vendor and device name, or their PCI ids.
    pub model: Option<String>,
}

/// A serial port that answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct SerialPort {
    /// Device name: "ttyS0".
    pub name: String,
    /// I/O port: 0x3f8.
    pub io_port: u16,
    /// Whether ACPI's SPCR table names this port as the console.
    pub spcr: bool,
}

impl Disk {
    /// The installed Firn that is destroyed, in whole or in part, when this disk is written.
    pub fn owner(&self) -> Option<&FirnHost> {
        self.firn.as_ref().or(self.store_of.as_ref())
    }

    /// Whether it could be looked at. A path that is asleep, as the second controller's of an array, gives nothing to read.
    pub fn answers(&self) -> bool {
        self.unread.is_none()
    }

    /// Whether its blocks are larger than the 512 bytes that a legacy BIOS reads at a time ("4Kn").
    pub fn has_large_blocks(&self) -> bool {
        self.logical_block_size > 512
    }

    /// The disk for people: "/dev/sda (17.2 GB, QEMU HARDDISK)".
    pub fn title(&self) -> Text {
        let (path, size) = (&self.path, Size(self.size));
        match &self.model {
            Some(model) => say!("check-disk-model", path = path, size = size, model = model),
            None => say!("check-disk", path = path, size = size),
        }
    }
}

impl FirnHost {
    /// The first 8 digits of the id, as `disk.wipe` takes them.
    pub fn short_id(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}

impl Machine {
    /// Whether another NIC has this one's MAC address, as of a board that was flashed like its neighbour, or a cheap USB adapter.
    pub fn shares_mac(&self, nic: &Nic) -> bool {
        let same = self.nics.iter().filter(|other| other.mac == nic.mac);
        same.count() > 1
    }
}

impl Nic {
    /// What stays while the machine's NICs are looked at again, and no other of them has.
    pub fn id(&self) -> String {
        let place = self.pci.as_deref().unwrap_or("-");
        format!("{} {place}", self.mac)
    }

    /// Whether this is the NIC that the settings give a name to.
    pub fn is_that_of(&self, settings: &firn_config::Nic) -> bool {
        let place = settings.pci.is_none() || self.pci == settings.pci;
        self.mac == settings.mac && place
    }

    /// The interface for people: "enp1s0 (52:54:00:12:34:56, virtio_net, link)".
    pub fn title(&self) -> Text {
        let driver = match &self.driver {
            Some(driver) => driver.into(),
            None => say!("check-nic-no-driver"),
        };
        say!(
            "check-nic",
            name = &self.name,
            mac = &self.mac,
            driver = driver,
            link = self.link()
        )
    }

    /// Whether a cable with a live peer is in it, in words.
    pub fn link(&self) -> Text {
        match self.link {
            Some(true) => say!("check-report-link"),
            Some(false) => say!("check-report-no-link"),
            None => say!("check-report-link-unknown"),
        }
    }
}
