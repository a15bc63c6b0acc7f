//! What a network has told about itself: the addresses and options that dhcpcd hands to its hook.

use firn_image::run::NET as FOLDER;
use firn_visible::is_seen;
use std::ffi::OsString;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

/// For each there is one file of an interface, named `eth0.dhcp`, `eth0.dhcp6`, `eth0.ra`.
const PROTOCOLS: [&str; 3] = ["dhcp", "dhcp6", "ra"];

/// What is known about the network behind one interface.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lease {
    /// IPv4 and global IPv6, without the length of their networks.
    pub addresses: Vec<String>,
    pub name_servers: Vec<String>,
    pub domain: Option<String>,
    pub hostname: Option<String>,
    /// Option 224: where this machine's answers are.
    pub answers: Option<String>,
}

impl Lease {
    /// What was kept for this interface up to now.
    pub fn of(interface: &str) -> Lease {
        let read = |protocol| firn_visible::read_text(path(Path::new(FOLDER), interface, protocol));
        let texts: Vec<String> = PROTOCOLS.into_iter().filter_map(|p| read(p).ok()).collect();
        Lease::parse(&texts.concat())
    }

    /// Reads lines `name=value`, with the names that dhcpcd-run-hooks(8) has. What cannot be seen is in no name, and what is no address
    /// helps nobody: such values count as not given.
    fn parse(text: &str) -> Lease {
        let mut lease = Lease::default();
        let lines = text.lines().filter(|line| line.chars().all(is_seen));
        for (name, value) in lines.filter_map(|line| line.split_once('=')) {
            let known = || Some(value.to_owned());
            match name {
                "new_domain_name" => lease.domain = known(),
                "new_host_name" => lease.hostname = known(),
                // An IPv6-only network names the host by this option alone.
                "new_dhcp6_fqdn" if lease.hostname.is_none() => lease.hostname = known(),
                "new_firn_answers" => lease.answers = known(),
                name if is_address(name) => {
                    let address = value.split('/').next().unwrap_or(value);
                    let address = Some(address).filter(|text| text.parse::<IpAddr>().is_ok());
                    lease.addresses.extend(address.map(str::to_owned));
                }
                name if is_name_servers(name) => lease.serve(value),
                _ => {}
            }
        }
        lease
    }

    fn serve(&mut self, servers: &str) {
        for server in servers.split_whitespace().filter(|text| is_server(text)) {
            if self.name_servers.iter().all(|known| known != server) {
                self.name_servers.push(server.to_owned());
            }
        }
    }

    /// What is still missing for a connection to the host of this URL, if it is written as an address.
    pub fn lacks(&self, url: &str) -> Option<&'static str> {
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        let has = |six: bool| self.addresses.iter().any(|one| one.contains(':') == six);
        let name = host.split(['/', ':']).next().unwrap_or(host);
        if host.starts_with('[') {
            (!has(true)).then_some("IPv6")
        } else {
            (name.parse::<Ipv4Addr>().is_ok() && !has(false)).then_some("IPv4")
        }
    }

    /// As `/etc/resolv.conf`.
    pub fn resolver(&self) -> String {
        let search = self.domain.iter().map(|name| format!("search {name}\n"));
        let servers = self.name_servers.iter();
        let servers = servers.map(|server| format!("nameserver {server}\n"));
        search.chain(servers).collect()
    }
}

/// `new_ip_address`; `nd1_addr1`, made from a router's prefix; `new_dhcp6_ia_na1_ia_addr1`.
fn is_address(name: &str) -> bool {
    let ends_in_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_digit());
    let after = |mark| name.split_once(mark).map(|(_, rest)| rest);
    name == "new_ip_address"
        || name.starts_with("nd") && after("_addr").is_some_and(ends_in_number)
        || name.starts_with("new_dhcp6_ia_na") && after("_ia_addr").is_some_and(ends_in_number)
}

fn is_name_servers(name: &str) -> bool {
    let from_router = name.starts_with("nd") && name.ends_with("_servers");
    from_router || ["new_domain_name_servers", "new_dhcp6_name_servers"].contains(&name)
}

/// An address; of a router that announces its own, link-local one, with the interface behind it.
fn is_server(text: &str) -> bool {
    let (address, zone) = text.split_once('%').unwrap_or((text, "-"));
    !zone.is_empty() && address.parse::<IpAddr>().is_ok()
}

