//! The plan in plain sentences, for the summary and the log. Contains no secrets.

use super::Plan;
use firn_config::{Ipv4, Ipv6, Settings, Size, Store, Uplink};

impl Plan {
    /// Plain sentences for the summary, what is destroyed first.
    pub fn describe(&self) -> Vec<String> {
        let mut lines = self.destroyed();
        lines.push(format!(
            "{} becomes the disk of {}.",
            self.disk.title, self.settings.host.name
        ));
        lines.push(self.volumes());
        lines.push(network(&self.settings));
        lines.push(self.ways_in());
        lines
    }

    fn destroyed(&self) -> Vec<String> {
        let path = &self.disk.path;
        if let Some(firn) = &self.disk.replaces {
            return vec![format!(
                "The installed Firn \"{}\" ({}) on {path} is destroyed, with all its guests.",
                firn.name,
                firn.short_id()
            )];
        }
        if self.disk.destroys.is_empty() {
            return vec![format!("{path} is empty; nothing is destroyed.")];
        }
        self.disk
            .destroys
            .iter()
            .map(|what| format!("Destroyed: {what}."))
            .collect()
    }

    fn volumes(&self) -> String {
        let lvm = self.partitions.last().map_or(0, |p| p.size);
        let guests = Size(lvm.saturating_sub(self.state_mib << 20));
        let state = Size(self.state_mib << 20);
        match self.store {
            Store::LvmThin => format!(
                "{state} for the host's state, about {guests} for guests in an LVM thin pool."
            ),
            Store::Files => {
                format!("{state} for the host's state, about {guests} for guests' files.")
            }
        }
    }

    fn ways_in(&self) -> String {
        let keys = match self.ssh_keys.len() {
            0 => "no SSH key".to_owned(),
            1 => "1 SSH key".to_owned(),
            n => format!("{n} SSH keys"),
        };
        if self.settings.host.password_login {
            return format!("root comes in with a password, and {keys}.");
        }
        format!(
            "root comes in with {keys} over SSH; there is no password, so nobody can log in on the console: \
             the way back in is the installation medium's rescue shell."
        )
    }
}

fn network(settings: &Settings) -> String {
    let network = &settings.network;
    let mac = |name: &String| {
        let nic = network.nics.iter().find(|n| &n.name == name);
        nic.map_or(name.clone(), |n| format!("{name} ({})", n.mac))
    };
    let port = match &network.uplink {
        Uplink::Nic(name) => mac(name),
        Uplink::Bond { members, .. } => {
            let members: Vec<String> = members.iter().map(mac).collect();
            format!("a bond of {}", members.join(" and "))
        }
    };
    let vlan = network
        .vlan
        .map_or(String::new(), |tag| format!(", VLAN {tag}"));
    let ipv4 = match &network.ipv4 {
        Ipv4::Dhcp => "DHCP".to_owned(),
        Ipv4::Off => "off".to_owned(),
        Ipv4::Static { address, .. } => address.to_string(),
    };
    let ipv6 = match &network.ipv6 {
        Ipv6::Auto => "automatic".to_owned(),
        Ipv6::Off => "off".to_owned(),
        Ipv6::Static { address, .. } => address.to_string(),
    };
    format!("Network on {port}{vlan}: IPv4 {ipv4}, IPv6 {ipv6}.")
}
