//! The kernel's table of neighbours, as `ip -json neigh` shows it.

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
        .filter_map(|row| Some((mac(row.lladdr.as_deref()?)?, row.dst)))
        .collect()
}

/// A hardware address: six pairs of hex digits with `:` between.
pub fn mac(text: &str) -> Option<[u8; 6]> {
    let bytes = text.split(':').map(|pair| {
        let whole = pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit());
        u8::from_str_radix(pair, 16).ok().filter(|_| whole)
    });
    bytes.collect::<Option<Vec<u8>>>()?.try_into().ok()
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

    #[test]
    fn hardware_addresses() {
        assert_eq!(mac("00:16:3e:0a:0B:0c"), Some([0, 0x16, 0x3e, 10, 11, 12]));
        for bad in [
            "",
            "00:16:3e:0a:0b",
            "00:16:3e:0a:0b:0c:0d",
            "0:16:3e:0a:0b:0c",
            "+1:16:3e:0a:0b:0c",
        ] {
            assert_eq!(mac(bad), None, "{bad}");
        }
    }
}
