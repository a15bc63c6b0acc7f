//! Where things lie on a host.

use std::path::PathBuf;

/// Files, folders and sockets that the engine uses.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// The guests' configurations, for as long as the host runs.
    pub(super) configs: PathBuf,
    /// GRUB for PVH guests.
    pub(super) grub: PathBuf,
    /// UEFI firmware for guests.
    pub(super) ovmf: PathBuf,
    /// xenstored's socket.
    pub(super) xenstored: PathBuf,
    /// The folder of the sockets on which guests' QEMU takes commands.
    pub(super) qemu: PathBuf,
    /// What the kernel says about memory.
    pub(super) meminfo: PathBuf,
    /// The kernel's folder of network devices.
    pub(super) network: PathBuf,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            configs: "/run/firn/guests".into(),
            grub: "/usr/lib/grub-xen/grub-i386-xen_pvh.bin".into(),
            ovmf: "/usr/share/ovmf/OVMF.fd".into(),
            xenstored: "/run/xenstored/socket".into(),
            qemu: "/run/xen".into(),
            meminfo: "/proc/meminfo".into(),
            network: "/sys/class/net".into(),
        }
    }
}
