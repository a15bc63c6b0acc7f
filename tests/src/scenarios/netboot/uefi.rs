//! UEFI: over PXE, over HTTP, and over HTTP with Secure Boot.

use super::site::Site;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{End, INSTALL, end};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Firmware, Machine, Netboot, fingerprint};

/// The first two get as far as the answers, which name a disk that is not there; the last is refused since Xen could not start.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let answers = site.answers(&[("default.toml", &nobody(bench))])?;
    let _server = site.serve_dhcp(&bundle, &answers, &[])?;
    let pxe = site.start(&site.with_disk("pxe", Firmware::Uefi, Netboot::Pxe)?)?;
    pxe.serial.wait_for("Firn: fetching the image: ", INSTALL)?;
    drop(pxe);
    for (name, firmware, problem) in [
        ("http", Firmware::Uefi, "problem disk.target: "),
        ("secure", Firmware::SecureBoot, "problem secure-boot: "),
    ] {
        let spec = site.with_disk(name, firmware, Netboot::Http)?;
        let disk = bench.path(&format!("{name}.img"));
        let before = fingerprint(&disk)?;
        let machine = site.start(&spec.no_reboot())?;
        refused(&machine, problem).with_context(|| format!("the machine {name}"))?;
        drop(machine);
        let same = fingerprint(&disk)? == before;
        ensure!(same, "{name}: the disk was written to");
    }
    Ok(())
}

/// Answers that are sound and cannot be fulfilled: where they are refused they have arrived.
pub fn nobody(bench: &Bench) -> String {
    Answers::new(&bench.shared.key, "nobody.example.net")
        .disk("target = { serial = \"NOBODY\" }")
        .to_toml()
}

/// Waits for a refusal, of which one problem begins so.
pub fn refused(machine: &Machine, problem: &str) -> Result<()> {
    match end(machine)? {
        End::Refused(problems) => ensure!(
            problems.iter().any(|line| line.starts_with(problem)),
            "no line begins with {problem:?}: {problems:?}"
        ),
        End::Done(line) => anyhow::bail!("the installation was not refused: {line}"),
    }
    Ok(())
}
