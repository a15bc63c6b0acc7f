//! IP addresses in their roles: of the host, its gateway, its servers.

use super::quoted;
use crate::answers::{Ipv4, Ipv6};
use crate::values::{Ipv4Net, Ipv6Net};
use firn_words::{Text, say};
use std::collections::HashSet;
use std::fmt::Display;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is for; sentences end with what to give instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The host itself.
    Host,
    /// The default gateway.
    Gateway,
    /// A server that the host asks.
    Server,
}

impl Role {
    fn hint(self) -> Text {
        match self {
            Role::Host => say!("value-give-host"),
            Role::Gateway => say!("value-give-gateway"),
            Role::Server => say!("value-give-server"),
        }
    }
}

/// Whether one machine can have this address; `shown` is what was written.
///
/// # Errors
/// Why none can.
pub(crate) fn check_address(address: IpAddr, shown: &str, role: Role) -> Result<(), Text> {
    let (shown, hint) = (quoted(shown), role.hint());
    let wrong = match address {
        IpAddr::V6(six) if six.to_ipv4_mapped().is_some() => {
            let bare = six.to_ipv4_mapped().map(|four| four.to_string());
            let bare = quoted(&bare.unwrap_or_default());
            say!("value-ip-mapped", address = shown, bare = bare)
        }
        _ if address.is_unspecified() => {
            say!("value-ip-unspecified", address = shown, hint = hint)
        }
        IpAddr::V4(four) if four.octets()[0] == 0 => {
            say!("value-ip-zero", address = shown, hint = hint)
        }
        _ if address.is_loopback() => say!("value-ip-loopback", address = shown, hint = hint),
        _ if address.is_multicast() => say!("value-ip-multicast", address = shown, hint = hint),
        IpAddr::V4(four) if four.octets()[0] >= 240 => {
            say!("value-ip-reserved", address = shown, hint = hint)
        }
        _ => return Ok(()),
    };
    Err(wrong)
}

/// The default gateway of a host with this IPv4 address: another machine, in its network, or anywhere if the host's address
/// stands alone (`/32`), as with single addresses of a provider's.
///
/// # Errors
/// Why it can be none.
pub fn check_ipv4_gateway(address: &Ipv4Net, gateway: Ipv4Addr) -> Result<(), Text> {
    check_address(gateway.into(), &gateway.to_string(), Role::Gateway)?;
    let shown = || quoted(&gateway.to_string());
    if gateway == address.address {
        return Err(say!("value-gateway-own", gateway = shown()));
    }
    if !address.contains(gateway) {
        return match address.prefix {
            32 => Ok(()),
            _ => Err(foreign(
                &gateway,
                address,
                format!("{}/32", address.address),
            )),
        };
    }
    let net = || quoted(&address.to_string());
    let at = Ipv4Net {
        address: gateway,
        ..*address
    };
    if at.is_network() {
        return Err(say!(
            "value-gateway-network",
            gateway = shown(),
            network = net()
        ));
    }
    if at.is_broadcast() {
        return Err(say!(
            "value-gateway-broadcast",
            gateway = shown(),
            network = net()
        ));
    }
    Ok(())
}

/// The default gateway of a host with this IPv6 address: another machine, link-local, in its network, or near it: providers
/// give a host a /64 and have the gateway in the larger network around. Anywhere if the host's address stands alone (`/128`).
///
/// # Errors
/// Why it can be none.
pub fn check_ipv6_gateway(address: &Ipv6Net, gateway: Ipv6Addr) -> Result<(), Text> {
    /// The shortest prefix that sites get. What differs in its first 48 bits is rather a slip.
    const SITE: u8 = 48;
    check_address(gateway.into(), &gateway.to_string(), Role::Gateway)?;
    if gateway == address.address {
        let gateway = quoted(&gateway.to_string());
        return Err(say!("value-gateway-own", gateway = gateway));
    }
    let site = Ipv6Net {
        prefix: address.prefix.min(SITE),
        ..*address
    };
    let near = gateway.is_unicast_link_local() || site.contains(gateway);
    if near || address.prefix == 128 {
        return Ok(());
    }
    Err(foreign(
        &gateway,
        address,
        format!("{}/128", address.address),
    ))
}

