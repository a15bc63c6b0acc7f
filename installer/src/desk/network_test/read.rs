//! What iproute2, resolved and networkd say, as data. Pure.

use serde::Deserialize;
use std::net::IpAddr;

#[derive(Deserialize)]
struct Route {
    gateway: Option<IpAddr>,
}

/// The gateways in the output of `ip -json route show default`, each once.
pub fn gateways(json: &str) -> Vec<IpAddr> {
    let routes: Vec<Route> = serde_json::from_str(json).unwrap_or_default();
    let mut found = Vec::new();
    for gateway in routes.into_iter().filter_map(|route| route.gateway) {
        if !found.contains(&gateway) {
            found.push(gateway);
        }
    }
    found
}

/// The output of `resolvectl dns DEVICE`: `Link 3 (xenbr0): 10.0.2.3 fe80::1%3`.
pub fn name_servers(text: &str) -> Vec<IpAddr> {
    let mut found = Vec::new();
    for line in text.lines() {
        let words = line.split_once("): ").map_or(line, |(_, words)| words);
        let servers = words.split_whitespace().filter_map(|word| {
            // With a name, a server is followed by `#name`; a link-local one by `%device`.
            word.split(['%', '#']).next()?.parse::<IpAddr>().ok()
        });
        found.extend(servers);
    }
    found
}

/// One list in a lease of networkd's: `NTP=192.0.2.1 192.0.2.2`.
pub fn leased(lease: &str, key: &str) -> Vec<String> {
    let value = |line: &str| Some(line.strip_prefix(key)?.strip_prefix('=')?.to_owned());
    let value = lease.lines().find_map(value).unwrap_or_default();
    value.split_whitespace().map(str::to_owned).collect()
}
