//! Beside somebody else's DHCP server.

use super::site::{CARD, MAC, Site};
use super::uefi::{nobody, refused};
use crate::answers::Answers;
use crate::bench::{Bench, DISK_BYTES};
use crate::install::INSTALL;
use anyhow::{Context, Result, ensure};
use firn_lab::net::{Dnsmasq, Station};
use firn_lab::qemu::{Firmware, Netboot};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A report is tried again for a while.
const HEARD: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(500);

/// The foreign server gives the addresses, ours says what to start: BIOS and UEFI. Then what the server hears of a refusal, and of a
/// failure.
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
    heard(&site, "disk.target")?;
    drop(bios);
    broken(&site)
}

/// An installation that fails, on a disk whose last sector cannot be written, is reported with its step.
fn broken(site: &Site) -> Result<()> {
    let answers = Answers::new(&site.bench.shared.key, "broken.example.net").to_toml();
    site.answers(&[("default.toml", &answers)])?;
    let disk = site.bench.disk("broken")?;
    let machine = site.machine("broken", Firmware::Bios, Netboot::Pxe)?;
    let machine = machine.bad_disk(&disk, "BROKEN", &[DISK_BYTES / 512 - 1]);
    let machine = site.start(&machine.no_reboot())?;
    machine.serial.wait_line(&["failed: "], INSTALL)?;
    heard(site, "partition")
}

/// Waits until the server's table says that the machine has failed, and this; the report comes after the lines on the console.
fn heard(site: &Site, text: &str) -> Result<()> {
    let end = Instant::now() + HEARD;
    loop {
        let row = site.machine_row(MAC)?;
        let said = row["text"].as_str().unwrap_or_default();
        if row["stage"] == "failed" && said.contains(text) {
            return Ok(());
        }
        ensure!(Instant::now() < end, "the server says of it {row}");
        sleep(PAUSE);
    }
}
