//! The MTU that DHCP names. networkd gives it to the bridge alone; a bridge with larger packets than what is below it loses them.

use crate::settings;
use anyhow::Result;
use firn_command::cmd;
use firn_config::{BRIDGE, SettingsNetwork, Uplink};
use serde::Deserialize;
use std::path::Path;

/// A network device, as `ip -json -details link show` has it.
#[derive(Clone, Debug, Deserialize)]
struct Link {
    ifname: String,
    mtu: u32,
    /// The most that the hardware takes; 0 or nothing where the kernel does not say.
    #[serde(default)]
    max_mtu: u32,
}

/// Gives what is below the bridge the bridge's MTU, where it has less. Where hardware cannot, the bridge gets what it can.
///
/// # Errors
/// When host.toml cannot be read, or a device does not take its MTU.
pub fn follow() -> Result<()> {
    let settings = settings::read(Path::new("/"))?.settings;
    let links: Vec<Link> = cmd("ip", ["-json", "-details", "link", "show"]).json()?;
    for (name, mtu) in steps(&below(&settings.network), &links) {
        println!("{name}: MTU {mtu}");
        let words = ["link", "set", "dev", &name, "mtu"];
        cmd("ip", words).arg(mtu.to_string()).run()?;
    }
    Ok(())
}

/// What carries the bridge, the lowest first: a device takes no more than those below it.
fn below(network: &SettingsNetwork) -> Vec<String> {
    let (mut names, port) = match &network.uplink {
        Uplink::Nic(name) => (vec![name.clone()], name.as_str()),
        Uplink::Bond { members, .. } => {
            let bond = "bond0".to_owned();
            let names = members.iter().cloned().chain([bond]);
            (names.collect(), "bond0")
        }
    };
    if let Some(id) = network.vlan {
        names.push(format!("{port}.{id}"));
    }
    names
}

/// Which devices get which MTU, in this order. What is large enough already is left as it is.
fn steps(below: &[String], links: &[Link]) -> Vec<(String, u32)> {
    let find = |name: &str| links.iter().find(|link| link.ifname == name);
    let Some(bridge) = find(BRIDGE) else {
        return Vec::new();
    };
    let carriers: Vec<&Link> = below.iter().filter_map(|name| find(name)).collect();
    let limits = carriers.iter().map(|link| link.max_mtu);
    let limit = limits.filter(|most| *most > 0).min();
    let wanted = limit.map_or(bridge.mtu, |limit| bridge.mtu.min(limit));
    let lower = carriers.into_iter().filter(|link| link.mtu < wanted);
    let too_large = (bridge.mtu > wanted).then_some(bridge);
    let all = lower.chain(too_large);
    all.map(|link| (link.ifname.clone(), wanted)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::{BondMode, Ipv4, Ipv6};
    use proptest::prelude::*;

    fn network(uplink: Uplink, vlan: Option<u16>) -> SettingsNetwork {
        SettingsNetwork {
            nics: Vec::new(),
            uplink,
            vlan,
            mtu: None,
            ipv4: Ipv4::Dhcp,
            ipv6: Ipv6::Auto,
            dns: Vec::new(),
            search: Vec::new(),
        }
    }

    /// Name, MTU and most.
    fn links(all: &[(&str, u32, u32)]) -> Vec<Link> {
        let link = |(name, mtu, max_mtu): &(&str, u32, u32)| Link {
            ifname: (*name).into(),
            mtu: *mtu,
            max_mtu: *max_mtu,
        };
        all.iter().map(link).collect()
    }

    fn done(network: &SettingsNetwork, all: &[(&str, u32, u32)]) -> String {
        let steps = steps(&below(network), &links(all));
        let steps: Vec<String> = steps.iter().map(|(n, mtu)| format!("{n}={mtu}")).collect();
        steps.join(" ")
    }

    #[test]
    fn what_is_below_follows_the_bridge() {
        let nic = network(Uplink::Nic("nic0".into()), None);
        let table = [
            // As it is without DHCP's MTU, and with a small one: the bridge alone is smaller, which loses nothing.
            ([("xenbr0", 1500, 65535), ("nic0", 1500, 9216)], ""),
            ([("xenbr0", 1400, 65535), ("nic0", 1500, 9216)], ""),
            ([("xenbr0", 9000, 65535), ("nic0", 1500, 9216)], "nic0=9000"),
            ([("xenbr0", 9000, 65535), ("nic0", 1500, 0)], "nic0=9000"),
            (
                [("xenbr0", 9000, 65535), ("nic0", 1500, 1500)],
                "xenbr0=1500",
            ),
            (
                [("xenbr0", 9000, 65535), ("nic0", 1500, 4000)],
                "nic0=4000 xenbr0=4000",
            ),
            ([("xenbr0", 9000, 65535), ("vif1.0", 1500, 65535)], ""),
        ];
        for (all, expected) in table {
            assert_eq!(done(&nic, &all), expected, "{all:?}");
        }
        assert_eq!(done(&nic, &[("nic0", 1500, 9216)]), "");
    }

    #[test]
    fn a_bond_and_a_vlan_come_after_what_carries_them() {
        let members = vec!["nic0".into(), "nic1".into()];
        let bond = Uplink::Bond {
            mode: BondMode::Lacp,
            members,
        };
        let all = [
            ("nic0", 1500, 9216),
            ("nic1", 9000, 9216),
            ("bond0", 1500, 65535),
            ("bond0.42", 1500, 65535),
            ("xenbr0", 9000, 65535),
            ("vif1.0", 1500, 65535),
        ];
        assert_eq!(
            done(&network(bond, Some(42)), &all),
            "nic0=9000 bond0=9000 bond0.42=9000"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever `ip` says: nothing gets more than it can, only what is ours is changed, and a second look changes nothing.
        #[test]
        fn no_link_gets_more_than_it_can(all in prop::collection::vec((prop::sample::select(vec!["xenbr0", "nic0", "nic1", "vif1.0"]), any::<u32>(), prop_oneof![Just(0), any::<u32>()]), 0..6), text in any::<String>()) {
            let _ = firn_command::json::parse::<Vec<Link>>(&text);
            let mut links = links(&all);
            links.sort_by(|a, b| a.ifname.cmp(&b.ifname));
            links.dedup_by(|a, b| a.ifname == b.ifname);
            let below = below(&network(Uplink::Nic("nic0".into()), None));
            let done = steps(&below, &links);
            for (name, mtu) in &done {
                let link = links.iter_mut().find(|link| link.ifname == *name).unwrap();
                prop_assert!(name == BRIDGE || below.contains(name), "{name}");
                prop_assert!(name == BRIDGE || link.max_mtu == 0 || *mtu <= link.max_mtu);
                link.mtu = *mtu;
            }
            prop_assert_eq!(steps(&below, &links), Vec::new());
        }
    }
}
