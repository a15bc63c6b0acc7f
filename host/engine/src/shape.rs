//! What a guest is made of, as it is started: plain data.

use std::path::PathBuf;

/// What a guest is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its name for Xen: the guest's id, a letter and seven of `[a-z0-9]`.
    pub name: String,
    /// Its name for people, in sentences. The simulated engine acts on agreed ones.
    pub called: String,
    /// The UUID that its firmware shows, the same at each start.
    pub uuid: String,
    /// How it is started, and what hardware it sees.
    pub machine: Machine,
    /// Bytes of memory that it starts with.
    pub memory: u64,
    /// Bytes of memory that it can have without a restart, at least `memory`. With more, its system must know from its first moment
    /// on that the rest is not there: Linux does, Windows only with Xen's drivers.
    pub memory_max: u64,
    /// Processors that are switched on.
    pub cpus: u32,
    /// Processors that it can have without a restart, at least `cpus`.
    pub cpus_max: u32,
    /// Its disks and drives, in their order.
    pub disks: Vec<Disk>,
    /// Its network cards, in their order.
    pub nics: Vec<Nic>,
    /// What its hardware clock shows.
    pub clock: Clock,
}

/// The two kinds of machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Machine {
    /// No emulated hardware: small, fast, for Linux and BSD.
    Pvh(Loader),
    /// A PC that QEMU emulates.
    Hvm(Hvm),
}

/// What starts a PVH guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loader {
    /// GRUB, which reads the configuration on the guest's own disk.
    Grub,
    /// A kernel from the host.
    Kernel {
        /// A vmlinux or bzImage with an entry for PVH.
        kernel: PathBuf,
        /// Its initrd.
        ramdisk: Option<PathBuf>,
        /// Its command line.
        cmdline: String,
    },
}

/// What a PC that QEMU emulates has beyond the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hvm {
    /// What starts it.
    pub firmware: Firmware,
    /// Where its firmware looks for a system, in this order.
    pub boot: Vec<Device>,
    /// The Unix socket on which QEMU serves the screen over VNC; none without a screen.
    pub vnc: Option<PathBuf>,
    /// Whether Windows finds the hypervisor that it knows.
    pub viridian: bool,
}

/// The firmware of a PC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firmware {
    /// SeaBIOS.
    Bios,
    /// OVMF. Its variables do not outlive the guest's run.
    Uefi,
}

/// Where firmware looks for a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// The first disk.
    Disk,
    /// The first CD drive.
    Cd,
    /// The first network card.
    Network,
}

/// A disk or a CD drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disk {
    /// The block device or raw file that it shows; none for a CD drive without a medium.
    pub path: Option<PathBuf>,
    /// Its name in the guest: `xvda`, `xvdb` and so on; for emulated CD drives `hdc`, `hdd`.
    pub target: String,
    /// Whether the guest cannot write to it.
    pub read_only: bool,
    /// Whether it is a CD drive. A PVH guest has none, and sees its medium as a disk that cannot be written to.
    pub cd: bool,
}

/// A network card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nic {
    /// Its address: six pairs of hex digits with `:` between.
    pub mac: String,
    /// The bridge on the host that it is plugged into.
    pub bridge: String,
    /// What the guest sees.
    pub model: Model,
}

/// What kind of network card a guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Xen's own, for which the guest needs a driver; the only one of a PVH guest.
    Xen,
    /// Intel's of 2002, which nearly every system knows, and Xen's beside it.
    E1000,
    /// Realtek's of 1997, for systems before that, and Xen's beside it.
    Rtl8139,
}

/// What the hardware clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// UTC, which all but Windows expect.
    Utc,
    /// The local time of the host.
    Local,
}

impl Shape {
    /// The disk or drive with a target.
    pub fn disk(&self, target: &str) -> Option<&Disk> {
        self.disks.iter().find(|disk| disk.target == target)
    }

    /// Whether QEMU emulates its hardware.
    pub fn is_hvm(&self) -> bool {
        matches!(self.machine, Machine::Hvm(_))
    }
}
