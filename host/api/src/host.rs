//! The host itself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The host in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// Firn's version.
    pub version: String,
    /// The hypervisor and its version, such as `Xen 4.20.3`.
    pub hypervisor: String,
    /// Physical CPUs.
    pub cpus: u32,
    /// Its memory.
    pub memory: Memory,
}

/// Memory, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Memory {
    /// All that the machine has.
    pub total: u64,
    /// What guests can still be given.
    pub free: u64,
}

/// A place for guests' disks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Store {
    /// Its name.
    pub name: String,
    /// `lvm` or `files`.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// Bytes that are used.
    pub used: u64,
    /// Whether snapshots can be taken in it.
    pub snapshots: bool,
    /// Whether a clone shares what is the same.
    pub thin_clone: bool,
}

/// What guests' NICs plug into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Network {
    /// Its name.
    pub name: String,
    /// The bridge in dom0.
    pub bridge: String,
}
