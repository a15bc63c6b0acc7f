//! The settings of a network that is only tried out. Pure.

use crate::machine::Machine;
use firn_config::{BRIDGE, Nic, SettingsNetwork, Uplink};

/// Link files only count for NICs that appear; here all are there already.
pub fn is_networkd(path: &str) -> bool {
    path.starts_with("/etc/systemd/network/")
        && (path.ends_with(".network") || path.ends_with(".netdev"))
}

/// The host gives its NICs names of its own; for a test they keep those that they have.
pub fn with_present_names(wanted: SettingsNetwork, machine: &Machine) -> SettingsNetwork {
    let present = |name: &String| {
        let fixed = wanted.nics.iter().find(|nic| nic.name == *name);
        let mut nics = machine.nics.iter();
        let nic = nics.find(|nic| fixed.is_some_and(|fixed| nic.is_that_of(fixed)));
        nic.map_or_else(|| name.clone(), |nic| nic.name.clone())
    };
    let uplink = match &wanted.uplink {
        Uplink::Nic(name) => Uplink::Nic(present(name)),
        Uplink::Bond { mode, members } => Uplink::Bond {
            mode: *mode,
            members: members.iter().map(present).collect(),
        },
    };
    let renamed = |nic: &Nic| Nic {
        name: present(&nic.name),
        mac: nic.mac.clone(),
        pci: nic.pci.clone(),
    };
    SettingsNetwork {
        nics: wanted.nics.iter().map(renamed).collect(),
        uplink,
        ..wanted
    }
}

/// The links that networkd will make, those that carry others last.
pub fn links(wanted: &SettingsNetwork) -> Vec<String> {
    let (port, bond) = match &wanted.uplink {
        Uplink::Nic(name) => (name.as_str(), None),
        Uplink::Bond { .. } => ("bond0", Some("bond0".to_owned())),
    };
    let vlan = wanted.vlan.map(|id| format!("{port}.{id}"));
    [Some(BRIDGE.to_owned()), vlan, bond]
        .into_iter()
        .flatten()
        .collect()
}
