//! Whatever network the answers may give, networkd's files for it fit together.

use super::*;
use crate::answers::{BondMode, Network};
use crate::settings::{Nic, SettingsNetwork, Uplink};
use crate::values::{Ipv4Net, Ipv6Net};
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses of few networks, so that they meet often, and some that are no host's.
fn ipv4() -> impl Strategy<Value = String> {
    let usual = (0u8..3, any::<u8>()).prop_map(|(net, host)| format!("192.0.{net}.{host}"));
    prop_oneof![8 => usual, 1 => any::<Ipv4Addr>().prop_map(|a| a.to_string())]
}

fn ipv6() -> impl Strategy<Value = String> {
    let usual =
        (0u8..3, 0u8..3, 0u8..4).prop_map(|(a, b, host)| format!("2001:db8:{a}:{b}::{host}"));
    let near = (0u8..4).prop_map(|host| format!("fe80::{host}"));
    prop_oneof![8 => usual, 2 => near, 1 => any::<Ipv6Addr>().prop_map(|a| a.to_string())]
}

fn section() -> impl Strategy<Value = String> {
    let four = (ipv4(), 8u8..=32, ipv4());
    let six = (ipv6(), 32u8..=128, ipv6());
    let dns = prop_oneof![ipv4(), ipv6()];
    let mtu = proptest::option::of(1000u32..10000);
    (four, six, dns, mtu).prop_map(|(four, six, dns, mtu)| {
        let mtu = mtu.map_or_else(String::new, |mtu| format!("mtu = {mtu}\n"));
        format!(
            "[network]\nipv4 = {{ address = \"{}/{}\", gateway = \"{}\" }}\nipv6 = {{ address = \"{}/{}\", gateway = \"{}\" }}\ndns = [\"{dns}\"]\n{mtu}",
            four.0, four.1, four.2, six.0, six.1, six.2
        )
    })
}

fn settings(network: Network, vlan: Option<u16>, bond: bool) -> SettingsNetwork {
    let nic = |n: u8| Nic {
        name: format!("nic{n}"),
        mac: format!("52:54:00:00:00:0{n}"),
        pci: None,
    };
    let members = || vec!["nic0".to_owned(), "nic1".to_owned()];
    let uplink = match bond {
        true => Uplink::Bond {
            mode: BondMode::ActiveBackup,
            members: members(),
        },
        false => Uplink::Nic("nic0".into()),
    };
    SettingsNetwork {
        nics: vec![nic(0), nic(1)],
        uplink,
        vlan,
        mtu: network.mtu,
        ipv4: network.ipv4,
        ipv6: network.ipv6,
        dns: network.dns,
        search: network.search,
    }
}

/// The values of a key in all sections of a file.
fn values<'f>(file: &'f File, key: &str) -> Vec<&'f str> {
    let lines = file.content.lines();
    let value = |line: &'f str| line.split_once('=').filter(|(k, _)| *k == key);
    lines.filter_map(value).map(|(_, value)| value).collect()
}

/// Whether a `[Route]` section is one that the kernel takes: its gateway can be reached from one of the addresses.
fn reachable(route: &str, addresses: &[&str]) -> bool {
    let gateway = route.lines().find_map(|line| line.strip_prefix("Gateway="));
    let near = match gateway.unwrap().parse().unwrap() {
        IpAddr::V4(gateway) => addresses
            .iter()
            .filter_map(|a| a.parse::<Ipv4Net>().ok())
            .any(|net| net.contains(gateway)),
        IpAddr::V6(gateway) => {
            let mut nets = addresses.iter().filter_map(|a| a.parse::<Ipv6Net>().ok());
            gateway.is_unicast_link_local() || nets.any(|net| net.contains(gateway))
        }
    };
    near || route.contains("GatewayOnLink=yes")
}

proptest! {
    #[test]
    fn accepted_networks_are_ones_that_networkd_takes(
        section in section(),
        vlan in proptest::option::of(1u16..4095),
        bond in any::<bool>(),
    ) {
        let head = "version = 1\nhost = { name = \"xen1\", root-password = \"secret word\" }\n";
        let Ok(answers) = crate::parse(&format!("{head}{section}"), &[]) else {
            return Ok(());
        };
        let network = settings(answers.network, vlan, bond);
        let files = network::files(&network).unwrap();
        let bridge = files.iter().find(|f| f.path.ends_with("20-xenbr0.network")).unwrap();
        let addresses = values(bridge, "Address");
        prop_assert_eq!(addresses.len(), 2);
        let routes: Vec<&str> = bridge.content.split("[Route]").skip(1).collect();
        prop_assert_eq!(routes.len(), 2);
        for route in routes {
            prop_assert!(reachable(route, &addresses), "{}", bridge.content);
        }
        let wanted: Vec<String> = network.mtu.iter().map(u16::to_string).collect();
        let devices = files.iter().filter(|f| f.path.ends_with(".network"));
        for file in devices.filter(|f| !f.path.ends_with("20-guests.network")) {
            prop_assert_eq!(values(file, "MTUBytes"), wanted.clone(), "{}", file.path);
        }
    }
}

/// Most of what the property makes up is refused; enough of it is not.
#[test]
fn enough_is_accepted() {
    let text = "version = 1\nhost = { name = \"xen1\", root-password = \"secret word\" }\n[network]\nipv4 = { address = \"192.0.1.5/24\", gateway = \"192.0.1.1\" }\nipv6 = { address = \"2001:db8:1:2::3/64\", gateway = \"2001:db8:1:1::1\" }\ndns = [\"192.0.2.53\"]\nmtu = 1400\n";
    let network = settings(crate::parse(text, &[]).unwrap().network, Some(7), true);
    let files = network::files(&network).unwrap();
    let mtus = files
        .iter()
        .flat_map(|file| values(file, "MTUBytes"))
        .count();
    // Two members, bond, VLAN, bridge.
    assert_eq!(mtus, 5);
}
