//! What can be asked for that has more than a guest's name in it.

use crate::definition::{Autostart, Crash, Machine};

/// A guest to be made. What a template decides is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    /// Its name.
    pub name: String,
    /// The template, for the definition.
    pub template: String,
    /// How it starts. With a kernel, [`crate::Materials::open`] gives it.
    pub machine: Machine,
    /// Whether its clock shows local time.
    pub local_time: bool,
    /// Virtual CPUs.
    pub cpus: u32,
    /// The most without a restart; at least `cpus`.
    pub cpus_max: Option<u32>,
    /// Bytes of memory.
    pub memory: u64,
    /// The most without a restart; at least `memory`.
    pub memory_max: Option<u64>,
    /// Its disks; the image goes onto the first.
    pub disks: Vec<NewDisk>,
    /// Bytes of the disk image's disk, where there is one.
    pub image: Option<u64>,
    /// Bytes of the CD's image, where there is one. A copy of it is kept with the guest.
    pub cd: Option<u64>,
    /// Bytes of what cloud-init is told, where there is something.
    pub seed: Option<u64>,
    /// Its NICs.
    pub nics: Vec<NewNic>,
    /// Whether it starts with the host.
    pub autostart: Autostart,
    /// What happens when it breaks down.
    pub crash: Crash,
    /// Notes.
    pub notes: String,
    /// Whether it is started at once.
    pub start: bool,
}

/// A disk to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDisk {
    /// Bytes; without it as large as the image.
    pub size: Option<u64>,
    /// The store; without it the default store.
    pub store: Option<String>,
}

/// A NIC to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewNic {
    /// The network that it plugs into.
    pub network: String,
    /// Its MAC address; without it one is made by chance.
    pub mac: Option<String>,
}

/// What is to be changed; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// A new name.
    pub name: Option<String>,
    /// Virtual CPUs.
    pub cpus: Option<u32>,
    /// Bytes of memory.
    pub memory: Option<u64>,
    /// Whether it starts with the host.
    pub autostart: Option<Autostart>,
    /// Notes.
    pub notes: Option<String>,
    /// Whether it is protected from being deleted.
    pub protected: Option<bool>,
    /// What happens when it breaks down.
    pub crash: Option<Crash>,
}
