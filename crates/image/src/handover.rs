//! What the initrd tells the installer after a start over the network.

use serde::{Deserialize, Serialize};

/// The network that the image came over; it lies at [`run::NETBOOT`](crate::run::NETBOOT).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Handover {
    /// The NIC's MAC address, with colons.
    pub mac: String,
    /// The NIC's name in the initrd.
    pub interface: String,
    /// The VLAN that the network is tagged with.
    pub vlan: Option<u16>,
    /// URL of the folder with the image.
    pub base: String,
    /// URL of the answers, where DHCP's option 224 gave one.
    pub answers: Option<String>,
    /// The host's name, where DHCP gave one.
    pub hostname: Option<String>,
    /// The addresses, without the length of their networks.
    pub addresses: Vec<String>,
}

impl Handover {
    /// Reads the file's text.
    ///
    /// # Errors
    /// When it is no such JSON.
    pub fn parse(text: &str) -> serde_json::Result<Handover> {
        serde_json::from_str(text)
    }

    /// The file's text.
    ///
    /// # Errors
    /// None that is known: it is text and numbers alone.
    pub fn text(&self) -> serde_json::Result<String> {
        super::text(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let handover = Handover {
            mac: "52:54:00:12:34:56".into(),
            interface: "enp1s0".into(),
            base: "http://192.0.2.1/firn".into(),
            answers: Some("http://192.0.2.1/${mac}.toml".into()),
            addresses: vec!["192.0.2.10".into()],
            ..Handover::default()
        };
        let text = handover.text().unwrap();
        assert!(text.starts_with("{\n  \"mac\": \"52:54:00:12:34:56\",\n"));
        assert!(text.contains("\n  \"vlan\": null,\n"));
        assert_eq!(Handover::parse(&text).unwrap(), handover);
    }
}
