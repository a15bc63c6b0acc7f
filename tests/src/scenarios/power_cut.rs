//! The power goes in the middle of an installation.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::host;
use crate::install::{INSTALL, install, start};
use anyhow::{Context, Result, bail, ensure};
use firn_lab::qemu::{Bus, Firmware, Link, Machine, NicModel, Spec};
use std::time::Duration;

/// What the half-written disk says under BIOS.
pub(super) const NOTICE: &str = "The installation of Firn on this disk was not finished.";

/// Pulls the plug at a third of the way, looks whether anything starts from the disk, installs again.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let machine = |name: &str| {
        Spec::new(name)
            .disk(&disk, Bus::Virtio)
            .nic(NicModel::Virtio, Link::User(None))
    };
    let answers = Answers::new(&bench.shared.key, "cut.example.net").disk("wipe = \"empty\"");
    let cut = start(bench, machine("cut"), bench.cd(), &answers.to_toml())?;
    wait_percent(&cut, 33)?;
    cut.screenshot("cut")?;
    cut.kill();

    starts_nothing(bench, machine("after-bios").firmware_on_serial(), &[NOTICE])?;
    let uefi = machine("after-uefi").firmware(Firmware::Uefi);
    starts_nothing(bench, uefi, &["No bootable option", "Shell>"])?;

    install(bench, machine("again"), bench.cd(), &answers.to_toml())?;
    let host = host::boot(bench, machine("host"))?;
    host.check("cut.example.net")
}

/// Waits for a line `firn: NN% STEP` with at least this number.
pub(super) fn wait_percent(machine: &Machine, least: u32) -> Result<()> {
    loop {
        let line = machine
            .serial
            .wait_line(&["firn: ", "problem ", "done: ", "failed: "], INSTALL)?;
        let percent = line
            .strip_prefix("firn: ")
            .and_then(|rest| rest.split_once('%'));
        match percent.map(|(number, _)| number.trim().parse::<u32>()) {
            Some(Ok(percent)) if percent >= least => return Ok(()),
            Some(_) => {}
            None if line.starts_with("firn: ") => {}
            None => bail!("no progress line with {least}% or more came before {line:?}"),
        }
    }
}

/// Starts from the disk: the firmware must say one of these, and no loader, hypervisor or kernel anything.
pub(super) fn starts_nothing(bench: &Bench, spec: Spec, nothing: &[&str]) -> Result<()> {
    let name = spec.name.clone();
    let machine = spec.start(bench.lab(), &bench.folder)?;
    let something = ["GRUB", "Xen version", "Linux version", "login:"];
    let patterns = [nothing, &something[..]].concat();
    let found = machine
        .serial
        .wait_for_any(&patterns, Duration::from_secs(240));
    let (which, text) =
        found.with_context(|| format!("starting the half-written disk ({name})"))?;
    machine.screenshot("nothing")?;
    ensure!(
        which < nothing.len(),
        "the half-written disk starts something ({name}): {text}"
    );
    Ok(())
}
