//! Machines for tests.

pub use crate::probe::made;
#[cfg(feature = "samples")]
pub use crate::probe::paths::merge;

use super::*;

/// A server that passes every check: one empty virtio disk, one NIC with a link, started from a CD.
pub fn server() -> Machine {
    Machine {
        cpu: Cpu {
            model: "Test CPU".into(),
            vendor: "AuthenticAMD".into(),
            long_mode: true,
            virtualization: Finding::Known(Virtualization::On),
            nested_paging: Finding::Known(true),
            iommu: Finding::Known(true),
            interrupt_remapping: Finding::Known(true),
            hypervisor: None,
        },
        firmware: Firmware {
            boot: BootMode::Bios,
            secure_boot: Finding::Known(false),
        },
        memory_mib: 16384,
        disks: vec![
            disk("vda", 20_000_000_000),
            Disk {
                unfit: Some(Unfit::Medium),
                ..disk("sr0", 200_000_000)
            },
        ],
        nics: vec![nic("enp1s0", 1, true)],
        medium: Some("sr0".into()),
        product: Some("Test Server".into()),
        serial_ports: vec![SerialPort {
            name: "ttyS0".into(),
            io_port: 0x3f8,
            spcr: false,
        }],
        vendor: Some("Test".into()),
        clock: Clock {
            now: Some(1_800_000_000),
            hardware: None,
            image: Some(1_767_225_600),
        },
        ..Machine::default()
    }
}

/// An empty disk.
pub fn disk(name: &str, size: u64) -> Disk {
    Disk {
        name: name.into(),
        path: format!("/dev/{name}"),
        size,
        bus: Some(Bus::Virtio),
        logical_block_size: 512,
        ..Disk::default()
    }
}

/// A NIC in slot `n`.
pub fn nic(name: &str, n: u8, link: bool) -> Nic {
    Nic {
        name: name.into(),
        mac: format!("52:54:00:00:00:{n:02x}"),
        pci: Some(format!("0000:{n:02x}:00.0")),
        driver: Some("virtio_net".into()),
        link: Some(link),
        ..Nic::default()
    }
}
