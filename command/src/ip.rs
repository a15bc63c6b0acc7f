//! What iproute2 tells about addresses.

use serde::Deserialize;

use crate::{Error, cmd};

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    addr_info: Vec<Address>,
}

#[derive(Deserialize)]
struct Address {
    family: String,
    local: String,
    scope: String,
    #[serde(default)]
    temporary: bool,
    #[serde(default)]
    deprecated: bool,
    #[serde(default)]
    tentative: bool,
}

/// A network device's addresses that other machines can use, IPv4 first. None yet is no error.
///
/// # Errors
/// When there is no such device.
pub fn addresses(device: &str) -> Result<Vec<String>, Error> {
    cmd("ip", ["-json", "address", "show", "dev", device])
        .json()
        .map(usable)
}

/// Global scope, and neither temporary nor on its way in or out.
fn usable(links: Vec<Link>) -> Vec<String> {
    let all = links.into_iter().flat_map(|link| link.addr_info);
    let usable = all.filter(|address| {
        address.scope == "global" && !(address.temporary || address.deprecated || address.tentative)
    });
    let (four, six): (Vec<Address>, Vec<Address>) =
        usable.partition(|address| address.family == "inet");
    let sorted = four.into_iter().chain(six);
    sorted.map(|address| address.local).collect()
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
            {"family":"inet6","local":"2001:db8::1","prefixlen":64,"scope":"global","dynamic":true},
            {"family":"inet","local":"192.0.2.10","prefixlen":24,"scope":"global"}]}]"#;
        let links = serde_json::from_str(json).unwrap();
        assert_eq!(usable(links), ["192.0.2.10", "2001:db8::1"]);
    }
}
