//! The interface whose machines are served.

use anyhow::{Context, Result, bail};
use nix::net::if_::InterfaceFlags;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An interface that is up, with its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    pub name: String,
    pub v4: Option<(Ipv4Addr, u8)>,
    /// Not a link-local one.
    pub v6: Option<(Ipv6Addr, u8)>,
}

/// One address of one interface, as the kernel lists them; an interface without any is there once without.
#[derive(Clone, Debug)]
struct Found {
    name: String,
    up: bool,
    address: Option<(IpAddr, u8)>,
}

impl Interface {
    /// The interface of this name.
    ///
    /// # Errors
    /// When there is none, or machines could not speak to it: one sentence with what to do.
    pub fn find(name: &str) -> Result<Self> {
        choose(name, &all()?)
    }

    /// The addresses that machines reach this server at.
    pub fn hosts(&self) -> impl Iterator<Item = String> {
        let v4 = self.v4.map(|(address, _)| address.to_string());
        let v6 = self.v6.map(|(address, _)| format!("[{address}]"));
        v4.into_iter().chain(v6)
    }
}

fn all() -> Result<Vec<Found>> {
    let listed = nix::ifaddrs::getifaddrs().context("listing the network interfaces")?;
    Ok(listed
        .map(|entry| Found {
            up: entry.flags.contains(InterfaceFlags::IFF_UP),
            address: address(&entry),
            name: entry.interface_name,
        })
        .collect())
}

fn address(entry: &nix::ifaddrs::InterfaceAddress) -> Option<(IpAddr, u8)> {
    let (address, mask) = (entry.address.as_ref()?, entry.netmask.as_ref()?);
    if let (Some(address), Some(mask)) = (address.as_sockaddr_in(), mask.as_sockaddr_in()) {
        let bits = u32::from(mask.ip()).count_ones();
        return Some((address.ip().into(), u8::try_from(bits).ok()?));
    }
    let (address, mask) = (address.as_sockaddr_in6()?, mask.as_sockaddr_in6()?);
    let bits = u128::from(mask.ip()).count_ones();
    Some((address.ip().into(), u8::try_from(bits).ok()?))
}

fn choose(name: &str, all: &[Found]) -> Result<Interface> {
    let mine: Vec<&Found> = all.iter().filter(|found| found.name == name).collect();
    let Some(first) = mine.first() else {
        let mut names: Vec<&str> = all
            .iter()
            .map(|f| f.name.as_str())
            .filter(|n| *n != "lo")
            .collect();
        names.sort_unstable();
        names.dedup();
        bail!(
            "there is no network interface {name}; this computer has: {}",
            names.join(", ")
        );
    };
    if !first.up {
        bail!("the network interface {name} is down; bring it up with: ip link set {name} up");
    }
    let interface = Interface {
        name: name.to_owned(),
        v4: mine.iter().find_map(|found| v4(found)),
        v6: mine.iter().find_map(|found| v6(found)),
    };
    if interface.v4.is_none() && interface.v6.is_none() {
        bail!(
            "the network interface {name} has no address that machines could reach; give it one, for example with: \
             ip address add 192.168.77.1/24 dev {name}"
        );
    }
    Ok(interface)
}

fn v4(found: &Found) -> Option<(Ipv4Addr, u8)> {
    match found.address? {
        (IpAddr::V4(address), prefix) => Some((address, prefix)),
        (IpAddr::V6(_), _) => None,
    }
}

fn v6(found: &Found) -> Option<(Ipv6Addr, u8)> {
    match found.address? {
        (IpAddr::V6(address), prefix) if !address.is_unicast_link_local() => {
            Some((address, prefix))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, up: bool, address: Option<(&str, u8)>) -> Found {
        Found {
            name: name.into(),
            up,
            address: address.map(|(text, prefix)| (text.parse().unwrap(), prefix)),
        }
    }

    fn computer() -> Vec<Found> {
        vec![
            found("lo", true, Some(("127.0.0.1", 8))),
            found("eth1", true, None),
            found("eth1", true, Some(("fe80::1", 64))),
            found("eth1", true, Some(("192.0.2.1", 24))),
            found("eth1", true, Some(("2001:db8::1", 64))),
            found("eth0", false, Some(("192.0.2.9", 24))),
            found("eth2", true, Some(("fe80::2", 64))),
        ]
    }

    #[test]
    fn the_addresses_that_machines_can_reach() {
        let eth1 = choose("eth1", &computer()).unwrap();
        assert_eq!(eth1.v4, Some(("192.0.2.1".parse().unwrap(), 24)));
        assert_eq!(eth1.v6, Some(("2001:db8::1".parse().unwrap(), 64)));
        assert_eq!(
            eth1.hosts().collect::<Vec<_>>(),
            ["192.0.2.1", "[2001:db8::1]"]
        );
    }

    #[test]
    fn refusals() {
        let wrong = |name: &str| choose(name, &computer()).unwrap_err().to_string();
        insta::assert_snapshot!(wrong("eth9"), @"there is no network interface eth9; this computer has: eth0, eth1, eth2");
        insta::assert_snapshot!(wrong("eth0"), @"the network interface eth0 is down; bring it up with: ip link set eth0 up");
        insta::assert_snapshot!(wrong("eth2"), @"the network interface eth2 has no address that machines could reach; give it one, for example with: ip address add 192.168.77.1/24 dev eth2");
    }
}
