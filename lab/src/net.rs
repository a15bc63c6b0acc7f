//! Networks of our own: a bridge in a network namespace, machines on its tap devices, and [`Station`]s, which are computers without a
//! machine: a namespace with a cable to the bridge, in which a server runs.
//!
//! ```no_run
//! # use firn_lab::{net::{Network, Station}, qemu::{Lab, Netboot, NicModel, Spec}, root::Root};
//! # fn main() -> anyhow::Result<()> {
//! let lab = Lab::new(Root::open("/path/of/the/tools")?.bind("/tmp/out"))?;
//! let network = Network::new(lab.root())?;
//! let server = Station::new(&network, &["10.77.0.1/24"])?;
//! let _http = server.start("busybox", &["httpd", "-f", "-h", "/tmp/out"], "/tmp/out/http.log".as_ref())?;
//! let spec = Spec::new("first").nic(NicModel::Virtio, network.port()?).netboot(Netboot::Pxe);
//! let machine = spec.start(&lab.in_network(&network), "/tmp/out")?;
//! # Ok(()) }
//! ```
//!
//! Nothing of it has a name outside: a namespace lives as long as a process of ours that only waits for its standard input to end, and
//! as the programs in it. So all of it goes when its values are dropped, when a test panics, and when the harness is killed.

mod dnsmasq;
mod namespace;
mod network;

pub use dnsmasq::{Client, Dnsmasq, Loader};
pub use namespace::Namespace;
pub use network::{Network, Station};
