//! What iproute2 tells about addresses.

use crate::{Error, cmd};
use serde::Deserialize;
use std::net::IpAddr;

/// The addresses of a device.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Those that other machines can use, IPv4 first: global, and neither temporary nor on their way in or out.
    pub usable: Vec<IpAddr>,
    /// Those that another machine has already.
    pub twice: Vec<IpAddr>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    addr_info: Vec<Address>,
}

#[derive(Deserialize)]
struct Address {
    local: IpAddr,
    scope: String,
    #[serde(default)]
    temporary: bool,
    #[serde(default)]
    deprecated: bool,
    #[serde(default)]
    tentative: bool,
    #[serde(default)]
    dadfailed: bool,
}

/// A network device's addresses. None yet is no error.
///
/// # Errors
/// When there is no such device.
pub fn addresses(device: &str) -> Result<Addresses, Error> {
    cmd("ip", ["-json", "address", "show", "dev", device])
        .json()
        .map(sorted_out)
}

/// The usable addresses of a network device as text; none where there is no such device.
pub fn usable(device: &str) -> Vec<String> {
    let found = addresses(device).unwrap_or_default();
    found.usable.iter().map(IpAddr::to_string).collect()
}

fn sorted_out(links: Vec<Link>) -> Addresses {
    let mut found = Addresses::default();
    for address in links.into_iter().flat_map(|link| link.addr_info) {
        let passing = address.temporary || address.deprecated || address.tentative;
        if address.dadfailed {
            found.twice.push(address.local);
        } else if address.scope == "global" && !passing {
            found.usable.push(address.local);
        }
    }
    found.usable.sort_by_key(IpAddr::is_ipv6);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lasting_global_addresses_count() {
        let json = r#"[{},{"ifname":"xenbr0","addr_info":[
            {"family":"inet6","local":"fe80::1","prefixlen":64,"scope":"link"},
            {"family":"inet6","local":"2001:db8::2","prefixlen":64,"scope":"global","temporary":true},
            {"family":"inet6","local":"2001:db8::3","prefixlen":64,"scope":"global","tentative":true},
            {"family":"inet6","local":"2001:db8::4","prefixlen":64,"scope":"global","dadfailed":true},
            {"family":"inet6","local":"2001:db8::5","prefixlen":64,"scope":"global","deprecated":true},
            {"family":"inet6","local":"2001:db8::1","prefixlen":64,"scope":"global","dynamic":true},
            {"family":"inet","local":"192.0.2.10","prefixlen":24,"scope":"global"}]}]"#;
        let found = sorted_out(serde_json::from_str(json).unwrap());
        let text = |list: Vec<IpAddr>| list.iter().map(IpAddr::to_string).collect::<Vec<_>>();
        assert_eq!(text(found.usable), ["192.0.2.10", "2001:db8::1"]);
        assert_eq!(text(found.twice), ["2001:db8::4"]);
    }
}
