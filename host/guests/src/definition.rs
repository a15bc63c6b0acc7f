//! What a guest is, as it is kept.

mod text;

use crate::Id;
use serde::{Deserialize, Serialize};
pub(crate) use text::{read, write};

/// The version of the files that this program writes.
pub const VERSION: u32 = 1;

/// A guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The version of the file.
    pub version: u32,
    /// Its id, which is also the file's name and its domain's.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What somebody noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// The template that it was made from.
    pub template: String,
    /// When it was made, RFC 3339.
    pub created: String,
    /// When it went to the trash; nothing when it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<String>,
    /// The UUID that its firmware shows.
    pub uuid: String,
    /// Virtual CPUs.
    pub cpus: u32,
    /// The most virtual CPUs without a restart.
    pub cpus_max: u32,
    /// Bytes of memory.
    pub memory: u64,
    /// The most bytes of memory without a restart.
    pub memory_max: u64,
    /// Whether it is protected from being deleted.
    #[serde(default)]
    pub protected: bool,
    /// The fields whose change waits for the next start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<String>,
    /// Whether its clock shows the host's local time, as Windows expects, and not UTC.
    #[serde(default)]
    pub local_time: bool,
    /// What happens when it breaks down.
    #[serde(default)]
    pub crash: Crash,
    /// How it starts, and what hardware it sees.
    pub machine: Machine,
    /// Whether it starts with the host.
    #[serde(default)]
    pub autostart: Autostart,
    /// Its disks.
    #[serde(default)]
    pub disks: Vec<Disk>,
    /// Disks that were removed and lie in the trash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
    /// Its NICs.
    #[serde(default)]
    pub nics: Vec<Nic>,
}

/// What happens when a guest breaks down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Crash {
    /// It is started again, with growing pauses, and after five times within ten minutes no more.
    #[default]
    Restart,
    /// It is left as it is, for somebody who wants to look at it.
    Keep,
    /// It is cleaned away.
    Stop,
}

/// How a guest starts, and what hardware it sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Machine {
    /// GRUB reads the configuration on its first disk; no emulated hardware.
    Pvh,
    /// A kernel that lies on the host is started; no emulated hardware.
    Kernel {
        /// Whether there is an initrd.
        ramdisk: bool,
        /// The kernel's command line.
        #[serde(default)]
        command_line: String,
    },
    /// A whole PC.
    Hvm {
        /// UEFI instead of a BIOS.
        uefi: bool,
        /// Whether Windows finds the hypervisor that it knows.
        #[serde(default)]
        viridian: bool,
    },
}

/// Whether and when a guest starts with the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Autostart {
    /// Whether it does.
    pub enabled: bool,
    /// Lower numbers start first.
    pub order: u32,
    /// Seconds to wait after it before the next one.
    pub delay: u32,
}

/// A disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disk {
    /// Its number, which no other disk of this guest ever has; the volume's name is made of it.
    pub number: u32,
    /// The store that it lies in.
    pub store: String,
    /// Bytes.
    pub size: u64,
    /// Its name in the guest.
    pub target: String,
    /// What it is for.
    #[serde(default)]
    pub role: Role,
}

/// What a disk is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The guest's own.
    #[default]
    Disk,
    /// A medium that it starts from, which it cannot write to.
    Cd,
    /// What cloud-init is told, which it cannot write to.
    Seed,
}

/// A disk in the trash whose guest is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// When it was removed, RFC 3339.
    pub when: String,
    /// The disk.
    pub disk: Disk,
}

/// A NIC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nic {
    /// The network that it plugs into.
    pub network: String,
    /// Its MAC address, in lower case.
    pub mac: String,
}

/// The volume of a guest's disk.
pub fn volume(guest: &Id, number: u32) -> String {
    format!("g-{guest}-{number}")
}

/// The same volume while it is in the trash.
pub fn trashed(guest: &Id, number: u32) -> String {
    format!("t-{guest}-{number}")
}

impl Definition {
    /// Whether it is in the trash.
    pub fn is_trashed(&self) -> bool {
        self.deleted.is_some()
    }

    /// Whether it is a whole PC.
    pub fn is_hvm(&self) -> bool {
        matches!(self.machine, Machine::Hvm { .. })
    }

    /// The volumes that belong to it: store and name.
    pub fn volumes(&self) -> Vec<(String, String)> {
        let name = if self.is_trashed() { trashed } else { volume };
        let here = self.disks.iter();
        let here = here.map(|disk| (disk.store.clone(), name(&self.id, disk.number)));
        let gone = self.removed.iter().map(|removed| &removed.disk);
        let gone = gone.map(|disk| (disk.store.clone(), trashed(&self.id, disk.number)));
        here.chain(gone).collect()
    }

    /// A number that no disk of it has or had in the trash.
    pub(crate) fn next_number(&self) -> u32 {
        let gone = self.removed.iter().map(|removed| removed.disk.number);
        let all = self.disks.iter().map(|disk| disk.number).chain(gone);
        all.max().map_or(0, |last| last + 1)
    }

    /// The first name of a disk that is free, of `xvda` to `xvdz`.
    pub(crate) fn target_from(&self, first: char) -> Option<String> {
        let mut names = (first..='z').map(|letter| format!("xvd{letter}"));
        names.find(|name| self.disks.iter().all(|disk| disk.target != *name))
    }
}
