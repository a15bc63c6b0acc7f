//! Two disks with Firn in one machine.

use std::path::Path;

use anyhow::{Result, ensure};
use firn_lab::qemu::{Bus, Link, NicModel, Spec, fingerprint};

use crate::answers::Answers;
use crate::bench::Bench;
use crate::host;
use crate::install::install;

/// Installs on one disk, then on a second beside it, and starts each with the other in the machine.
pub fn run(bench: &Bench) -> Result<()> {
    let (first, second) = (bench.disk("first")?, bench.disk("second")?);
    let machine = |name: &str, disks: &[&Path]| {
        let spec = Spec::new(name).nic(NicModel::Virtio, Link::User(None));
        disks
            .iter()
            .fold(spec, |spec, disk| spec.disk(disk, Bus::Virtio))
    };
    let answers = |name: &str| {
        Answers::new(&bench.shared.key, &format!("{name}.example.net"))
            .disk(&format!("target = {{ serial = \"{name}\" }}"))
            .to_toml()
    };
    install(
        bench,
        machine("install-first", &[&first]),
        bench.cd(),
        &answers("first"),
    )?;
    let before = fingerprint(&first)?;
    let both = [first.as_path(), second.as_path()];
    install(
        bench,
        machine("install-second", &both),
        bench.cd(),
        &answers("second"),
    )?;
    ensure!(
        fingerprint(&first)? == before,
        "installing on the second disk has changed the first"
    );

    let host = host::boot(bench, machine("host-first", &both))?;
    host.check("first.example.net")?;
    host.off()?;
    let host = host::boot(bench, machine("host-second", &[&second, &first]))?;
    host.check("second.example.net")?;
    host.off()
}
