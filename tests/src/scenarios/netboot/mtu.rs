//! A network whose DHCP server asks for smaller packets (option 26), as tunnels and some providers need them.

use super::site::{CARD, SERVER, Site};
use super::uefi::nobody;
use crate::bench::Bench;
use crate::host::{self, Host};
use crate::install::INSTALL;
use crate::saved;
use crate::scenarios::refusals::rescue;
use crate::shell::shell;
use anyhow::{Context, Result, ensure};
use firn_lab::net::Dnsmasq;
use firn_lab::qemu::{Bus, NicModel, Spec};
use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

const OPTION: &str = "26,1400";
const MTU: &str = "1400";
/// Where the answers are.
const PORT: u16 = 8081;
const INSTALLER: &str = "52:54:00:00:00:99";
const HOST: &str = "52:54:00:00:00:01";
const PAUSE: Duration = Duration::from_secs(2);

/// The installer takes the MTU on its way to the answers, and an installed host does.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let dhcp = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        options: vec![OPTION.into()],
        ..Dnsmasq::default()
    };
    let _dhcp = dhcp.start(&site.server, CARD, &bench.folder)?;
    installer(&site)?;
    installed(&site)
}

fn installer(site: &Site) -> Result<()> {
    let answers = site.answers(&[("answers.toml", &nobody(site.bench))])?;
    let _http = site.http(&answers, PORT)?;
    let spec = Spec::new("installer")
        .medium(site.bench.cd())
        .nic(NicModel::Virtio, site.network.port()?);
    let machine = site.start(&spec.mac(INSTALLER))?;
    rescue(&machine)?;
    let command = format!(
        "firn-installer plan --answers http://{SERVER}:{PORT}/answers.toml; cat /sys/class/net/e*/mtu"
    );
    let (_, said) = shell(&machine, &command, INSTALL)?;
    ensure!(
        said.contains("problem disk.target: "),
        "the answers did not come: {said}"
    );
    ensure!(
        said.lines().any(|line| line.trim() == MTU),
        "the installer does not take the MTU: {said}"
    );
    Ok(())
}

fn installed(site: &Site) -> Result<()> {
    let disks = saved::installed(site.bench, &saved::ONE_DISK)?;
    let spec = Spec::new("host")
        .disk(&disks[0], Bus::Virtio)
        .nic(NicModel::Virtio, site.network.port()?);
    let machine = site.start(&spec)?;
    let ssh = site.ssh(&address(site)?)?;
    let host = host::wait(Host { ssh, machine })?;
    host.says("cat /sys/class/net/xenbr0/mtu", MTU)?;
    host.off()
}

/// Waits until the host has an address.
fn address(site: &Site) -> Result<String> {
    let path = site.bench.path(&format!("dnsmasq-{CARD}.leases"));
    let end = Instant::now() + host::START;
    loop {
        let leases = fs::read_to_string(&path).context("reading the leases")?;
        if let Some(address) = leased(&leases) {
            return Ok(address.to_owned());
        }
        ensure!(Instant::now() < end, "the host has no lease: {leases}");
        sleep(PAUSE);
    }
}

/// The host's address in dnsmasq's list: when it ends, MAC, address, name, client.
fn leased(leases: &str) -> Option<&str> {
    let of = |line: &&str| line.split(' ').nth(1) == Some(HOST);
    leases.lines().rev().find(of)?.split(' ').nth(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_address_stands_behind_its_mac() {
        let leases =
            "1 52:54:00:00:00:99 10.77.0.101 * 01:52\n2 52:54:00:00:00:01 10.77.0.102 one ff:00\n";
        assert_eq!(leased(leases), Some("10.77.0.102"));
        assert_eq!(leased("1 52:54:00:00:00:99 10.77.0.101 * 01:52\n"), None);
    }
}
