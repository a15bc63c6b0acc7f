//! NICs as sysfs shows them.

use std::fs;
use std::path::{Path, PathBuf};

const NET: &str = "/sys/class/net";
const PCI: &str = "/sys/bus/pci/devices";
/// ARPHRD_ETHER of linux/if_arp.h.
const ETHERNET: &str = "1";
/// How PCI writes the class of network controllers.
const NETWORK_CLASS: &str = "0x02";

/// A NIC with a driver.
#[derive(Clone, Debug, PartialEq)]
pub struct Nic {
    /// The kernel's name, such as `eth0`; udev gives it another one later.
    pub name: String,
    /// Lower case with colons.
    pub mac: String,
}

impl Nic {
    /// Whether there is something at the other end of the cable. A NIC that is down does not know.
    pub fn has_link(&self) -> bool {
        attribute(&Path::new(NET).join(&self.name), "carrier").as_deref() == Some("1")
    }
}

/// All Ethernet cards, by name.
pub fn list() -> Vec<Nic> {
    in_folder(Path::new(NET))
}

fn in_folder(folder: &Path) -> Vec<Nic> {
    let mut nics: Vec<Nic> = entries(folder).iter().filter_map(|at| read(at)).collect();
    nics.sort_by(|a, b| a.name.cmp(&b.name));
    nics
}

/// Loopback, VLANs and bridges have no device behind them.
fn read(folder: &Path) -> Option<Nic> {
    let card = folder.join("device").exists() && attribute(folder, "type")? == ETHERNET;
    card.then_some(Nic {
        name: folder.file_name()?.to_str()?.to_owned(),
        mac: attribute(folder, "address")?.to_lowercase(),
    })
}

/// Network controllers on PCI that no driver has taken, as `0000:01:00.0 (14e4:16d7)`.
pub fn without_driver() -> Vec<String> {
    unserved(Path::new(PCI))
}

fn unserved(folder: &Path) -> Vec<String> {
    let describe =
        |device: &PathBuf| {
            let class = attribute(device, "class")?;
            let id = |name| Some(attribute(device, name)?.trim_start_matches("0x").to_owned());
            let name = device.file_name()?.to_str()?;
            (class.starts_with(NETWORK_CLASS) && !device.join("driver").exists())
                .then_some(format!("{name} ({}:{})", id("vendor")?, id("device")?))
        };
    let mut found: Vec<String> = entries(folder).iter().filter_map(describe).collect();
    found.sort();
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn attribute(folder: &Path, name: &str) -> Option<String> {
    let text = firn_visible::read_text(folder.join(name)).ok()?;
    Some(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    #[test]
    fn only_cards_are_nics() {
        let root = tempfile::tempdir().unwrap();
        write(
            root.path(),
            &[
                ("eth1/type", "1\n"),
                ("eth1/address", "52:54:00:00:00:0B\n"),
                ("eth1/device/vendor", "0x1af4\n"),
                ("lo/type", "772\n"),
                ("lo/address", "00:00:00:00:00:00\n"),
                ("eth1.42/type", "1\n"),
                ("eth1.42/address", "52:54:00:00:00:0b\n"),
            ],
        );
        let nic = Nic {
            name: "eth1".into(),
            mac: "52:54:00:00:00:0b".into(),
        };
        assert_eq!(in_folder(root.path()), [nic]);
    }

    #[test]
    fn a_controller_without_driver_is_named_by_its_ids() {
        let root = tempfile::tempdir().unwrap();
        let card = |class| {
            [
                ("class", class),
                ("vendor", "0x14e4\n"),
                ("device", "0x16d7\n"),
            ]
        };
        write(&root.path().join("0000:01:00.0"), &card("0x020000\n"));
        write(&root.path().join("0000:01:00.1"), &card("0x020000\n"));
        write(&root.path().join("0000:02:00.0"), &card("0x010700\n"));
        fs::create_dir(root.path().join("0000:01:00.1/driver")).unwrap();
        assert_eq!(unserved(root.path()), ["0000:01:00.0 (14e4:16d7)"]);
    }
}
