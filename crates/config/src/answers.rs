//! The answers to the installer's questions, as plain data.

use crate::values::{Ipv4Net, Ipv6Net, Pattern, Secret, Size};
use firn_words::Language;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Everything that an installation must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// The version of the schema, [`crate::VERSION`].
    pub version: u32,
    /// The language of the screens.
    pub language: Language,
    /// XKB layout, or layout and variant as `layout:variant`.
    pub keyboard: String,
    /// IANA name of the time zone, such as `Europe/Berlin`.
    pub timezone: String,
    /// Where GRUB, Xen, the installer and dom0 speak.
    pub console: Console,
    /// Name and ways in.
    pub host: Host,
    /// Where the time comes from.
    pub time: Time,
    /// The management network.
    pub network: Network,
    /// The disk that is written.
    pub disk: Disk,
    /// How guests are kept.
    pub guests: Guests,
    /// Which checks may fail.
    pub checks: Checks,
    /// What happens after a success.
    pub finish: Finish,
    /// Whom the installation reports to.
    pub report: Option<Report>,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            version: crate::VERSION,
            language: Language::default(),
            keyboard: "us".into(),
            timezone: "UTC".into(),
            console: Console::default(),
            host: Host::default(),
            time: Time::default(),
            network: Network::default(),
            disk: Disk::default(),
            guests: Guests::default(),
            checks: Checks::default(),
            finish: Finish::default(),
            report: None,
        }
    }
}

/// Where GRUB, Xen, the installer and dom0 speak besides the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Console {
    /// The serial port.
    pub serial: Serial,
}

/// A serial port, always at 115200 8n1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Serial {
    /// What the firmware names (ACPI SPCR), else the first port.
    #[default]
    Auto,
    /// The first port.
    Com1,
    /// The second port.
    Com2,
    /// None.
    Off,
}

/// Name and ways in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Host {
    /// The whole name, `xen1.example.net`, or only its first label.
    pub name: String,
    /// Root's password.
    pub root_password: Option<Secret>,
    /// Root's password, hashed with yescrypt or sha512-crypt.
    pub root_password_hash: Option<Secret>,
    /// Root's SSH keys, as in `authorized_keys`.
    pub ssh_keys: Vec<String>,
}

/// Where the time comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Time {
    /// The NTP servers.
    pub ntp: Ntp,
}

/// NTP servers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ntp {
    /// What DHCP names, else a public pool.
    #[default]
    Dhcp,
    /// None: the hardware clock is trusted.
    None,
    /// These names or addresses.
    Servers(Vec<String>),
}

/// The management network, which becomes the bridge `xenbr0`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// The NIC or bond that it uses.
    pub port: Port,
    /// The VLAN tag, 1 to 4094.
    pub vlan: Option<u16>,
    /// The largest packet in bytes, of the bridge and all below it; without it what DHCP says, else the NICs' own.
    pub mtu: Option<u16>,
    /// IPv4 on the bridge.
    pub ipv4: Ipv4,
    /// IPv6 on the bridge.
    pub ipv6: Ipv6,
    /// DNS servers, besides those that DHCP or router advertisements name.
    pub dns: Vec<IpAddr>,
    /// Search domains.
    pub search: Vec<String>,
}

/// What carries the management network.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Port {
    /// The one NIC with a link.
    #[default]
    Auto,
    /// The one NIC that matches.
    Interface(NicRule),
    /// Several NICs as one.
    Bond(Bond),
}

/// Several NICs as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bond {
    /// How they share the work.
    pub mode: BondMode,
    /// One rule for each NIC.
    pub members: Vec<NicRule>,
}

/// How the members of a bond share the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BondMode {
    /// `802.3ad`: all at once, the switch has to know it.
    Lacp,
    /// `active-backup`: one at a time, no switch has to know it.
    #[default]
    ActiveBackup,
}

/// Chooses NICs: everything given must match; nothing given matches every NIC.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NicRule {
    /// The kernel's name, such as `enp3s0`.
    pub name: Option<Pattern>,
    /// The permanent MAC address.
    pub mac: Option<Pattern>,
    /// The PCI address, such as `0000:03:00.0`.
    pub pci: Option<Pattern>,
    /// The kernel module.
    pub driver: Option<Pattern>,
    /// Whether there is a link.
    pub link: Option<bool>,
}

