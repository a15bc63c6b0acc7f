//! The addresses of the management bridge, as iproute2 tells them.

use anyhow::{Context, Result};
use firn_command::cmd;
use serde::Deserialize;

/// The management bridge.
pub const BRIDGE: &str = "xenbr0";

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

/// The bridge's addresses that other machines can use, IPv4 first. None yet is no error.
pub fn of_bridge() -> Result<Vec<String>> {
    let text = cmd("ip", ["-json", "address", "show", "dev", BRIDGE]).read()?;
    parse(&text)
}

/// Reads the output of `ip -json address`.
fn parse(json: &str) -> Result<Vec<String>> {
    let links: Vec<Link> = serde_json::from_str(json).context("reading the output of ip")?;
    let all = links.into_iter().flat_map(|link| link.addr_info);
    let usable = all.filter(|address| {
        address.scope == "global" && !(address.temporary || address.deprecated || address.tentative)
    });
    let (four, six): (Vec<Address>, Vec<Address>) =
        usable.partition(|address| address.family == "inet");
    Ok(four
        .into_iter()
        .chain(six)
        .map(|address| address.local)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lasting_global_addresses_count() {
        let json = r#"[{"ifname":"xenbr0","addr_info":[
            {"family":"inet6","local":"fe80::1","prefixlen":64,"scope":"link"},
            {"family":"inet6","local":"2001:db8::2","prefixlen":64,"scope":"global","temporary":true},
            {"family":"inet6","local":"2001:db8::1","prefixlen":64,"scope":"global","dynamic":true},
            {"family":"inet","local":"192.0.2.10","prefixlen":24,"scope":"global"}]}]"#;
        assert_eq!(parse(json).unwrap(), ["192.0.2.10", "2001:db8::1"]);
        assert_eq!(parse("[{}]").unwrap(), Vec::<String>::new());
        assert!(parse("x").is_err());
    }
}
