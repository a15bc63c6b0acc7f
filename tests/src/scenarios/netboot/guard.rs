//! What keeps machines from being wiped by mistake: a server without answers, and a host that starts from the network again.

use anyhow::{Result, ensure};
use firn_lab::qemu::{Firmware, Netboot, Spec, fingerprint};

use super::bios::done;
use super::site::{Site, named};
use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{INSTALL, OFF};

/// Where the machine's answers lie.
const OWN: &str = "by-mac/52-54-00-00-00-01.toml";
const GUARD: &str = "this machine has a Firn already; starting it from its disk";

/// Without answers the wizard comes and says so. Then it is installed, and started from the network once more with the same answers.
/// A BIOS cannot be told to take the disk next: the installer itself starts what the disk would.
pub fn bios(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let own = own(bench);
    let answers = site.answers(&[("by-mac/52-54-00-00-00-99.toml", &own)])?;
    let _server = site.serve_dhcp(&bundle, &answers, &[])?;
    let spec = site.with_disk("guard", Firmware::Bios, Netboot::Pxe)?;
    let disk = bench.path("guard.img");
    let before = fingerprint(&disk)?;
    let wizard = site.start(&named(&spec, "wizard"))?;
    let none = "the server has no answers for this machine";
    wizard.serial.wait_for(none, INSTALL)?;
    drop(wizard);
    ensure!(fingerprint(&disk)? == before, "the disk was written to");

    // The server reads the folder anew for each machine.
    site.answers(&[(OWN, &own)])?;
    twice(&site, &spec)
}

/// The same from the installation on; UEFI is told to take the disk next.
pub fn uefi(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let answers = site.answers(&[(OWN, &own(bench))])?;
    let _server = site.serve_dhcp(&bundle, &answers, &[])?;
    twice(
        &site,
        &site.with_disk("guard", Firmware::Uefi, Netboot::Pxe)?,
    )
}

fn own(bench: &Bench) -> String {
    Answers::new(&bench.shared.key, "guard.example.net").to_toml()
}

/// Installed, and started from the network again: the host is left alone, and started from its disk.
fn twice(site: &Site, spec: &Spec) -> Result<()> {
    let disk = site.bench.path("guard.img");
    let machine = site.start(&spec.clone().no_reboot())?;
    done(&machine)?;
    machine.wait_off(OFF)?;
    let installed = fingerprint(&disk)?;
    let again = site.start(&named(spec, "again"))?;
    again.serial.wait_for("problem disk.wipe: ", INSTALL)?;
    ensure!(fingerprint(&disk)? == installed, "the host was written to");
    again.serial.wait_for(GUARD, INSTALL)?;
    again.serial.wait_for("Xen version", INSTALL)?;
    again.serial.wait_for("login: ", INSTALL)?;
    Ok(())
}