/// IPv4 on the bridge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ipv4 {
    /// By DHCP.
    #[default]
    Dhcp,
    /// None.
    Off,
    /// A fixed address.
    Static {
        /// The address and its network.
        address: Ipv4Net,
        /// The default gateway.
        gateway: Option<Ipv4Addr>,
    },
}

/// IPv6 on the bridge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ipv6 {
    /// By router advertisements, and DHCPv6 where they ask for it.
    #[default]
    Auto,
    /// None.
    Off,
    /// A fixed address.
    Static {
        /// The address and its network.
        address: Ipv6Net,
        /// The default gateway.
        gateway: Option<Ipv6Addr>,
    },
}

/// The disk that is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Disk {
    /// Which one it is.
    pub target: DiskRule,
    /// What it may hold before.
    pub wipe: Wipe,
}

/// Chooses disks: everything given must match; nothing given matches every candidate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiskRule {
    /// The device, such as `/dev/sda` or a link below `/dev/disk`.
    pub path: Option<Pattern>,
    /// The serial number.
    pub serial: Option<Pattern>,
    /// The world wide name.
    pub wwn: Option<Pattern>,
    /// The model.
    pub model: Option<Pattern>,
    /// How it is attached.
    pub bus: Option<Bus>,
    /// The least size.
    pub min_size: Option<Size>,
    /// The greatest size.
    pub max_size: Option<Size>,
}

/// How a disk is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bus {
    /// NVMe.
    Nvme,
    /// SATA.
    Sata,
    /// SAS.
    Sas,
    /// Parallel SCSI, or SCSI as a virtual machine or a RAID controller shows it.
    Scsi,
    /// USB.
    Usb,
    /// virtio-blk.
    Virtio,
    /// An SD card, or eMMC.
    Mmc,
}

impl Bus {
    /// The word in the answer file.
    pub fn word(self) -> &'static str {
        match self {
            Bus::Nvme => "nvme",
            Bus::Sata => "sata",
            Bus::Sas => "sas",
            Bus::Scsi => "scsi",
            Bus::Usb => "usb",
            Bus::Virtio => "virtio",
            Bus::Mmc => "mmc",
        }
    }
}

/// As people write it.
impl fmt::Display for Bus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Bus::Nvme => "NVMe",
            Bus::Sata => "SATA",
            Bus::Sas => "SAS",
            Bus::Scsi => "SCSI",
            Bus::Usb => "USB",
            Bus::Virtio => "virtio",
            Bus::Mmc => "MMC",
        })
    }
}

/// What the target disk may hold before the installation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wipe {
    /// Nothing.
    #[default]
    Empty,
    /// Anything but an installed Firn.
    Any,
    /// The installed Firn whose host id begins with these 8 hex digits, in lower case.
    Host(String),
    /// Anything, once: the server that the answers came from takes this token back before anything is written.
    Token(Secret),
}

/// How guests are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guests {
    /// Where their disks are.
    pub store: Store,
    /// Further disks for the store besides the rest of the target; each rule chooses one.
    pub disks: Vec<DiskRule>,
}

/// Where guests' disks are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Store {
    /// Volumes in an LVM thin pool.
    #[default]
    LvmThin,
    /// Files in an ext4 file system on `/var/lib/firn/guests`.
    Files,
}

/// Which checks may fail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// Names out of [`crate::CHECK_NAMES`].
    pub skip: Vec<String>,
}

/// What happens after a success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finish {
    /// What the machine does.
    pub action: FinishAction,
}

/// What the machine does when the installation is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FinishAction {
    /// It starts again, from the disk.
    #[default]
    Reboot,
    /// It switches itself off.
    Poweroff,
    /// It offers a shell.
    Shell,
}

/// Whom the installation reports to. The host does not keep it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Where reports are POSTed to.
    pub url: String,
    /// Certificates in PEM of authorities that are trusted besides the system's.
    pub ca: Option<String>,
    /// The server's key, `sha256//…`.
    pub pin: Option<String>,
    /// Sent as `Authorization: Bearer`.
    pub token: Option<Secret>,
}
