//! A bond under a VLAN with addresses of its own.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::host::{self, Host};
use crate::install;
use anyhow::{Result, ensure};
use firn_lab::qemu::{Bus, NicModel, Spec, Ssh, Switch, free_port};
use std::time::Duration;

const VLAN: u16 = 42;
const NETWORK: &str = r#"bond = { mode = "active-backup", members = [{ mac = "52:54:00:00:00:01" }, { mac = "52-54-00-00-00-02" }] }
vlan = 42
ipv4 = { address = "10.0.2.50/24", gateway = "10.0.2.2" }
ipv6 = { address = "fec0::50/64", gateway = "fe80::2" }
dns = ["10.0.2.3"]
search = ["example.net"]
"#;

/// Installs with such a network, uses it, and pulls one cable out.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let switch = Switch::start(bench.lab(), 2, VLAN)?;
    let port = free_port()?;
    let inside = switch.inside(port, "10.0.2.50".parse()?);
    let machine = |name: &str| {
        Spec::new(name)
            .disk(&disk, Bus::Virtio)
            .nic(NicModel::Virtio, switch.link(0))
            .nic(NicModel::E1000e, switch.link(1))
            .extra(inside.clone())
    };
    let answers = Answers::new(&bench.shared.key, "bond.example.net").network(NETWORK);
    let done = install::install(bench, machine("install"), bench.cd(), &answers.to_toml())?;
    ensure!(done.contains("10.0.2.50"), "it says {done:?}");

    let machine = machine("host").start(bench.lab(), &bench.folder)?;
    let ssh = Ssh::new(bench.lab().root(), &bench.shared.key, port)?;
    let host = host::wait(Host { machine, ssh })?;
    host.check("bond.example.net")?;
    let bond = host.ssh.run("cat /proc/net/bonding/bond0")?;
    for text in [
        "active-backup",
        "Slave Interface: nic0",
        "Slave Interface: nic1",
    ] {
        ensure!(bond.contains(text), "the bond lacks {text:?}: {bond}");
    }
    host.says("ip -d link show bond0.42", "id 42")?;
    host.says("bridge link show", "bond0.42")?;
    host.says("ip -6 addr show xenbr0", "fec0::50/64")?;
    host.says("ip -4 addr show xenbr0", "10.0.2.50/24")?;
    host.says("ip link show xenbr0", "52:54:00:00:00:01")?;
    host.machine.qmp().set_link(0, false)?;
    std::thread::sleep(Duration::from_secs(5));
    host.says("grep -i 'currently active' /proc/net/bonding/bond0", "nic1")?;
    host.off()
}
