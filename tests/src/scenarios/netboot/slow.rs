//! Networks that are not there at once, and those without IPv4. A loader is left out; kernel and initrd lie in memory.

use std::time::Duration;

use anyhow::{Context, Result};
use firn_lab::net::Dnsmasq;
use firn_lab::qemu::{Link, NicModel, Spec};

use super::site::{CARD, SERVER, SERVER_V6, Site, loaded};
use crate::bench::Bench;
use crate::install::INSTALL;

/// What firn-init says once the image comes.
const COMES: &str = "Firn: fetching the image: ";

/// DHCP that answers after 60 s, several NICs of which one has a cable, a link that comes late; then IPv6 by advertisements only.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let _server = site.serve(&bundle, &["--no-dhcp", "--port", "80"])?;
    let machine = |name: &str, base: &str| -> Result<Spec> {
        let spec = Spec::new(name).nic(NicModel::E1000e, Link::Nothing);
        let spec = spec.nic(NicModel::Virtio, site.network.port()?);
        Ok(loaded(spec, &bundle, &format!("http://{base}/firn"), ""))
    };
    let slow = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        delay: 60,
        ..Dnsmasq::default()
    };
    let dhcp = slow.start(&site.server, CARD, &bench.folder)?;
    let late = site.start(&machine("late", SERVER)?)?;
    late.qmp().set_link(1, false)?;
    std::thread::sleep(Duration::from_secs(40));
    late.qmp().set_link(1, true)?;
    late.serial.wait_for(COMES, INSTALL).context("slow DHCP")?;
    drop((late, dhcp));
    let announce = Dnsmasq {
        announce: Some("fd77::".into()),
        ..Dnsmasq::default()
    };
    let _announce = announce.start(&site.server, CARD, &bench.folder)?;
    let six = site.start(&machine("six", &format!("[{SERVER_V6}]"))?)?;
    six.serial.wait_for(COMES, INSTALL).context("IPv6")?;
    Ok(())
}
