//! BIOS, our server with everything: address, loader, image, answers, report.

use super::site::{MAC, Site, named};
use crate::answers::Answers;
use crate::bench::Bench;
use crate::host::START;
use crate::install::{End, OFF, end};
use anyhow::{Result, bail, ensure};
use firn_lab::qemu::{Firmware, Machine, Netboot};

const NAME: &str = "pxe.example.net";

/// Installs by the MAC's answers, and the server knows that; started again, the machine is sent to its disk.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let answers = Answers::new(&bench.shared.key, NAME).to_toml();
    let answers = site.answers(&[("by-mac/52-54-00-00-00-01.toml", &answers)])?;
    let _server = site.serve_dhcp(&bundle, &answers, &["--once"])?;
    let spec = site.with_disk("pxe", Firmware::Bios, Netboot::Pxe)?;
    let machine = site.start(&spec.clone().no_reboot())?;
    let line = done(&machine)?;
    ensure!(
        line.starts_with(&format!("done: {NAME} at 10.77.0.")),
        "it says {line:?}"
    );
    machine.wait_off(OFF)?;
    let row = site.machine_row(MAC)?;
    ensure!(
        row["stage"] == "done" && row["hostname"] == NAME,
        "the server says of it {row}"
    );
    let again = site.start(&named(&spec, "again").firmware_on_serial())?;
    again
        .serial
        .wait_for("this machine is done, starting from its disk", START)?;
    again.serial.wait_for("Xen version", START)?;
    Ok(())
}

/// Waits for the end of an installation that must succeed.
pub fn done(machine: &Machine) -> Result<String> {
    match end(machine)? {
        End::Done(line) => Ok(line),
        End::Refused(problems) => bail!("the installation was refused: {}", problems.join("; ")),
    }
}
