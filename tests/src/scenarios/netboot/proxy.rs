//! Beside somebody else's DHCP server.

use anyhow::{Context, Result, ensure};
use firn_lab::net::{Dnsmasq, Station};
use firn_lab::qemu::{Firmware, Netboot};

use super::site::{CARD, Site};
use super::uefi::{nobody, refused};
use crate::bench::Bench;
use crate::install::{INSTALL, OFF};

const MAC: &str = "52-54-00-00-00-01";

/// The foreign server gives the addresses, ours says what to start: BIOS and UEFI.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let other = Station::new(&site.network, &["10.77.0.2/24"])?;
    let foreign = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        ..Dnsmasq::default()
    };
    let _dhcp = foreign.start(&other, CARD, &bench.folder)?;
    let bundle = site.bundle("bundle", &[])?;
    let answers = site.answers(&[("default.toml", &nobody(bench))])?;
    let answers = answers.display().to_string();
    let _server = site.serve(&bundle, &["--proxy", "--answers", &answers])?;
    let uefi = site.start(&site.machine("uefi", Firmware::Uefi, Netboot::Pxe)?)?;
    let loaded = uefi.serial.wait_for("Firn: fetching the image: ", INSTALL);
    loaded.context("the UEFI machine")?;
    drop(uefi);
    let bios = site.with_disk("bios", Firmware::Bios, Netboot::Pxe)?;
    let bios = site.start(&bios.no_reboot())?;
    refused(&bios, "problem disk.target: ").context("the BIOS machine")?;
    // The report comes after the lines on the console.
    bios.wait_off(OFF)?;
    let row = site.machine_row(MAC)?;
    ensure!(row["stage"] == "failed", "the server says of it {row}");
    Ok(())
}
