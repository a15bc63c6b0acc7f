//! What tells this machine from others, for URLs and for who asks.

use super::CLASS;
use crate::probe;
use firn_config::{is_placeholder_serial, is_placeholder_uuid};
use serde::Serialize;
use std::path::Path;

const DMI: &str = "/sys/class/dmi/id";
const LEASES: &str = "/run/systemd/netif/leases";

/// The machine's names; empty where it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Of the NIC that it was started from, else of the one with an address: lower case, hyphens.
    pub mac: String,
    /// Of the board, lower case; empty as well where its maker has left a placeholder.
    pub uuid: String,
    /// The machine's serial number; empty as well where its maker has left a placeholder.
    pub serial: String,
    /// The model.
    pub product: String,
    /// What DHCP calls it.
    pub hostname: String,
    /// The placeholders that the firmware has in the place of UUID and serial number, for sentences.
    #[serde(skip)]
    pub made_up: Vec<String>,
}

impl Facts {
    /// Of this machine, which has its address on `device`; `bootif` as loaders write it.
    pub fn of(device: &str, bootif: Option<&str>) -> Self {
        let handed = super::handed().unwrap_or_default();
        let link = Path::new(CLASS).join(device);
        let macs = [
            handed.mac,
            bootif.and_then(mac).unwrap_or_default(),
            text(link.join("address")),
        ];
        let mac = macs.into_iter().find(|mac| !mac.is_empty());
        let dmi = |name: &str| text(Path::new(DMI).join(name));
        let lease = Path::new(LEASES).join(text(link.join("ifindex")));
        let unnamed = Self {
            mac: mac.unwrap_or_default().to_lowercase().replace(':', "-"),
            product: probe::model().unwrap_or_default(),
            hostname: handed.hostname.unwrap_or_else(|| hostname(&text(lease))),
            ..Self::default()
        };
        unnamed.named(dmi("product_uuid").to_lowercase(), dmi("product_serial"))
    }

    /// With what the firmware calls UUID and serial number, as far as it is this machine's own.
    fn named(mut self, uuid: String, serial: String) -> Self {
        let mut own = |name: String, made_up: fn(&str) -> bool| {
            if !made_up(&name) {
                return name;
            }
            if !name.is_empty() {
                self.made_up.push(name);
            }
            String::new()
        };
        let (uuid, serial) = (
            own(uuid, is_placeholder_uuid),
            own(serial, is_placeholder_serial),
        );
        Self {
            uuid,
            serial,
            ..self
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
    fn placeholders_are_no_names() {
        let facts = Facts::default().named("4c4c4544-0042".into(), "Default string".into());
        assert_eq!(facts.uuid, "4c4c4544-0042");
        assert_eq!(facts.serial, "");
        assert_eq!(facts.made_up, ["Default string"]);
        let nameless =
            Facts::default().named("03000200-0400-0500-0006-000700080009".into(), String::new());
        assert_eq!((nameless.uuid, nameless.serial), Default::default());
        assert_eq!(nameless.made_up, ["03000200-0400-0500-0006-000700080009"]);
    }

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
