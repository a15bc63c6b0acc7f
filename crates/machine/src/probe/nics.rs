//! Network interfaces, from sysfs.

use super::text;
use crate::Nic;
use firn_command::cmd;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

const CLASS: &str = "/sys/class/net";
const LINK_WAIT: Duration = Duration::from_secs(30);
/// After the first link, the others get this long.
const LINK_SETTLE: Duration = Duration::from_secs(3);

/// All Ethernet interfaces that are hardware, in PCI order.
pub fn probe() -> Vec<Nic> {
    let permanent = permanent_macs();
    let mut nics: Vec<Nic> = names()
        .iter()
        .filter_map(|name| nic(name, &permanent))
        .collect();
    nics.sort_by_key(|n| {
        (
            n.pci.is_none(),
            n.pci.as_ref().map(|p| (p.len(), p.clone())),
            n.name.clone(),
        )
    });
    nics
}

/// Brings all NICs up, so that their links show.
pub fn bring_up() {
    for name in names() {
        // One that cannot be brought up simply shows no link.
        let _ = cmd("ip", ["link", "set", "dev", &name, "up"]).run();
    }
}

/// Brings all NICs up and waits until one has a link and the others had a little time, at most 30 s.
pub fn wait_for_links() {
    bring_up();
    let names = names();
    let linked = || names.iter().filter(|n| carrier(n) == Some(true)).count();
    let end = Instant::now() + LINK_WAIT;
    while !names.is_empty() && linked() == 0 && Instant::now() < end {
        sleep(Duration::from_millis(200));
    }
    let settle = Instant::now() + LINK_SETTLE;
    while linked() > 0 && linked() < names.len() && Instant::now() < settle {
        sleep(Duration::from_millis(200));
    }
}

fn names() -> Vec<String> {
    let Ok(entries) = fs::read_dir(CLASS) else {
        return Vec::new();
    };
    let ethernet = |name: &String| {
        let dir = Path::new(CLASS).join(name);
        dir.join("device").exists()
            && text(dir.join("type")).as_deref() == Some("1")
            && !dir.join("phy80211").exists()
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(ethernet)
        .collect();
    names.sort();
    names
}

fn nic(name: &str, permanent: &[Link]) -> Option<Nic> {
    let dir = Path::new(CLASS).join(name);
    let device = fs::canonicalize(dir.join("device")).ok()?;
    let current = text(dir.join("address"))?;
    let mac = permanent
        .iter()
        .find(|l| l.ifname == name)
        .and_then(|l| l.permaddr.clone())
        .unwrap_or(current);
    Some(Nic {
        name: name.to_owned(),
        mac: mac.to_lowercase(),
        pci: pci_address(&device),
        driver: driver(&device),
        link: carrier(name),
        speed_mbit: text(dir.join("speed"))
            .and_then(|s| s.parse().ok())
            .filter(|s| *s > 0),
        model: model(&dir),
    })
}

/// `None` while the interface is down: then reading it is an error.
fn carrier(name: &str) -> Option<bool> {
    text(Path::new(CLASS).join(name).join("carrier")).map(|value| value == "1")
}

/// The kernel module; the driver's own name when it is built in.
pub(super) fn driver(device: &Path) -> Option<String> {
    let target = |link: PathBuf| {
        Some(
            fs::canonicalize(link)
                .ok()?
                .file_name()?
                .to_string_lossy()
                .into_owned(),
        )
    };
    target(device.join("driver/module")).or_else(|| target(device.join("driver")))
}

/// The last part of a sysfs path that is a PCI address: the device itself, or what it hangs on.
fn pci_address(device: &Path) -> Option<String> {
    let parts: Vec<String> = device
        .iter()
        .map(|p| p.to_string_lossy().into_owned())
        .collect();
    parts.into_iter().rev().find(|part| is_pci_address(part))
}

pub(super) fn is_pci_address(text: &str) -> bool {
    let fields: Vec<&str> = text.split([':', '.']).collect();
    let hex = |s: &str| s.bytes().all(|b| b.is_ascii_hexdigit());
    matches!(fields[..], [domain, bus, slot, function]
        if domain.len() >= 4 && bus.len() == 2 && slot.len() == 2 && function.len() == 1
            && hex(domain) && hex(bus) && hex(slot) && hex(function))
}

/// From udev's hardware database where the image has one, else the PCI ids.
fn model(dir: &Path) -> Option<String> {
    let database = cmd("udevadm", ["info", "--query=property", "--path"])
        .arg(dir)
        .read()
        .unwrap_or_default();
    let property = |name: &str| {
        database
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
    };
    if let Some(model) = property("ID_MODEL_FROM_DATABASE") {
        let vendor = property("ID_VENDOR_FROM_DATABASE").unwrap_or_default();
        return Some(format!("{vendor} {model}").trim().to_owned());
    }
    let id = |name: &str| {
        text(dir.join("device").join(name)).map(|v| v.trim_start_matches("0x").to_owned())
    };
    Some(format!("PCI {}:{}", id("vendor")?, id("device")?))
}

#[derive(Deserialize)]
struct Link {
    ifname: String,
    permaddr: Option<String>,
}

/// `ip` shows the permanent address where it differs from the current one.
fn permanent_macs() -> Vec<Link> {
    cmd("ip", ["-json", "link", "show"])
        .json()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pci_addresses_in_device_paths() {
        let table = [
            (
                "/sys/devices/pci0000:00/0000:00:03.0/virtio0",
                Some("0000:00:03.0"),
            ),
            (
                "/sys/devices/pci0000:00/0000:00:1c.0/0000:02:00.1",
                Some("0000:02:00.1"),
            ),
            (
                "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0",
                Some("0000:00:14.0"),
            ),
            ("/sys/devices/vif-0", None),
        ];
        for (path, expected) in table {
            assert_eq!(pci_address(Path::new(path)).as_deref(), expected, "{path}");
        }
    }
}
