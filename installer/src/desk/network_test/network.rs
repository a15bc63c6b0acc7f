//! Brings the network up for a test and takes it down again.

use super::alone::ALONE;
use super::{read, wanted};
use crate::bootnet;
use crate::machine::Machine;
use crate::plan;
use firn_command::{cmd, ip};
use firn_config::{Answers, BRIDGE, Ipv4, Ipv6};
use firn_words::{Text, say};
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::MutexGuard;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where networkd looks; what lies here is gone with the next start.
const FOLDER: &str = "/run/systemd/network";
/// A link needs this long at most: some switches try out their ports first.
const LINK: Duration = Duration::from_secs(12);
/// DHCP and router advertisements.
const ADDRESS: Duration = Duration::from_secs(20);
/// After the first address, the other family gets this long.
const OTHER_FAMILY: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(250);

/// A network that is up for a test.
pub struct Network {
    files: Vec<PathBuf>,
    links: Vec<String>,
    nics: Vec<String>,
    ipv4: Ipv4,
    ipv6: Ipv6,
    /// Goes last, when everything is taken away.
    _alone: MutexGuard<'static, ()>,
}

/// Link and addresses.
#[derive(Debug, Default)]
pub struct Addresses {
    /// The NICs that carry the network.
    pub nics: Vec<String>,
    /// Whether one of them has a link.
    pub link: bool,
    /// Each address, and whether another machine has it, too.
    pub found: Vec<(IpAddr, bool)>,
}

impl Network {
    /// Writes networkd's files for these answers and has it read them.
    pub fn start(machine: &Machine, answers: &Answers) -> Result<Self, Text> {
        let alone = ALONE.borrow()?;
        let (chosen, nics) = plan::network::choose(machine, &answers.network)
            .map_err(|problems| Text::join(problems.into_iter().map(|p| p.text), " "))?;
        let chosen = wanted::with_present_names(chosen, machine);
        let links = wanted::links(&chosen);
        let settings = plan::settings(answers, chosen);
        let failed = |reason: String| say!("desk-net-failed", reason = reason);
        let files = firn_config::render(&settings).map_err(|e| failed(e.to_string()))?;
        let mut network = Self {
            files: Vec::new(),
            links,
            nics,
            ipv4: answers.network.ipv4,
            ipv6: answers.network.ipv6,
            _alone: alone,
        };
        fs::create_dir_all(FOLDER).map_err(|e| failed(e.to_string()))?;
        bootnet::step_aside().map_err(|e| failed(e.to_string()))?;
        for file in files.iter().filter(|f| wanted::is_networkd(&f.path)) {
            let path = Path::new(FOLDER).join(file.path.rsplit('/').next().unwrap_or_default());
            network.files.push(path.clone());
            fs::write(path, &file.content).map_err(|e| failed(e.to_string()))?;
        }
        for nic in &network.nics {
            let _ = cmd("ip", ["link", "set", "dev", nic, "up"]).run();
        }
        cmd("networkctl", ["reload"])
            .run()
            .map_err(|e| failed(e.last_words()))?;
        Ok(network)
    }

    /// Waits for a link, then for the addresses that are wanted.
    pub fn wait(&self) {
        until(LINK, || self.has_link());
        if !self.has_link() {
            return;
        }
        let (four, six) = (self.ipv4 != Ipv4::Off, self.ipv6 != Ipv6::Off);
        let has = |six: bool| self.usable().iter().any(|a| a.is_ipv6() == six);
        until(ADDRESS, || {
            (four && has(false)) || (six && has(true)) || !(four || six)
        });
        until(OTHER_FAMILY, || {
            (!four || has(false)) && (!six || has(true))
        });
    }

    fn has_link(&self) -> bool {
        let up = |nic: &String| firn_words::read_text(format!("/sys/class/net/{nic}/carrier"));
        self.nics
            .iter()
            .any(|nic| up(nic).is_ok_and(|text| text.trim() == "1"))
    }

    fn usable(&self) -> Vec<IpAddr> {
        ip::addresses(BRIDGE).unwrap_or_default().usable
    }

