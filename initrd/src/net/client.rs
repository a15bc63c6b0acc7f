//! A DHCP client on one NIC: dhcpcd, for IPv4 and IPv6, which also waits for a late link.

use super::lease::Lease;
use super::nic::Nic;
use crate::{modules, mounts, run};
use anyhow::{Context, Result};
use firn_image::run::{NET as FOLDER, NET_CLIENT as CONFIG};
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::process::{Child, Stdio};

/// The name under which dhcpcd calls this program.
pub const HOOK: &str = "keep-lease";
/// Where dhcpcd keeps its socket, and its leases.
const NEEDS: [&str; 2] = ["/run/dhcpcd", "/var/lib/dhcpcd"];

/// The identity is the one of installer and host (the MAC), so that the address stays the same. No probing of addresses
/// (it takes 5 s each time; the server has done it), no random delay at the beginning, no end of waiting: we decide when it is enough.
const SETTINGS: &str = "define 224 string firn_answers
clientid
duid ll
slaac hwaddr
noarp
noipv4ll
nodelay
timeout 0
vendorclassid
option domain_name_servers, domain_name, host_name, classless_static_routes, interface_mtu, routers, firn_answers
require dhcp_server_identifier
";

/// A running client.
pub struct Client {
    pub nic: Nic,
    /// The NIC itself, or the VLAN on it.
    pub interface: String,
    process: Child,
}

/// Makes what all clients share.
///
/// The loopback device comes first: without any IPv4 address in the machine the kernel takes every address for a broadcast one,
/// and a connection that is begun before the lease has come is remembered as such: all that follows goes to ff:ff:ff:ff:ff:ff.
pub fn prepare(vlan: Option<u16>) -> Result<()> {
    ip(&["link", "set", "dev", "lo", "up"])?;
    if vlan.is_some() {
        modules::load(&["8021q"]);
    }
    for folder in NEEDS.into_iter().chain([FOLDER]) {
        mounts::make_folder(folder)?;
    }
    symlink("/init", hook()).context("linking dhcpcd's hook")?;
    fs::write(CONFIG, SETTINGS).with_context(|| format!("writing {CONFIG}"))
}

fn hook() -> String {
    format!("{FOLDER}/{HOOK}")
}

impl Client {
    /// Brings the NIC up, and begins to ask.
    pub fn start(nic: Nic, vlan: Option<u16>) -> Result<Client> {
        ip(&["link", "set", "dev", &nic.name, "up"])?;
        let interface = match vlan {
            Some(id) => tagged(&nic.name, id)?,
            None => nic.name.clone(),
        };
        let log = format!("{FOLDER}/{interface}.log");
        let log = File::create(&log).with_context(|| format!("making {log}"))?;
        let errors = log.try_clone().context("opening the log of dhcpcd twice")?;
        let process = run::command("dhcpcd")
            .args(["--nobackground", "--config", CONFIG, "--script", &hook()])
            .arg(&interface)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .context("starting dhcpcd")?;
        Ok(Client {
            nic,
            interface,
            process,
        })
    }

    /// What the network has told up to now.
    pub fn lease(&self) -> Lease {
        Lease::of(&self.interface)
    }

    /// Ends the client and takes its addresses away, so that networkd finds the NIC untouched. It is killed, because it would
    /// give the address back otherwise; the link stays, because a switch may take half a minute to forward again.
    pub fn stop(mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = if self.interface == self.nic.name {
            ip(&["addr", "flush", "dev", &self.interface])
        } else {
            ip(&["link", "delete", &self.interface])
        };
    }
}

fn tagged(nic: &str, id: u16) -> Result<String> {
    let name = format!("{nic}.{id}");
    let number = id.to_string();
    ip(&[
        "link", "add", "link", nic, "name", &name, "type", "vlan", "id", &number,
    ])?;
    ip(&["link", "set", "dev", &name, "up"])?;
    Ok(name)
}

fn ip(args: &[&str]) -> Result<()> {
    run::applet("busybox", "ip", args)
}
