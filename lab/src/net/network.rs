//! A bridge with ports for machines, and stations beside it.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, ensure};

use super::namespace::Namespace;
use crate::qemu::{Link, Process};
use crate::root::Root;

/// The name of the bridge, in its own namespace.
const BRIDGE: &str = "bridge";
/// What a station calls its one network card.
const CARD: &str = "eth0";

/// An Ethernet network with nothing on it yet.
#[derive(Debug)]
pub struct Network {
    namespace: Namespace,
    root: Root,
    ports: AtomicUsize,
}

impl Network {
    /// Makes it; stations run programs of this root.
    ///
    /// # Errors
    /// When namespaces or bridges cannot be made here.
    pub fn new(root: &Root) -> Result<Network> {
        let network = Network {
            namespace: Namespace::new()?,
            root: root.clone(),
            ports: AtomicUsize::new(0),
        };
        // Without forward delay: a machine that has just got its link would lose its first questions.
        let add = [
            "link",
            "add",
            BRIDGE,
            "type",
            "bridge",
            "forward_delay",
            "0",
        ];
        network.ip(add).context("making a bridge")?;
        // A bridge that knows nothing of multicast floods it, as a plain switch does; IPv6 needs it.
        network.ip([
            "link",
            "set",
            BRIDGE,
            "type",
            "bridge",
            "mcast_snooping",
            "0",
        ])?;
        network.ip(["link", "set", BRIDGE, "up"])?;
        Ok(network)
    }

    /// Why there can be none here, as a sentence.
    pub fn impossible(root: &Root) -> Option<String> {
        let tried = Network::new(root).and_then(|network| network.port());
        tried.err().map(|error| format!("{error:#}"))
    }

    /// Where the bridge and the machines on it are.
    pub fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// A new port for a machine that is started in this network.
    ///
    /// # Errors
    /// When a tap device cannot be made.
    pub fn port(&self) -> Result<Link> {
        let name = self.next("tap");
        self.ip(["tuntap", "add", &name, "mode", "tap"])
            .context("making a tap device")?;
        self.plug(&name)?;
        Ok(Link::Tap(name))
    }

    /// Takes the cable out of a machine's port, or puts it back.
    ///
    /// # Errors
    /// When this is no port of the network.
    pub fn set_port(&self, port: &Link, up: bool) -> Result<()> {
        let Link::Tap(name) = port else {
            anyhow::bail!("{port:?} is no port of this network");
        };
        self.ip(["link", "set", name, if up { "up" } else { "down" }])
    }

    fn next(&self, kind: &str) -> String {
        format!("{kind}{}", self.ports.fetch_add(1, Ordering::Relaxed))
    }

    fn plug(&self, name: &str) -> Result<()> {
        self.ip(["link", "set", name, "master", BRIDGE, "up"])
    }

    fn ip<const N: usize>(&self, args: [&str; N]) -> Result<()> {
        self.namespace.run("ip", args)
    }
}

/// A computer on a network, without a machine: programs that see the network through `eth0`.
#[derive(Debug)]
pub struct Station {
    namespace: Namespace,
    root: Root,
}

impl Station {
    /// Connects it, with these addresses (`10.77.0.1/24`, `fd77::1/64`).
    ///
    /// # Errors
    /// When a namespace or the cable cannot be made, or an address is none.
    pub fn new(network: &Network, addresses: &[&str]) -> Result<Station> {
        let station = Station {
            namespace: Namespace::new()?,
            root: network.root.clone(),
        };
        let port = network.next("port");
        let pid = station.namespace.pid().to_string();
        network
            .ip([
                "link", "add", &port, "type", "veth", "peer", "name", CARD, "netns", &pid,
            ])
            .context("making a cable")?;
        network.plug(&port)?;
        station.ip(["link", "set", CARD, "up"])?;
        for address in addresses {
            station.address(address)?;
        }
        Ok(station)
    }

    /// The interface's name.
    pub fn card(&self) -> &'static str {
        CARD
    }

    /// Where its programs run.
    pub fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// The tools root, seen from here.
    pub fn root(&self) -> Root {
        self.root.clone().in_network(&self.namespace)
    }

    /// Starts a program of the tools root here; it ends with the returned value.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, program: &str, args: &[&str], log: &Path) -> Result<Process> {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        Process::start(&self.root(), program, &args, log)
    }

    /// A command that runs a program of the build host here.
    pub fn command(&self, program: &Path) -> Command {
        let words = self.namespace.words();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg(program);
        command
    }

    fn address(&self, address: &str) -> Result<()> {
        ensure!(
            address.contains('/'),
            "the address {address:?} lacks its /length"
        );
        let add = ["address", "add", address, "dev", CARD];
        if address.contains(':') {
            // A server must be able to use it at once; nobody else is there who could have it.
            let [a, b, c, d, e] = add;
            return self.ip([a, b, c, d, e, "nodad"]);
        }
        self.ip(add)
    }

    fn ip<const N: usize>(&self, args: [&str; N]) -> Result<()> {
        self.namespace.run("ip", args)
    }
}
