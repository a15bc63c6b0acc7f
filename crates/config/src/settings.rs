//! The settings that an installed host keeps, `/etc/firn/host.toml`.

use crate::answers::{BondMode, Console, Ipv4, Ipv6, Store, Time};
use crate::parse::versions;
use crate::problem::Problem;
use firn_words::Language;
use std::net::IpAddr;

/// The lasting part of the answers, without secrets and with every choice made.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The version of the schema, [`crate::VERSION`].
    pub version: u32,
    /// The language of the screens.
    pub language: Language,
    /// XKB layout, or layout and variant as `layout:variant`.
    pub keyboard: String,
    /// IANA name of the time zone.
    pub timezone: String,
    /// Name and ways in.
    pub host: SettingsHost,
    /// The serial port.
    pub console: Console,
    /// Where the time comes from.
    pub time: Time,
    /// The management network.
    pub network: SettingsNetwork,
    /// How guests are kept.
    pub guests: SettingsGuests,
}

/// How guests are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SettingsGuests {
    /// Where their disks are.
    pub store: Store,
}

/// Name and ways in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsHost {
    /// The whole name, `xen1.example.net`, or only its first label.
    pub name: String,
    /// Whether root may come in over SSH with a password.
    pub password_login: bool,
}

/// The management network.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsNetwork {
    /// All NICs that have a fixed name, in PCI order.
    pub nics: Vec<Nic>,
    /// What carries the bridge `xenbr0`.
    pub uplink: Uplink,
    /// The VLAN tag, 1 to 4094.
    pub vlan: Option<u16>,
    /// The largest packet in bytes, of the bridge and all below it; without it what DHCP says, else the NICs' own.
    pub mtu: Option<u16>,
    /// IPv4 on the bridge.
    pub ipv4: Ipv4,
    /// IPv6 on the bridge.
    pub ipv6: Ipv6,
    /// DNS servers, besides those that the network names.
    pub dns: Vec<IpAddr>,
    /// Search domains.
    pub search: Vec<String>,
}

/// A NIC with its fixed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nic {
    /// `nic0`, `nic1`, …
    pub name: String,
    /// The permanent MAC address, lower case with colons.
    pub mac: String,
    /// The PCI address, where the MAC address alone does not tell it from others: "0000:61:00.0".
    pub pci: Option<String>,
}

impl Nic {
    /// Whether the MAC address is one of a card: not zeros, and not of a group.
    pub fn has_mac(&self) -> bool {
        let mut bytes = self
            .mac
            .split(':')
            .map(|pair| u8::from_str_radix(pair, 16).unwrap_or(0));
        let first = bytes.next().unwrap_or(0);
        first & 1 == 0 && (first != 0 || bytes.any(|byte| byte != 0))
    }

    /// Whether one network card may fit both: then it is chance which gets the name.
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        let apart = self.pci.is_some() && other.pci.is_some() && self.pci != other.pci;
        self.name == other.name || self.mac == other.mac && !apart
    }
}

/// What carries the bridge `xenbr0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uplink {
    /// One NIC, by its name in `nics`.
    Nic(String),
    /// `bond0`.
    Bond {
        /// How its members share the work.
        mode: BondMode,
        /// Names in `nics`.
        members: Vec<String>,
    },
}

/// Settings out of a `host.toml` of any version.
#[derive(Clone, Debug, PartialEq)]
pub struct AnyVersion {
    /// What it says.
    pub settings: Settings,
    /// The version of the file.
    pub version: u32,
    /// What is not understood of a newer file: that does not count, and the file has it still.
    pub left: Vec<Problem>,
}

impl Settings {
    /// Reads `host.toml` of today's version or an older one: for whoever is going to write it.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        versions::known(text)
    }

    /// Reads `host.toml` of any version: one that a newer Firn has written must not keep a host from starting.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once; with a newer file only where no settings come of it.
    pub fn read(text: &str) -> Result<AnyVersion, Vec<Problem>> {
        versions::of_any(text)
    }

    /// The version that a `host.toml` says it has, whatever else is wrong with it.
    pub fn version_of(text: &str) -> Option<u32> {
        versions::version(text)
    }

    /// The settings as `host.toml`; [`Settings::parse`] gives them back.
    pub fn to_toml(&self) -> String {
        crate::write::settings(self)
    }
}