/// dhcpcd's hook: keeps what it hands over in the environment. Nobody hears an error here; then there is no lease, and that is said.
pub fn keep() {
    let environment: Vec<(OsString, OsString)> = std::env::vars_os().collect();
    let _ = keep_in(Path::new(FOLDER), &environment);
}

/// A lease that is over comes without values: then the file goes.
fn keep_in(folder: &Path, environment: &[(OsString, OsString)]) -> std::io::Result<()> {
    let text = |key: &str| {
        let found = environment.iter().find(|(name, _)| name == key);
        found.map_or_else(String::new, |(_, value)| {
            value.to_string_lossy().into_owned()
        })
    };
    let path = path(folder, &text("interface"), &text("protocol"));
    let lines: String = environment.iter().filter_map(|(n, v)| line(n, v)).collect();
    if lines.is_empty() {
        return fs::remove_file(path);
    }
    let new = path.with_extension("new");
    fs::write(&new, lines)?;
    fs::rename(new, path)
}

/// A server's value with a line break would be read back as two.
fn line(name: &OsString, value: &OsString) -> Option<String> {
    let (name, value) = (name.to_string_lossy(), value.to_string_lossy());
    let told = name.starts_with("new_") || name.starts_with("nd");
    let whole = !value.contains(['\n', '\r']);
    (told && whole).then(|| format!("{name}={value}\n"))
}