fn foreign(gateway: &dyn Display, address: &dyn Display, alone: String) -> Text {
    say!(
        "value-gateway-foreign",
        gateway = quoted(&gateway.to_string()),
        network = quoted(&address.to_string()),
        alone = quoted(&alone)
    )
}

/// The DNS servers of a host with these addresses: other machines, which it can reach, each once. A link-local one is fine.
///
/// # Errors
/// What is wrong with the first that is none.
pub fn check_name_servers(servers: &[IpAddr], ipv4: &Ipv4, ipv6: &Ipv6) -> Result<(), Text> {
    for server in servers {
        let shown = server.to_string();
        check_address(*server, &shown, Role::Server)?;
        let (off, own) = match server {
            IpAddr::V4(four) => {
                let own = matches!(ipv4, Ipv4::Static { address, .. } if address.address == *four);
                (*ipv4 == Ipv4::Off, own)
            }
            IpAddr::V6(six) => {
                let own = matches!(ipv6, Ipv6::Static { address, .. } if address.address == *six);
                (*ipv6 == Ipv6::Off, own)
            }
        };
        if own {
            return Err(say!("value-server-own", server = quoted(&shown)));
        }
        if off {
            let family = if server.is_ipv4() { "IPv4" } else { "IPv6" };
            return Err(say!(
                "value-server-off",
                server = quoted(&shown),
                family = family
            ));
        }
    }
    check_once(servers)
}

