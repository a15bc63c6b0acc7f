//! A network without IPv4.

use anyhow::Result;
use firn_lab::net::{Client, Dnsmasq};
use firn_lab::qemu::{Firmware, Netboot};

use super::site::{CARD, SERVER_V6, Site};
use super::uefi::{nobody, refused};
use crate::bench::Bench;

/// UEFI loads by DHCPv6 and TFTP; the rest comes over HTTP, up to the answers.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::with(bench, &[&format!("{SERVER_V6}/64")])?;
    let bundle = site.bundle("bundle", &[])?;
    let answers = site.answers(&[("default.toml", &nobody(bench))])?;
    let answers = answers.display().to_string();
    let options = ["--no-dhcp", "--port", "80", "--answers", &answers];
    let _server = site.serve(&bundle, &options)?;
    let dhcp = Dnsmasq {
        range_v6: Some(("fd77::100".into(), "fd77::1ff".into())),
        tftp: Some(bundle),
        ..Dnsmasq::default()
    };
    let dhcp = dhcp.loader(Client::UefiV6, format!("tftp://[{SERVER_V6}]/bootx64.efi"));
    let _dhcp = dhcp.start(&site.server, CARD, &bench.folder)?;
    let machine = site.with_disk("six", Firmware::Uefi, Netboot::PxeV6)?;
    let machine = site.start(&machine.no_reboot())?;
    refused(&machine, "problem disk.target: ")
}
