//! The seed's files. They are YAML to cloud-init, and JSON here: that is YAML, too, and nothing in a value can end it.

use super::{Address, Network, Seed};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::net::IpAddr;

/// The files of a seed: name and contents.
pub(crate) fn documents(seed: &Seed) -> Vec<(&'static str, String)> {
    let mut files = vec![
        ("meta-data", yaml(&meta_data(seed))),
        (
            "user-data",
            format!("#cloud-config\n{}", yaml(&user_data(seed))),
        ),
    ];
    if let Some(network) = &seed.network {
        files.push(("network-config", yaml(&network_config(network))));
    }
    files
}

fn meta_data(seed: &Seed) -> Value {
    json!({ "instance-id": seed.instance, "local-hostname": seed.host_name })
}

/// `user` changes the image's own user and leaves it its shell, its groups and its rights.
fn user_data(seed: &Seed) -> Value {
    let keys: Vec<_> = seed.ssh_keys.iter().map(|key| key.trim()).collect();
    let mut user = Map::new();
    if let Some(name) = &seed.user {
        user.insert("name".into(), json!(name));
    }
    if let Some(hash) = &seed.password_hash {
        user.insert("lock_passwd".into(), json!(false));
        user.insert("hashed_passwd".into(), json!(hash));
    }
    // Whoever has a key comes in by it, and nobody needs to try passwords.
    let by_password = seed.password_hash.is_some() && keys.is_empty();
    let mut data = json!({ "ssh_authorized_keys": keys, "ssh_pwauth": by_password });
    if !user.is_empty() {
        data["user"] = user.into();
        data["users"] = json!(["default"]);
    }
    if seed.user.as_deref() == Some("root") {
        data["disable_root"] = json!(false);
    }
    data
}

/// Version 2. The routes are written out: `gateway4` is on its way out.
fn network_config(network: &Network) -> Value {
    let addresses: Vec<_> = network.addresses.iter().map(ToString::to_string).collect();
    let routes: Vec<_> = network
        .gateways
        .iter()
        .map(|gateway| route(gateway, network))
        .collect();
    let dns: Vec<_> = network.dns.iter().map(ToString::to_string).collect();
    json!({ "version": 2, "ethernets": { "eth0": {
        "match": { "macaddress": network.mac.to_ascii_lowercase().replace('-', ":") },
        "set-name": "eth0",
        "dhcp4": false,
        "dhcp6": false,
        "addresses": addresses,
        "routes": routes,
        "nameservers": { "addresses": dns },
    } } })
}

fn route(gateway: &IpAddr, network: &Network) -> Value {
    let to = if gateway.is_ipv4() {
        "0.0.0.0/0"
    } else {
        "::/0"
    };
    let mut route = json!({ "to": to, "via": gateway.to_string() });
    // With some providers the router lies outside of the address's network.
    if !network
        .addresses
        .iter()
        .any(|address| address.reaches(gateway))
    {
        route["on-link"] = json!(true);
    }
    route
}

impl Address {
    /// Whether another address lies in this one's network. Routers of IPv6 have their link's own address.
    fn reaches(&self, other: &IpAddr) -> bool {
        let differs = match (self.ip, other) {
            (IpAddr::V4(a), IpAddr::V4(b)) => u128::from(a.to_bits() ^ b.to_bits()) << 96,
            (IpAddr::V6(_), IpAddr::V6(b)) if b.is_unicast_link_local() => 0,
            (IpAddr::V6(a), IpAddr::V6(b)) => a.to_bits() ^ b.to_bits(),
            _ => return false,
        };
        differs.leading_zeros() >= self.prefix.into()
    }
}

/// JSON that YAML reads as the same: what YAML does not take as it stands, or takes as the end of a line, is escaped.
fn yaml(value: &Value) -> String {
    let mut text = String::new();
    for c in format!("{value:#}\n").chars() {
        match c {
            '\u{7f}'..='\u{a0}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                // A String takes everything.
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests;
