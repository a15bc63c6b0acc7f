//! A guest's shape as `xl` reads it. Pure.

use super::Paths;
use crate::{Clock, Device, Disk, Firmware, Hvm, Loader, Machine, Model, Nic, Shape};
use std::path::Path;

const MIB: u64 = 1 << 20;

/// What firnd decides about a guest that ends: nothing may happen to what is left of it before.
const ENDS: [&str; 5] = [
    "on_poweroff",
    "on_reboot",
    "on_watchdog",
    "on_crash",
    "on_soft_reset",
];

/// The configuration of a guest.
pub(super) fn render(shape: &Shape, paths: &Paths) -> String {
    let mut lines = vec![
        ("name", quoted(&shape.name)),
        ("uuid", quoted(&shape.uuid)),
        ("memory", (shape.memory / MIB).to_string()),
        ("maxmem", (shape.memory_max / MIB).to_string()),
        ("vcpus", first_cpus(shape).to_string()),
        ("maxvcpus", shape.cpus_max.to_string()),
        ("localtime", flag(shape.clock == Clock::Local)),
    ];
    lines.extend(ENDS.map(|end| (end, quoted("preserve"))));
    lines.extend(match &shape.machine {
        Machine::Pvh(loader) => pvh(loader, paths),
        Machine::Hvm(hvm) => emulated(hvm, paths),
    });
    let hvm = shape.is_hvm();
    lines.push(("disk", list(shape.disks.iter().map(|d| disk(d, hvm)))));
    lines.push(("vif", list(shape.nics.iter().map(nic))));
    let lines = lines
        .iter()
        .map(|(key, value)| format!("{key} = {value}\n"));
    lines.collect()
}

/// Processors that it is built with: a PVH guest gets none later that were not there at its start, so it begins with all of them.
pub(super) fn first_cpus(shape: &Shape) -> u32 {
    if shape.is_hvm() {
        shape.cpus
    } else {
        shape.cpus_max
    }
}

fn pvh(loader: &Loader, paths: &Paths) -> Vec<(&'static str, String)> {
    let mut lines = vec![("type", quoted("pvh"))];
    match loader {
        Loader::Grub => lines.push(("kernel", path(&paths.grub))),
        Loader::Kernel {
            kernel,
            ramdisk,
            cmdline,
        } => {
            lines.push(("kernel", path(kernel)));
            lines.extend(ramdisk.iter().map(|file| ("ramdisk", path(file))));
            lines.push(("cmdline", quoted(cmdline)));
        }
    }
    lines
}

fn emulated(hvm: &Hvm, paths: &Paths) -> Vec<(&'static str, String)> {
    let order: String = hvm.boot.iter().map(letter).collect();
    let mut lines = vec![
        ("type", quoted("hvm")),
        ("boot", quoted(&order)),
        ("viridian", flag(hvm.viridian)),
        ("serial", quoted("pty")),
        ("usb", flag(true)),
        ("usbdevice", quoted("tablet")),
        ("vga", quoted("stdvga")),
        ("vnc", flag(hvm.vnc.is_some())),
    ];
    match hvm.firmware {
        Firmware::Bios => lines.push(("bios", quoted("seabios"))),
        Firmware::Uefi => {
            lines.push(("bios", quoted("ovmf")));
            lines.push(("bios_path_override", path(&paths.ovmf)));
        }
    }
    if let Some(socket) = &hvm.vnc {
        // Xen's tools hand over what has a colon as it is, and QEMU listens on a socket.
        lines.push(("vnclisten", quoted(&format!("unix:{}", socket.display()))));
        lines.push(("vncunused", flag(false)));
    }
    lines
}

fn letter(device: &Device) -> char {
    match device {
        Device::Disk => 'c',
        Device::Cd => 'd',
        Device::Network => 'n',
    }
}

/// A disk as `disk` and `xl block-attach` have it. The target takes the rest of the line.
pub(super) fn disk(disk: &Disk, hvm: bool) -> String {
    let access = if disk.read_only || disk.cd {
        "ro"
    } else {
        "rw"
    };
    let kind = if disk.cd && hvm { "devtype=cdrom," } else { "" };
    let format = if disk.path.is_some() { "raw" } else { "empty" };
    let target = disk.path.as_deref().unwrap_or(Path::new("")).display();
    let name = &disk.target;
    format!("format={format},vdev={name},access={access},{kind}target={target}")
}

/// A network card as `vif` and `xl network-attach` have it.
pub(super) fn nic(nic: &Nic) -> String {
    let kind = match nic.model {
        Model::Xen => "vif",
        Model::E1000 => "ioemu,model=e1000",
        Model::Rtl8139 => "ioemu,model=rtl8139",
    };
    format!("mac={},bridge={},type={kind}", nic.mac, nic.bridge)
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| quoted(&item)).collect();
    format!("[{}]", items.join(", "))
}

fn flag(on: bool) -> String {
    u8::from(on).to_string()
}

fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// A string of `xl`'s. What cannot be seen is nothing that anybody means, and would end the line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted + "\""
}

#[cfg(test)]
#[path = "config_tests.rs"]
pub(super) mod tests;