/// A list in which nothing stands twice.
///
/// # Errors
/// What does.
pub fn check_once(values: &[impl ToString]) -> Result<(), Text> {
    let mut seen = HashSet::new();
    let values = values.iter().map(|value| value.to_string().to_lowercase());
    for value in values {
        if seen.contains(&value) {
            return Err(say!("value-twice", value = quoted(&value)));
        }
        seen.insert(value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(result: Result<(), Text>) -> String {
        result.err().map_or("fine".into(), |text| text.to_string())
    }

    fn four(address: &str, gateway: &str) -> String {
        said(check_ipv4_gateway(
            &address.parse().unwrap(),
            gateway.parse().unwrap(),
        ))
    }

    fn six(address: &str, gateway: &str) -> String {
        said(check_ipv6_gateway(
            &address.parse().unwrap(),
            gateway.parse().unwrap(),
        ))
    }

    #[test]
    fn ipv4_gateways() {
        for (address, gateway) in [
            ("192.0.2.10/24", "192.0.2.254"),
            ("192.0.2.10/32", "203.0.113.1"),
            ("192.0.2.10/31", "192.0.2.11"),
            ("192.0.2.11/31", "192.0.2.10"),
            ("192.0.2.10/24", "192.0.2.1"),
        ] {
            assert_eq!(four(address, gateway), "fine", "{address} {gateway}");
        }
        insta::assert_snapshot!(four("203.0.113.10/24", "203.0.113.0"), @r#""203.0.113.0" is the address of the network of "203.0.113.10/24" itself; give the router's own address"#);
        insta::assert_snapshot!(four("203.0.113.10/24", "203.0.113.255"), @r#""203.0.113.255" is the broadcast address of the network of "203.0.113.10/24"; give the router's own address"#);
        insta::assert_snapshot!(four("203.0.113.10/32", "0.0.0.0"), @r#""0.0.0.0" means no address at all; give the router's own address"#);
        insta::assert_snapshot!(four("203.0.113.10/24", "203.0.113.10"), @r#""203.0.113.10" is the host's own address, no gateway"#);
        insta::assert_snapshot!(four("203.0.113.10/24", "203.0.112.1"), @r#""203.0.112.1" is not in the network of "203.0.113.10/24"; if the provider has the gateway there, write the host's address as "203.0.113.10/32""#);
    }

    #[test]
    fn ipv6_gateways() {
        for (address, gateway) in [
            ("2001:db8:1:2::10/64", "fe80::1"),
            ("2001:db8:1:2::10/64", "2001:db8:1:2::1"),
            ("2001:db8:1:2::10/64", "2001:db8:1:2::"),
            ("2001:db8:1:2::10/64", "2001:db8:1:ff:ff:ff:ff:ff"),
            ("2001:db8:1:2::10/128", "2001:db8:9::1"),
            ("2001:db8:1:2::10/32", "2001:db8:9::1"),
            ("2001:db8:1:2::10/127", "2001:db8:1:2::11"),
        ] {
            assert_eq!(six(address, gateway), "fine", "{address} {gateway}");
        }
        insta::assert_snapshot!(six("2001:db8:1:2::10/64", "2001:db8:2::1"), @r#""2001:db8:2::1" is not in the network of "2001:db8:1:2::10/64"; if the provider has the gateway there, write the host's address as "2001:db8:1:2::10/128""#);
        insta::assert_snapshot!(six("2001:db8:1:2::10/64", "2001:db8:1:2::10"), @r#""2001:db8:1:2::10" is the host's own address, no gateway"#);
        insta::assert_snapshot!(six("2001:db8:1:2::10/64", "ff02::2"), @r#""ff02::2" is a multicast address, which many machines share; give the router's own address"#);
    }

    #[test]
    fn name_servers() {
        let ipv4 = Ipv4::Static {
            address: "192.0.2.10/24".parse().unwrap(),
            gateway: None,
        };
        let of = |text: &str, ipv6: Ipv6| {
            let servers: Vec<IpAddr> = text.split(' ').map(|s| s.parse().unwrap()).collect();
            said(check_name_servers(&servers, &ipv4, &ipv6))
        };
        for good in [
            "192.0.2.53",
            "192.0.2.53 2001:db8::53",
            "fe80::1",
            "10.0.0.0",
        ] {
            assert_eq!(of(good, Ipv6::Auto), "fine", "{good}");
        }
        let table = [
            (
                "0.0.0.0",
                r#""0.0.0.0" means no address at all; give the server's own address"#,
            ),
            (
                "::",
                r#""::" means no address at all; give the server's own address"#,
            ),
            (
                "0.0.0.5",
                r#""0.0.0.5" begins with 0, as no machine's address does; give the server's own address"#,
            ),
            (
                "127.0.0.53",
                r#""127.0.0.53" is what every machine calls itself; give the server's own address"#,
            ),
            (
                "::1",
                r#""::1" is what every machine calls itself; give the server's own address"#,
            ),
            (
                "224.0.0.251",
                r#""224.0.0.251" is a multicast address, which many machines share; give the server's own address"#,
            ),
            (
                "240.0.0.1",
                r#""240.0.0.1" is in 240.0.0.0/4, which no machine's address is; give the server's own address"#,
            ),
            (
                "255.255.255.255",
                r#""255.255.255.255" is in 240.0.0.0/4, which no machine's address is; give the server's own address"#,
            ),
            (
                "::ffff:192.0.2.53",
                r#""::ffff:192.0.2.53" is an IPv4 address written as IPv6; write "192.0.2.53""#,
            ),
            (
                "192.0.2.10",
                r#""192.0.2.10" is the host's own address, where no such server runs; give another machine's"#,
            ),
            (
                "192.0.2.53 192.0.2.53",
                r#""192.0.2.53" is in the list twice; keep one"#,
            ),
        ];
        for (servers, text) in table {
            assert_eq!(of(servers, Ipv6::Auto), text);
        }
        assert_eq!(
            of("2001:db8::53", Ipv6::Off),
            r#""2001:db8::53" cannot be reached, because IPv6 is off; give a server of the other kind"#
        );
    }
}
