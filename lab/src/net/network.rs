//! A bridge with ports for machines, and stations beside it.

use super::namespace::Namespace;
use crate::qemu::{Link, Process};
use crate::root::Root;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An Ethernet network with nothing on it yet.
#[derive(Debug)]
pub struct Network {
    namespace: Arc<Namespace>,
    root: Root,
    bridge: String,
    /// What has a name in the namespace so far: bridges and ports.
    names: Arc<AtomicUsize>,
}

impl Network {
    /// Makes it; stations run programs of this root.
    ///
    /// # Errors
    /// When namespaces or bridges cannot be made here.
    pub fn new(root: &Root) -> Result<Network> {
        Network {
            namespace: Arc::new(Namespace::new()?),
            root: root.clone(),
            bridge: String::new(),
            names: Arc::default(),
        }
        .beside()
    }

    /// A second one that has nothing to do with this one, but machines can have cards on both.
    ///
    /// # Errors
    /// When bridges cannot be made here.
    pub fn beside(&self) -> Result<Network> {
        let network = Network {
            namespace: Arc::clone(&self.namespace),
            root: self.root.clone(),
            bridge: self.next("bridge"),
            names: Arc::clone(&self.names),
        };
        let bridge = network.bridge.as_str();
        // Without forward delay: a machine that has just got its link would lose its first questions.
        let add = [
            "link",
            "add",
            bridge,
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
            bridge,
            "type",
            "bridge",
            "mcast_snooping",
            "0",
        ])?;
        network.ip(["link", "set", bridge, "up"])?;
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
        Ok(Link::Tap(self.tap()?))
    }

    /// The same by the name of its tap device.
    ///
    /// # Errors
    /// When a tap device cannot be made.
    pub fn tap(&self) -> Result<String> {
        let name = self.next("tap");
        self.ip(["tuntap", "add", &name, "mode", "tap"])
            .context("making a tap device")?;
        self.plug(&name)?;
        Ok(name)
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
        format!("{kind}{}", self.names.fetch_add(1, Ordering::Relaxed))
    }

    fn plug(&self, name: &str) -> Result<()> {
        self.ip(["link", "set", name, "master", &self.bridge, "up"])
    }

    fn ip<const N: usize>(&self, args: [&str; N]) -> Result<()> {
        self.namespace.run("ip", args)
    }
}

/// A computer on networks, without a machine: programs that see them through `eth0`, `eth1`, …
#[derive(Debug)]
pub struct Station {
    namespace: Namespace,
    root: Root,
    cards: usize,
}

impl Station {
    /// Connects it, with these addresses (`10.77.0.1/24`, `fd77::1/64`).
    ///
    /// # Errors
    /// When a namespace or the cable cannot be made, or an address is none.
    pub fn new(network: &Network, addresses: &[&str]) -> Result<Station> {
        let mut station = Station {
            namespace: Namespace::new()?,
            root: network.root.clone(),
            cards: 0,
        };
        station.connect(network, addresses)?;
        Ok(station)
    }

    /// Connects it to one more network, with one more card.
    ///
    /// # Errors
    /// When the cable cannot be made, or an address is none.
    pub fn connect(&mut self, network: &Network, addresses: &[&str]) -> Result<()> {
        let (port, card) = (network.next("port"), format!("eth{}", self.cards));
        let pid = self.namespace.pid().to_string();
        network
            .ip([
                "link", "add", &port, "type", "veth", "peer", "name", &card, "netns", &pid,
            ])
            .context("making a cable")?;
        self.cards += 1;
        network.plug(&port)?;
        self.ip(["link", "set", &card, "up"])?;
        for address in addresses {
            self.address(&card, address)?;
        }
        Ok(())
    }

    /// Where its programs run.
    pub fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// The tools root, seen from here.
    pub fn root(&self) -> Root {
        self.root.clone().in_network(self.namespace.words())
    }

    /// Starts a program of the tools root here; it ends with the returned value.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, program: &str, args: &[&str], log: &Path) -> Result<Process> {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        Process::start(&self.root(), program, &args, log)
    }

    /// Starts a program of the build host here; it ends with the returned value, and is killed with this program.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_host(&self, program: &Path, args: &[&str], log: &Path) -> Result<Process> {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]);
        command.args(self.namespace.words());
        command.arg(program).args(args);
        Process::spawn(command, log).with_context(|| format!("starting {}", program.display()))
    }

    fn address(&self, card: &str, address: &str) -> Result<()> {
        ensure!(
            address.contains('/'),
            "the address {address:?} lacks its /length"
        );
        let add = ["address", "add", address, "dev", card];
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
