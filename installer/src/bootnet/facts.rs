//! What tells this machine from others, for URLs and for who asks.

use super::{CLASS, Handed};
use serde::Serialize;
use std::path::Path;

const DMI: &str = "/sys/class/dmi/id";
const LEASES: &str = "/run/systemd/netif/leases";

/// The machine's names; empty where it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Of the NIC that it was started from, else of the one with an address: lower case, hyphens.
    pub mac: String,
    /// Of the board, lower case.
    pub uuid: String,
    /// The machine's serial number.
    pub serial: String,
    /// The model.
    pub product: String,
    /// What DHCP calls it.
    pub hostname: String,
}

impl Facts {
    /// Of this machine, which has its address on `device`; `bootif` as loaders write it.
    pub fn of(device: &str, bootif: Option<&str>) -> Self {
        let handed = Handed::read().unwrap_or_default();
        let link = Path::new(CLASS).join(device);
        let macs = [
            handed.mac,
            bootif.and_then(mac).unwrap_or_default(),
            text(link.join("address")),
        ];
        let mac = macs.into_iter().find(|mac| !mac.is_empty());
        let dmi = |name: &str| text(Path::new(DMI).join(name));
        let lease = Path::new(LEASES).join(text(link.join("ifindex")));
        Self {
            mac: mac.unwrap_or_default().to_lowercase().replace(':', "-"),
            uuid: dmi("product_uuid").to_lowercase(),
            serial: dmi("product_serial"),
            product: dmi("product_name"),
            hostname: handed.hostname.unwrap_or_else(|| hostname(&text(lease))),
        }
    }
}

fn text(path: impl AsRef<Path>) -> String {
    firn_words::read_text(path)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Loaders put the kind of the hardware before the address: `01-52-54-00-12-34-56`.
fn mac(bootif: &str) -> Option<String> {
    let mac = bootif.get(bootif.len().checked_sub(17)?..)?;
    firn_config::check_mac(mac).ok().map(|()| mac.to_owned())
}

fn hostname(lease: &str) -> String {
    let name = lease
        .lines()
        .find_map(|line| line.strip_prefix("HOSTNAME="));
    name.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loaders_and_leases_say() {
        assert_eq!(
            mac("01-52-54-00-12-34-56").as_deref(),
            Some("52-54-00-12-34-56")
        );
        assert_eq!(
            mac("52:54:00:12:34:56").as_deref(),
            Some("52:54:00:12:34:56")
        );
        assert_eq!(mac("01-52"), None);
        assert_eq!(mac("01-52-54-00-12-34-xx"), None);
        assert_eq!(hostname("ADDRESS=192.0.2.1\nHOSTNAME=xen7\n"), "xen7");
        assert_eq!(hostname(""), "");
    }
}
