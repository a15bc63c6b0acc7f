//! A guest as the engine starts it.

use crate::definition::{Definition, Disk, Machine, Nic, Role, volume};
use crate::step::BootFile;
use crate::{Failed, Hands, Result};
use firn_engine::{Clock, Device, Firmware, Hvm, Loader, Model, Shape};
use firn_words::say;
use std::path::{Path, PathBuf};

/// The shape of a guest, with its volumes ready to be used.
///
/// # Errors
/// When a store, a volume or a network is not there.
pub fn shape(hands: &Hands, guest: &Definition) -> Result<Shape> {
    let disks = guest.disks.iter().map(|of| disk(hands, guest, of));
    let nics = guest.nics.iter().map(|of| nic(hands, guest, of));
    Ok(Shape {
        disks: disks.collect::<Result<_>>()?,
        nics: nics.collect::<Result<_>>()?,
        ..outline(guest, &hands.screens, &|file| hands.files.path(file))
    })
}

/// The shape without disks and NICs; `path` says where a file lies.
pub(crate) fn outline(guest: &Definition, screens: &Path, path: &dyn Fn(&str) -> PathBuf) -> Shape {
    Shape {
        name: guest.id.to_string(),
        called: guest.name.clone(),
        uuid: guest.uuid.clone(),
        machine: machine(guest, screens, path),
        memory: guest.memory,
        memory_max: guest.memory_max,
        cpus: guest.cpus,
        cpus_max: guest.cpus_max,
        disks: Vec::new(),
        nics: Vec::new(),
        clock: if guest.local_time {
            Clock::Local
        } else {
            Clock::Utc
        },
    }
}

fn machine(
    guest: &Definition,
    screens: &Path,
    path: &dyn Fn(&str) -> PathBuf,
) -> firn_engine::Machine {
    let file = |file: BootFile| path(&file.path(&guest.id));
    match &guest.machine {
        Machine::Pvh => firn_engine::Machine::Pvh(Loader::Grub),
        Machine::Kernel {
            ramdisk,
            command_line,
        } => firn_engine::Machine::Pvh(Loader::Kernel {
            kernel: file(BootFile::Kernel),
            ramdisk: ramdisk.then(|| file(BootFile::Ramdisk)),
            cmdline: command_line.clone(),
        }),
        Machine::Hvm { uefi, viridian } => firn_engine::Machine::Hvm(Hvm {
            firmware: if *uefi {
                Firmware::Uefi
            } else {
                Firmware::Bios
            },
            // An empty disk starts nothing, so a new guest starts from its CD, and from its disk once something is on it.
            boot: vec![Device::Disk, Device::Cd, Device::Network],
            vnc: Some(screens.join(guest.id.as_str())),
            viridian: *viridian,
        }),
    }
}

/// A disk as the engine attaches it.
pub(crate) fn disk(hands: &Hands, guest: &Definition, disk: &Disk) -> Result<firn_engine::Disk> {
    let store = hands.store(&disk.store)?;
    Ok(firn_engine::Disk {
        path: Some(store.path(&volume(&guest.id, disk.number))?),
        target: disk.target.clone(),
        read_only: disk.role != Role::Disk,
        cd: disk.role == Role::Cd,
    })
}

/// A NIC as the engine attaches it.
pub(crate) fn nic(hands: &Hands, guest: &Definition, nic: &Nic) -> Result<firn_engine::Nic> {
    let bridge = hands.networks.bridge(&nic.network);
    let gone = || Failed(say!("guests-network-gone", network = &nic.network));
    Ok(firn_engine::Nic {
        mac: nic.mac.clone(),
        bridge: bridge.ok_or_else(gone)?.to_owned(),
        model: if guest.is_hvm() {
            Model::E1000
        } else {
            Model::Xen
        },
    })
}
