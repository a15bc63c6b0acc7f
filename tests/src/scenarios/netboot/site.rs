//! One network with a server's station on it, and machines that start from it.

use crate::bench::Bench;
use anyhow::{Context, Result};
use firn_image::cmdline::key::{BASE, ROOT, ROOT_NET};
use firn_image::file;
use firn_lab::net::{Network, Station};
use firn_lab::qemu::{Bus, Firmware, Lab, Machine, Netboot, NicModel, Process, Spec, Ssh};
use std::path::{Path, PathBuf};

/// The server's address.
pub const SERVER: &str = "10.77.0.1";
/// The same in IPv6.
pub const SERVER_V6: &str = "fd77::1";
/// A machine's first card, as the server writes it.
pub const MAC: &str = "52-54-00-00-00-01";
/// The station's card on the network.
pub const CARD: &str = "eth0";

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

    /// The same with a disk of 20 GB of the machine's name.
    pub fn with_disk(&self, name: &str, firmware: Firmware, how: Netboot) -> Result<Spec> {
        let disk = self.bench.disk(name)?;
        Ok(self.machine(name, firmware, how)?.disk(disk, Bus::Virtio))
    }

    /// Starts it.
    pub fn start(&self, spec: &Spec) -> Result<Machine> {
        spec.start(&self.lab(), &self.bench.folder)
    }

    /// The way from the server into a host at this address.
    pub fn ssh(&self, address: &str) -> Result<Ssh> {
        Ssh::at(&self.server.root(), &self.bench.shared.key, address)
    }

    /// A new folder for what a server serves.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.bench.path(name);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("making the folder {}", folder.display()))?;
        Ok(folder)
    }

    /// An HTTP server that knows nothing of Firn for this folder.
    pub fn http(&self, folder: &Path, port: u16) -> Result<Process> {
        let (folder, port) = (folder.display().to_string(), format!("[::]:{port}"));
        let args = ["httpd", "-f", "-v", "-h", &folder, "-p", &port];
        let log = self.bench.path("httpd.log");
        self.server.start("busybox", &args, &log)
    }
}

/// The same machine at another start, whose logs have this name.
pub fn named(spec: &Spec, name: &str) -> Spec {
    Spec {
        name: name.into(),
        ..spec.clone()
    }
}

/// What a loader tells the kernel besides where the image is.
const WORDS: &str =
    "console=tty0 console=ttyS0,115200 quiet loglevel=3 logo.nologo systemd.show_status=no";

/// A machine whose loader has done its work already, with the files of this netboot folder: all that is tested is what comes after.
pub fn loaded(spec: Spec, folder: &Path, base: &str, words: &str) -> Spec {
    let path = |name: &str| folder.join(file::path(name));
    let line = format!("{WORDS} {ROOT}={ROOT_NET} {BASE}={base} {words}");
    spec.loaded(&path(file::KERNEL), &path(file::NETBOOT_INITRD), &line)
}
