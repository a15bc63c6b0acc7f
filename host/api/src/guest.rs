//! A guest as clients see it.

use crate::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a guest does just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It runs.
    Running,
    /// It does not run.
    Stopped,
    /// Its memory lies in a file, from which it goes on.
    Suspended,
    /// It exists and does nothing until it is told to go on.
    Paused,
    /// It ended by itself in an error.
    Crashed,
    /// What it does cannot be found out; `why` says the reason.
    Unknown,
}

/// How a guest is virtualized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Virtualization {
    /// Without emulated devices: Linux and BSD.
    Pvh,
    /// A whole PC, emulated by QEMU.
    Hvm,
}

/// A guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Guest {
    /// Its id, which never changes: a letter and seven of `[a-z0-9]`.
    pub id: String,
    /// Its name, which can be changed.
    pub name: String,
    /// What it does.
    pub state: State,
    /// Why it is in this state, where that is not plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Problem>,
    /// Which template it was made from.
    pub template: String,
    /// How it is virtualized.
    pub virtualization: Virtualization,
    /// Virtual CPUs that are on.
    pub cpus: u32,
    /// The most virtual CPUs that it can have without a restart.
    pub cpus_max: u32,
    /// Bytes of memory that it has.
    pub memory: u64,
    /// The most bytes of memory that it can have without a restart.
    pub memory_max: u64,
    /// Its addresses, and how each was found.
    pub addresses: Vec<Found>,
    /// Why no address is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_address: Option<Problem>,
    /// Its disks.
    pub disks: Vec<Disk>,
    /// Its NICs.
    pub nics: Vec<Nic>,
    /// Whether and when it starts with the host.
    pub autostart: Autostart,
    /// Whether it is protected from being deleted.
    pub protected: bool,
    /// What somebody noted about it.
    pub notes: String,
    /// When it was made.
    pub created: String,
    /// Since when it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
    /// Changes that happen at its next start, by the names of the fields.
    pub pending: Vec<String>,
    /// The task that works on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Changes whenever the definition does; it is the guest's ETag.
    pub revision: u64,
}

/// An address of a guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Found {
    /// The IPv4 or IPv6 address.
    pub address: String,
    /// Of which NIC, from 0.
    pub nic: u32,
    /// How it was found: `neighbour` (what the guest says on the bridge: ARP, a DHCP request), `agent` (a program in the guest) or `fixed`
    /// (given when the guest was made).
    pub source: String,
    /// How many seconds ago it was last seen.
    pub age: u64,
}

/// A guest's disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Disk {
    /// Its name in the guest, such as `xvda`.
    pub target: String,
    /// The store that it lies in.
    pub store: String,
    /// Its volume there.
    pub volume: String,
    /// Bytes.
    pub size: u64,
    /// Bytes that it takes in the store, where that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<u64>,
}

/// A guest's NIC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Nic {
    /// The network that it plugs into.
    pub network: String,
    /// Its MAC address.
    pub mac: String,
}

/// Whether and when a guest starts with the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Autostart {
    /// Whether it does.
    pub enabled: bool,
    /// Lower numbers start first.
    pub order: u32,
    /// Seconds to wait after it before the next one.
    pub delay: u32,
}

/// A deleted guest that can still be restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trashed {
    /// Its id.
    pub id: String,
    /// The name that it had.
    pub name: String,
    /// When it was deleted.
    pub deleted: String,
    /// Bytes that its disks take.
    pub used: u64,
}
