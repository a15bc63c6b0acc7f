//! Networks that are not there at once, and those without IPv4. A loader is left out; kernel and initrd lie in memory.

use super::site::{CARD, SERVER, SERVER_V6, Site, loaded};
use crate::bench::Bench;
use crate::install::INSTALL;
use anyhow::{Context, Result};
use firn_lab::net::Dnsmasq;
use firn_lab::qemu::{Link, NicModel, Spec};
use std::path::Path;
use std::time::Duration;

/// What firn-init says once the image comes.
const COMES: &str = "Firn: fetching the image: ";

/// A server that only speaks HTTPS, in the folder that it serves; nobody has signed its certificate, the image's checksums count.
const ENCRYPTED: &str = "cd \"$1\"
openssl req -x509 -newkey ed25519 -nodes -days 2 -subj /CN=boot -keyout ../key.pem -out ../cert.pem
exec openssl s_server -quiet -accept 8443 -cert ../cert.pem -key ../key.pem -WWW";

/// DHCP that answers after 60 s, several NICs of which one has a cable, a link that comes late; no server; then IPv6 by
/// advertisements only, and an image that comes by HTTPS.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let _server = site.serve(&bundle, &["--no-dhcp", "--port", "80"])?;
    let machine = |name: &str, base: &str| starts(&site, &bundle, name, base, "");
    let slow = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        delay: 60,
        ..Dnsmasq::default()
    };
    let dhcp = slow.start(&site.server, CARD, &bench.folder)?;
    let late = site.start(&machine("late", &format!("http://{SERVER}"))?)?;
    late.qmp().set_link(1, false)?;
    std::thread::sleep(Duration::from_secs(40));
    late.qmp().set_link(1, true)?;
    late.serial.wait_for(COMES, INSTALL).context("slow DHCP")?;
    drop(late);
    nobody_serves(&site, &bundle)?;
    drop(dhcp);
    let announce = Dnsmasq {
        announce: Some("fd77::".into()),
        ..Dnsmasq::default()
    };
    let _announce = announce.start(&site.server, CARD, &bench.folder)?;
    let six = site.start(&machine("six", &format!("http://[{SERVER_V6}]"))?)?;
    six.serial.wait_for(COMES, INSTALL).context("IPv6")?;
    drop(six);
    let folder = bundle.display().to_string();
    let args = ["-euc", ENCRYPTED, "https", &folder];
    let log = bench.path("https.log");
    let _encrypted = site.server.start("sh", &args, &log)?;
    let secret = site.start(&machine("https", &format!("https://[{SERVER_V6}]:8443"))?)?;
    let complete = secret
        .serial
        .wait_for("Firn: the image is complete", INSTALL);
    complete.map(drop).context("HTTPS")
}

fn starts(site: &Site, bundle: &Path, name: &str, base: &str, words: &str) -> Result<Spec> {
    let spec = Spec::new(name).nic(NicModel::E1000e, Link::Nothing);
    let spec = spec.nic(NicModel::Virtio, site.network.port()?);
    Ok(loaded(spec, bundle, &format!("{base}/firn"), words))
}

/// A server that is away: a sentence, a minute for whoever reads it, and the machine begins anew.
fn nobody_serves(site: &Site, bundle: &Path) -> Result<()> {
    let base = format!("http://{SERVER}:8080");
    let away = site.start(&starts(site, bundle, "away", &base, "firn.wait=90")?)?;
    for said in [
        "Firn cannot start: tried 90 s to reach http://",
        "if nobody does, this machine starts anew in 60 s.",
        "Firn: looking for the image",
    ] {
        away.serial.wait_for(said, INSTALL).context("no server")?;
    }
    Ok(())
}