    /// What there is now; looks for each address whether another machine answers for it.
    pub fn addresses(&self) -> Addresses {
        let found = ip::addresses(BRIDGE).unwrap_or_default();
        let own = found
            .usable
            .into_iter()
            .map(|address| (address, self.is_twice(address)));
        // IPv6 finds out by itself, and then does not use the address.
        let twice = found.twice.into_iter().map(|address| (address, true));
        Addresses {
            nics: self.nics.clone(),
            link: self.has_link(),
            found: own.chain(twice).collect(),
        }
    }

    /// Asks the wire who has this IPv4 address; our own kernel does not answer itself.
    fn is_twice(&self, address: IpAddr) -> bool {
        let IpAddr::V4(address) = address else {
            return false;
        };
        let words = ["arping", "-D", "-q", "-c", "2", "-w", "3", "-I", BRIDGE];
        let asked = cmd("busybox", words).arg(address.to_string()).run();
        matches!(asked, Err(firn_command::Error::Status { ref status, .. }) if status.ends_with(": 1"))
    }

    /// The default gateways, each with whether it answers to ping or, IPv4, to ARP.
    pub fn gateways(&self) -> Vec<(IpAddr, bool)> {
        let routes = |family: &str| {
            let show = ["-json", family, "route", "show", "default", "dev", BRIDGE];
            read::gateways(&cmd("ip", show).read().unwrap_or_default())
        };
        let all = routes("-4").into_iter().chain(routes("-6"));
        all.map(|gateway| (gateway, answers(gateway))).collect()
    }

    /// The name servers that this network has: those of the answers, of DHCP, of router advertisements.
    pub fn name_servers(&self) -> Vec<(IpAddr, u32)> {
        let text = cmd("resolvectl", ["--no-pager", "dns", BRIDGE]).read();
        let index = self.index();
        let servers = read::name_servers(&text.unwrap_or_default());
        servers.into_iter().map(|server| (server, index)).collect()
    }

    /// The time servers that DHCP named.
    pub fn leased_time_servers(&self) -> Vec<String> {
        let lease = firn_words::read_text(format!("/run/systemd/netif/leases/{}", self.index()));
        read::leased(&lease.unwrap_or_default(), "NTP")
    }

    fn index(&self) -> u32 {
        let text = firn_words::read_text(format!("/sys/class/net/{BRIDGE}/ifindex"));
        text.ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(0)
    }
}

impl Drop for Network {
    /// Takes away everything that was made. The NICs stay up, as they were: their links show on the page.
    fn drop(&mut self) {
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for link in &self.links {
            let _ = cmd("ip", ["link", "delete", "dev", link]).run();
        }
        let _ = cmd("networkctl", ["reload"]).run();
        for nic in &self.nics {
            let _ = cmd("ip", ["address", "flush", "dev", nic]).run();
            let _ = cmd("ip", ["link", "set", "dev", nic, "up"]).run();
        }
        if bootnet::come_back() {
            let _ = cmd("networkctl", ["reload"]).run();
        }
    }
}

/// Whether somebody answers at this address; at most 9 s.
fn answers(address: IpAddr) -> bool {
    let text = address.to_string();
    let ping = cmd(
        "ping",
        ["-q", "-c", "1", "-W", "2", "-w", "3", "-I", BRIDGE],
    )
    .arg(&text);
    if ping.run().is_ok() {
        return true;
    }
    // A gateway may keep silent towards ping; it cannot towards ARP. The first ping has had the kernel ask its neighbour.
    if address.is_ipv4() {
        let arp = ["arping", "-q", "-c", "2", "-w", "3", "-I", BRIDGE];
        return cmd("busybox", arp).arg(&text).run().is_ok();
    }
    let neighbour = cmd("ip", ["-6", "neighbour", "show", &text, "dev", BRIDGE]).read();
    neighbour.is_ok_and(|text| text.contains("REACHABLE") || text.contains("lladdr"))
}

fn until(patience: Duration, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + patience;
    while !done() && !ALONE.is_claimed() && Instant::now() < end {
        sleep(PAUSE);
    }
}
