//! Networks whose way out is told in other words than a router and a mask, as large hosters do.

use super::site::{CARD, SERVER, Site, loaded};
use super::uefi::{nobody, refused};
use crate::bench::Bench;
use anyhow::{Context, Result};
use firn_lab::net::Dnsmasq;
use firn_lab::qemu::{NicModel, Spec};
use std::path::Path;

/// An address of the server that no machine has in its own network.
const FAR: &str = "10.88.0.1";
/// Where the answers are.
const PORT: u16 = 8081;

/// What DHCP says besides the address.
struct Case {
    name: &'static str,
    options: &'static [&'static str],
}

const CASES: &[Case] = &[
    // Classless routes (RFC 3442): the router beside them must be ignored, and this one leads nowhere.
    Case {
        name: "classless",
        options: &["3,10.77.0.250", "121,10.88.0.0/24,10.77.0.1"],
    },
    // An address without a network, and a gateway outside of it.
    Case {
        name: "lonely",
        options: &["1,255.255.255.255", "3,10.77.0.1"],
    },
];

/// The image comes to the initrd, and the answers to the installer, over each of these networks.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::with(bench, &[&format!("{SERVER}/24"), &format!("{FAR}/32")])?;
    let bundle = site.bundle("bundle", &[])?;
    let _server = site.serve(&bundle, &["--no-dhcp", "--port", "80"])?;
    let answers = site.answers(&[("answers.toml", &nobody(bench))])?;
    let _answers = site.http(&answers, PORT)?;
    for case in CASES {
        on(&site, &bundle, case).with_context(|| format!("the network {}", case.name))?;
    }
    Ok(())
}

fn on(site: &Site, bundle: &Path, case: &Case) -> Result<()> {
    let dhcp = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        options: case.options.iter().map(|o| (*o).to_owned()).collect(),
        ..Dnsmasq::default()
    };
    let _dhcp = dhcp.start(&site.server, CARD, &site.bench.folder)?;
    let spec = Spec::new(case.name).nic(NicModel::Virtio, site.network.port()?);
    let words =
        format!("firn.answers=http://{FAR}:{PORT}/answers.toml systemd.unit=firn-installer.target");
    let spec = loaded(spec, bundle, &format!("http://{FAR}/firn"), &words);
    let machine = site.start(&spec.no_reboot())?;
    refused(&machine, "problem disk")
}