fn path(folder: &Path, interface: &str, protocol: &str) -> PathBuf {
    folder.join(format!("{interface}.{protocol}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dhcp_and_router_tell_together() {
        let lease = Lease::parse(
            "new_ip_address=192.0.2.116\nnew_subnet_cidr=24\nnew_host_name=xen7\nnew_domain_name=example.net\n\
             new_domain_name_servers=192.0.2.53 192.0.2.54\nnew_firn_answers=http://192.0.2.1/${mac}.toml\n\
             nd1_addr1=2001:db8:5:0:5054:ff:fe00:77/64\nnd1_source_address=fe1a192d41d1\n\
             nd1_rdnss1_servers=2001:db8:5::53\nnd1_rdnss1_lifetime=3600\nnew_dhcp6_name_servers=2001:db8:5::53\n",
        );
        assert_eq!(
            lease.addresses,
            ["192.0.2.116", "2001:db8:5:0:5054:ff:fe00:77"]
        );
        assert_eq!(
            lease.answers.as_deref(),
            Some("http://192.0.2.1/${mac}.toml")
        );
        assert_eq!(lease.hostname.as_deref(), Some("xen7"));
        assert_eq!(
            lease.resolver(),
            "search example.net\nnameserver 192.0.2.53\nnameserver 192.0.2.54\nnameserver 2001:db8:5::53\n"
        );
    }

    #[test]
    fn ipv6_alone_suffices() {
        let lease = Lease::parse(
            "new_dhcp6_fqdn=xen7\nnew_dhcp6_ia_na1_ia_addr1=2001:db8:5::192\nnew_dhcp6_ia_na1_ia_addr1_pltime=3600\n",
        );
        assert_eq!(lease.addresses, ["2001:db8:5::192"]);
        assert_eq!(lease.hostname.as_deref(), Some("xen7"));
        assert_eq!(Lease::parse("nd1_flags=O\n"), Lease::default());
    }

    #[test]
    fn an_address_of_the_servers_kind_is_needed() {
        let of = |text| Lease::parse(text);
        let six = of("nd1_addr1=2001:db8:5::77/64\n");
        let four = of("new_ip_address=192.0.2.5\n");
        assert_eq!(six.lacks("http://192.0.2.1:8080/firn"), Some("IPv4"));
        assert_eq!(four.lacks("http://192.0.2.1:8080/firn"), None);
        assert_eq!(four.lacks("https://[2001:db8:5::1]/firn"), Some("IPv6"));
        assert_eq!(six.lacks("https://[2001:db8:5::1]/firn"), None);
        assert_eq!(six.lacks("https://boot.example.net/firn"), None);
        assert_eq!(four.lacks("https://boot.example.net:81"), None);
    }

    #[test]
    fn a_lease_is_kept_until_it_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let hook = |more: &[(&str, &str)]| {
            let all = [("interface", "eth0"), ("protocol", "dhcp"), ("PATH", "/")];
            let all = all.iter().chain(more);
            let environment: Vec<_> = all.map(|(n, v)| (n.into(), v.into())).collect();
            keep_in(folder.path(), &environment)
        };
        hook(&[("new_ip_address", "192.0.2.5")]).unwrap();
        let kept = folder.path().join("eth0.dhcp");
        assert_eq!(
            fs::read_to_string(&kept).unwrap(),
            "new_ip_address=192.0.2.5\n"
        );
        hook(&[("old_ip_address", "192.0.2.5")]).unwrap();
        assert!(!kept.exists());
    }

    #[test]
    fn a_server_cannot_write_lines_of_its_own() {
        let told = |value: &[u8]| {
            let value = std::os::unix::ffi::OsStringExt::from_vec(value.to_vec());
            line(&"new_host_name".into(), &value)
        };
        assert_eq!(told(b"xen1").as_deref(), Some("new_host_name=xen1\n"));
        assert_eq!(
            told(b"xe\x9an").as_deref(),
            Some("new_host_name=xe\u{fffd}n\n")
        );
        assert_eq!(told(b"xen1\nnew_firn_answers=http://evil.example/"), None);
    }

    #[test]
    fn what_is_no_address_counts_as_not_given() {
        let lease = Lease::parse(
            "new_ip_address=none\nnd1_addr1=fe80::1%eth0/64\nnew_domain_name_servers=192.0.2.53 options rotate 192.0.2.999\n\
             nd1_rdnss1_servers=fe80::1%eth0 fe80::1%\nnew_domain_name=a\u{7}b\nnew_host_name=xen1\n",
        );
        assert_eq!((lease.addresses.len(), lease.domain.as_deref()), (0, None));
        assert_eq!(lease.name_servers, ["192.0.2.53", "fe80::1%eth0"]);
        assert_eq!(lease.hostname.as_deref(), Some("xen1"));
    }

    const NAMES: [&str; 11] = [
        "new_ip_address",
        "new_domain_name",
        "new_domain_name_servers",
        "new_host_name",
        "new_dhcp6_fqdn",
        "new_dhcp6_name_servers",
        "new_dhcp6_ia_na1_ia_addr1",
        "new_firn_answers",
        "nd1_addr1",
        "nd1_rdnss1_servers",
        "PATH",
    ];

    fn variable() -> impl Strategy<Value = (OsString, OsString)> {
        let name = prop::sample::select(NAMES.to_vec()).prop_map(OsString::from);
        let bytes = prop::collection::vec(any::<u8>(), 0..40);
        let value = prop_oneof![
            2 => "[0-9.]{7,15}( [0-9a-f:%/]{2,20}){0,3}".prop_map(String::into_bytes),
            1 => any::<std::net::IpAddr>().prop_map(|address| format!("{address}/24").into_bytes()),
            1 => "\\PC{0,40}".prop_map(String::into_bytes),
            1 => "[a-z\\r\\n=\\x0b\\x85\u{2028}]{0,20}".prop_map(String::into_bytes),
            1 => bytes,
        ];
        (
            name,
            value.prop_map(std::os::unix::ffi::OsStringExt::from_vec),
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever servers say: no value makes a line of its own, addresses are addresses, and the resolver's file has nothing else.
        #[test]
        fn no_lease_says_more_than_it_may(environment in prop::collection::vec(variable(), 0..10), text in any::<String>(), url in "[a-z:/.\\[\\]0-9]{0,30}|.{0,20}") {
            let kept: String = environment.iter().filter_map(|(n, v)| line(n, v)).collect();
            prop_assert!(kept.lines().count() <= environment.len());
            for lease in [Lease::parse(&kept), Lease::parse(&text)] {
                prop_assert!(lease.addresses.iter().all(|one| one.parse::<IpAddr>().is_ok()), "{:?}", lease);
                prop_assert!(lease.name_servers.iter().all(|one| is_server(one)), "{:?}", lease);
                let texts = [&lease.domain, &lease.hostname, &lease.answers];
                prop_assert!(texts.into_iter().flatten().flat_map(|text| text.chars()).all(is_seen), "{:?}", lease);
                let resolver = lease.resolver();
                let expected = lease.name_servers.len() + usize::from(lease.domain.is_some());
                prop_assert_eq!(resolver.lines().count(), expected);
                prop_assert!(resolver.lines().all(|line| line.starts_with("search ") || line.starts_with("nameserver ")));
                lease.lacks(&url);
            }
        }
    }
}
