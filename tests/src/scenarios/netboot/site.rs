//! One network with a server's station on it, and machines that start from it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use firn_lab::net::{Network, Station};
use firn_lab::qemu::{Firmware, Lab, Machine, Netboot, NicModel, Process, Spec};

use crate::bench::Bench;

/// The server's address.
pub const SERVER: &str = "10.77.0.1";
/// The same in IPv6.
pub const SERVER_V6: &str = "fd77::1";

/// The network, and what every scenario does on it.
pub struct Site<'a> {
    pub bench: &'a Bench,
    pub network: Network,
    pub server: Station,
}

impl<'a> Site<'a> {
    /// With a server that has both addresses.
    pub fn new(bench: &'a Bench) -> Result<Site<'a>> {
        let addresses = [format!("{SERVER}/24"), format!("{SERVER_V6}/64")];
        Site::with(bench, &[&addresses[0], &addresses[1]])
    }

    /// With a server that has these addresses.
    pub fn with(bench: &'a Bench, addresses: &[&str]) -> Result<Site<'a>> {
        let network = Network::new(bench.lab().root())?;
        let server = Station::new(&network, addresses)?;
        Ok(Site {
            bench,
            network,
            server,
        })
    }

    /// Where machines run.
    pub fn lab(&self) -> Lab {
        self.bench.lab().in_network(&self.network)
    }

    /// A machine with one card on this network, that starts from it.
    pub fn machine(&self, name: &str, firmware: Firmware, how: Netboot) -> Result<Spec> {
        let spec = Spec::new(name).firmware(firmware).netboot(how);
        Ok(spec.nic(NicModel::Virtio, self.network.port()?))
    }

    /// Starts it.
    pub fn start(&self, spec: &Spec) -> Result<Machine> {
        spec.start(&self.lab(), &self.bench.folder)
    }

    /// A new folder for what a server serves.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.bench.path(name);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("making the folder {}", folder.display()))?;
        Ok(folder)
    }

    /// An HTTP server of the tools root for this folder.
    pub fn http(&self, folder: &std::path::Path) -> Result<Process> {
        let folder = folder.display().to_string();
        let args = ["httpd", "-f", "-v", "-h", &folder, "-p", "[::]:80"];
        self.server
            .start("busybox", &args, &self.bench.path("httpd.log"))
    }
}
