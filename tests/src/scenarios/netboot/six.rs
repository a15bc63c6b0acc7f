//! A network without IPv4.

use super::site::{SERVER_V6, Site};
use super::uefi::{nobody, refused};
use crate::bench::Bench;
use anyhow::Result;
use firn_lab::qemu::{Firmware, Netboot};

/// UEFI loads by our server's DHCPv6 and TFTP; the rest comes over HTTP, up to the answers.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::with(bench, &[&format!("{SERVER_V6}/64")])?;
    let bundle = site.bundle("bundle", &[])?;
    let answers = site.answers(&[("default.toml", &nobody(bench))])?;
    let _server = site.serve_dhcp(&bundle, &answers, &[])?;
    let machine = site.with_disk("six", Firmware::Uefi, Netboot::PxeV6)?;
    let machine = site.start(&machine.no_reboot())?;
    refused(&machine, "problem disk.target: ")
}
