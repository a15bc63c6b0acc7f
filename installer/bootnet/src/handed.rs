//! What firn-init found out when it started this machine over the network.

use serde::Deserialize;

const FILE: &str = "/run/firn/netboot.json";

/// The network that the image came over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Handed {
    /// The NIC's MAC address, with colons.
    pub mac: String,
    /// URL of the answers, where DHCP's option 224 gave one.
    pub answers: Option<String>,
    /// The host's name, where DHCP gave one.
    pub hostname: Option<String>,
}

impl Handed {
    /// What there is; nothing where the machine was started from a CD or a stick.
    pub fn read() -> Option<Self> {
        serde_json::from_str(&firn_words::read_text(FILE).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_firn_init_writes_is_read() {
        let text = r#"{"mac":"52:54:00:12:34:56","interface":"enp1s0","vlan":null,"base":"http://192.0.2.1/firn",
            "answers":"http://192.0.2.1/${mac}.toml","hostname":null,"addresses":["192.0.2.10"]}"#;
        let handed: Handed = serde_json::from_str(text).unwrap();
        assert_eq!(handed.mac, "52:54:00:12:34:56");
        assert_eq!(
            handed.answers.as_deref(),
            Some("http://192.0.2.1/${mac}.toml")
        );
        assert_eq!(handed.hostname, None);
    }
}
