//! The kernel's table of neighbours, as `ip -json neigh` shows it.

use firn_image::mac;
use serde::Deserialize;
use std::net::IpAddr;

#[derive(Deserialize)]
struct Row {
    dst: IpAddr,
    #[serde(default)]
    lladdr: Option<String>,
    #[serde(default)]
    state: Vec<String>,
}

/// Those who have answered lately. What cannot be read is none.
pub fn parse(json: &str) -> Vec<([u8; 6], IpAddr)> {
    let rows: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let rows = rows.into_iter();
    let rows = rows.filter_map(|row| serde_json::from_value::<Row>(row).ok());
    let there = rows.filter(|row| row.state.iter().any(|state| state == "REACHABLE"));
    there
        .filter_map(|row| Some((mac::parse(row.lladdr.as_deref()?)?, row.dst)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_answers_and_who_does_not() {
        let json = r#"[{"dst":"10.0.2.2","dev":"xenbr0","lladdr":"52:55:0a:00:02:02","state":["REACHABLE"]},
            {"dst":"fe80::2","dev":"xenbr0","lladdr":"52:56:00:00:00:02","router":null,"state":["STALE"]},
            {"dst":"10.0.2.9","dev":"xenbr0","state":["FAILED"]},{"dst":"odd","state":[]}]"#;
        let gateway = [0x52, 0x55, 0x0a, 0, 2, 2];
        assert_eq!(parse(json), [(gateway, IpAddr::from([10, 0, 2, 2]))]);
        assert_eq!(parse("none"), []);
    }
}
