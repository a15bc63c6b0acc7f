//! The plan in plain sentences, for the summary and the log. Contains no secrets.

use super::{Plan, PlannedDisk};
use firn_config::{Ipv4, Ipv6, Settings, SettingsNetwork, Size, Store, Uplink};
use firn_words::{Text, say};

impl Plan {
    /// Plain sentences for the summary, what is destroyed first.
    pub fn describe(&self) -> Vec<Text> {
        let mut lines = self.destroyed();
        let empty = |disk: &&PlannedDisk| destroyed(disk).is_empty();
        lines.extend(
            self.disks()
                .filter(empty)
                .map(|disk| say!("plan-empty", disk = &disk.path)),
        );
        if self.needs_token {
            lines.push(say!("plan-token"));
        }
        let host = &self.settings.host.name;
        lines.push(say!("plan-becomes", disk = &self.disk.title, host = host));
        let further = self.store_disks.iter();
        lines.extend(further.map(|disk| say!("plan-store-disk", disk = &disk.title)));
        lines.push(self.volumes());
        lines.push(network(&self.settings, &self.uplink));
        lines.extend(no_names(&self.settings.network));
        lines.push(self.ways_in());
        lines
    }

    /// What will be gone, on all disks; empty when nothing is.
    pub fn destroyed(&self) -> Vec<Text> {
        self.disks().flat_map(destroyed).collect()
    }

    /// All disks that are written, the host's own first.
    pub fn disks(&self) -> impl Iterator<Item = &PlannedDisk> {
        std::iter::once(&self.disk).chain(&self.store_disks)
    }

    fn volumes(&self) -> Text {
        let lvm = self.partitions.last().map_or(0, |p| p.size);
        let rest = lvm.saturating_sub(self.state_mib << 20);
        let add = |sum: u64, disk: &PlannedDisk| sum.saturating_add(disk.size);
        let guests = Size(self.store_disks.iter().fold(rest, add));
        let state = Size(self.state_mib << 20);
        match self.store {
            Store::LvmThin => say!("plan-volumes-thin", state = state, guests = guests),
            Store::Files => say!("plan-volumes-files", state = state, guests = guests),
        }
    }

    fn ways_in(&self) -> Text {
        let keys = say!("plan-keys", count = self.ssh_keys.len());
        if self.settings.host.password_login {
            return say!("plan-ways-password", keys = keys);
        }
        say!("plan-ways-keys", keys = keys)
    }
}

fn destroyed(disk: &PlannedDisk) -> Vec<Text> {
    let mut lines: Vec<Text> = match &disk.replaces {
        Some(firn) => vec![say!(
            "plan-destroys-firn",
            name = &firn.name,
            id = firn.short_id(),
            disk = &disk.path
        )],
        None => {
            let sentence = |what: &Text| say!("plan-destroys", what = what);
            disk.destroys.iter().map(sentence).collect()
        }
    };
    lines.extend(disk.tears.iter().cloned());
    lines
}

fn network(settings: &Settings, names: &[String]) -> Text {
    let network = &settings.network;
    let port = port(network, names);
    let ipv4 = match &network.ipv4 {
        Ipv4::Dhcp => "DHCP".into(),
        Ipv4::Off => say!("plan-off"),
        Ipv4::Static { address, .. } => address.to_string().into(),
    };
    let ipv6 = match &network.ipv6 {
        Ipv6::Auto => say!("plan-automatic"),
        Ipv6::Off => say!("plan-off"),
        Ipv6::Static { address, .. } => address.to_string().into(),
    };
    match network.vlan {
        Some(vlan) => say!(
            "plan-network-vlan",
            port = port,
            vlan = vlan.to_string(),
            ipv4 = ipv4,
            ipv6 = ipv6
        ),
        None => say!("plan-network", port = port, ipv4 = ipv4, ipv6 = ipv6),
    }
}

/// What somebody forgot who gave an address and a way out, and no name server. A network that leads nowhere may well have none.
fn no_names(network: &SettingsNetwork) -> Option<Text> {
    let out4 = matches!(
        &network.ipv4,
        Ipv4::Static {
            gateway: Some(_),
            ..
        }
    );
    let out6 = matches!(
        &network.ipv6,
        Ipv6::Static {
            gateway: Some(_),
            ..
        }
    );
    if !network.dns.is_empty() || network.ipv4 == Ipv4::Dhcp || !(out4 || out6) {
        return None;
    }
    Some(match network.ipv6 {
        Ipv6::Auto => say!("plan-no-names-unless-ipv6"),
        _ => say!("plan-no-names"),
    })
}

/// `names` are the NICs' names in the running installer, in the uplink's order; on the host they have others.
fn port(network: &SettingsNetwork, names: &[String]) -> Text {
    let on_host = match &network.uplink {
        Uplink::Nic(name) => std::slice::from_ref(name),
        Uplink::Bond { members, .. } => members,
    };
    let nic = |(on_host, now): (&String, &String)| {
        let nic = network.nics.iter().find(|n| n.name == *on_host);
        let mac = nic.map_or("", |nic| &nic.mac);
        say!("plan-nic", now = now, mac = mac, host = on_host)
    };
    let and = |first: Text, last: Text| say!("plan-and", first = first, last = last);
    let nics = on_host.iter().zip(names).map(nic).reduce(and);
    let nics = nics.unwrap_or_default();
    match &network.uplink {
        Uplink::Nic(_) => nics,
        Uplink::Bond { .. } => say!("plan-bond", members = nics),
    }
}
