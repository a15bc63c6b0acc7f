//! Time servers that DHCP names. systemd-networkd learns them, chrony wants them in a file of its own.

use crate::files;
use anyhow::Result;
use firn_command::cmd;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// One file for each link, with what networkd knows of it.
const LINKS: &str = "/run/systemd/netif/links";
/// chrony reads this if its configuration names the folder, which it does with `ntp = "dhcp"`.
const SOURCES: &str = "/run/chrony-dhcp/firn.sources";

/// Writes the servers of all links and has chrony read them if they changed.
pub fn write() -> Result<()> {
    let links = fs::read_dir(LINKS).into_iter().flatten().flatten();
    let texts: Vec<String> = links
        .filter_map(|link| firn_visible::read_text(link.path()).ok())
        .collect();
    if files::update(Path::new(SOURCES), &sources(&servers(&texts)))? {
        cmd("chronyc", ["reload", "sources"]).run()?;
    }
    Ok(())
}

/// The servers in the `NTP=` lines, each once.
fn servers(links: &[String]) -> BTreeSet<String> {
    let lines = links.iter().flat_map(|text| text.lines());
    let values = lines.filter_map(|line| line.strip_prefix("NTP="));
    values
        .flat_map(str::split_whitespace)
        .map(str::to_owned)
        .collect()
}

fn sources(servers: &BTreeSet<String>) -> String {
    servers
        .iter()
        .map(|server| format!("server {server} iburst\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn servers_of_all_links_are_listed_once() {
        let links = [
            "ADMIN_STATE=configured\nNTP=192.0.2.2 192.0.2.1\n".to_owned(),
            "NTP=192.0.2.1\n".to_owned(),
        ];
        assert_eq!(
            sources(&servers(&links)),
            "server 192.0.2.1 iburst\nserver 192.0.2.2 iburst\n"
        );
        assert_eq!(sources(&servers(&[])), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A network names servers and nothing else: each line of chrony's file is one server.
        #[test]
        fn no_lease_writes_a_line_of_its_own(texts in prop::collection::vec(prop_oneof!["((NTP|DNS|X)=[ -~\\t\\r\\x0b\u{2028}\u{85}]{0,30}\n){0,4}", any::<String>()], 0..4)) {
            let named = servers(&texts);
            let file = sources(&named);
            prop_assert_eq!(file.lines().count(), named.len());
            for line in file.lines() {
                let words: Vec<&str> = line.split_whitespace().collect();
                prop_assert!(matches!(words[..], ["server", _, "iburst"]), "{line}");
            }
        }
    }
}
