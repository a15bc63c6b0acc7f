//! Two disks with Firn in one machine.

use super::refusals::rescue;
use super::repair::verb;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::host;
use crate::install::install;
use crate::saved;
use crate::shell::shell;
use anyhow::{Result, ensure};
use firn_lab::qemu::{Bus, Firmware, Link, NicModel, Spec, fingerprint};
use std::path::Path;
use std::time::Duration;

/// Beside an installed disk, installs on a second, has each in UEFI's list, and starts each with the other in the machine.
pub fn run(bench: &Bench) -> Result<()> {
    let installed = saved::installed(bench, &saved::ONE_DISK)?;
    let (first, second) = (&installed[0], &bench.disk("second")?);
    let machine = |name: &str, disks: &[&Path]| {
        let spec = Spec::new(name).nic(NicModel::Virtio, Link::User(None));
        disks
            .iter()
            .fold(spec, |spec, disk| spec.disk(disk, Bus::Virtio))
    };
    let answers = Answers::new(&bench.shared.key, "second.example.net")
        .disk("target = { serial = \"second\" }")
        .to_toml();
    let before = fingerprint(first)?;
    let both = [first.as_path(), second.as_path()];
    install(
        bench,
        machine("install-second", &both),
        bench.cd(),
        &answers,
    )?;
    ensure!(
        fingerprint(first)? == before,
        "installing on the second disk has changed the first"
    );

    boot_entries(bench, machine("entries", &both))?;
    let host = host::boot(bench, machine("host-first", &both))?;
    host.check(saved::ONE_DISK.host)?;
    host.off()?;
    let host = host::boot(bench, machine("host-second", &[second, first]))?;
    host.check("second.example.net")?;
    host.off()
}

/// A boot entry of one disk takes the place of that disk's old one, and not of the other disk's.
fn boot_entries(bench: &Bench, spec: Spec) -> Result<()> {
    let spec = spec.firmware(Firmware::Uefi).medium(bench.cd());
    let machine = spec.start(bench.lab(), &bench.folder)?;
    rescue(&machine)?;
    for disk in ["/dev/vda", "/dev/vdb", "/dev/vda"] {
        verb(&machine, &format!("repair menu --disk {disk}"), 0, &[])?;
    }
    let count = "efibootmgr | grep -c '\\* Firn'";
    let (_, text) = shell(&machine, count, Duration::from_secs(60))?;
    let two = text.lines().any(|line| line.trim() == "2");
    ensure!(two, "not two boot entries: {text}");
    Ok(())
}
