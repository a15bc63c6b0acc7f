//! What goes wrong on the way of the image: a wrong file, and a server that dies.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use firn_lab::net::Dnsmasq;
use firn_lab::qemu::{Machine, NicModel, Spec};

use super::site::{CARD, SERVER, Site, loaded};
use crate::bench::Bench;
use crate::install::INSTALL;

const OPTIONS: &[&str] = &["--no-dhcp", "--port", "80"];

/// A file with another checksum is named and not started; then the server is gone at 50 %, comes back, and the rest is fetched.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let dhcp = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        ..Dnsmasq::default()
    };
    let _dhcp = dhcp.start(&site.server, CARD, &bench.folder)?;
    let bundle = site.bundle("bundle", &[])?;
    let machine = |name: &str| -> Result<Machine> {
        let spec = Spec::new(name).nic(NicModel::Virtio, site.network.port()?);
        let words = "systemd.unit=firn-rescue.target";
        site.start(&loaded(
            spec,
            &bundle,
            &format!("http://{SERVER}/firn"),
            words,
        ))
    };
    let server = site.serve(&bundle, OPTIONS)?;
    let dies = machine("dies")?;
    dies.serial.wait_for("fetching the image: 50 %", INSTALL)?;
    drop(server);
    dies.serial.wait_for("Trying again in ", INSTALL)?;
    std::thread::sleep(Duration::from_secs(20));
    let server = site.serve(&bundle, OPTIONS)?;
    let text = dies
        .serial
        .wait_for("Firn: the image is complete", INSTALL)?;
    ensure!(
        !text.contains("fetching the image: 10 %"),
        "it began from the beginning: {text}"
    );
    dies.serial
        .wait_for("# ", INSTALL)
        .context("the rescue shell")?;
    drop((dies, server));

    spoil(&bundle.join("firn/xen.gz"))?;
    let _server = site.serve(&bundle, OPTIONS)?;
    let wrong = machine("wrong")?;
    wrong.serial.wait_for("xen.gz has ", INSTALL)?;
    wrong
        .serial
        .wait_for("cargo xtask netboot bundle", INSTALL)?;
    Ok(())
}

/// Changes one byte of a copy: the file may be a link into the builder's cache.
fn spoil(path: &std::path::Path) -> Result<()> {
    let copy = path.with_extension("copy");
    std::fs::copy(path, &copy)?;
    let mut file = File::options().write(true).open(&copy)?;
    file.seek(SeekFrom::Start(1000))?;
    file.write_all(b"?")?;
    std::fs::rename(&copy, path).with_context(|| format!("spoiling {}", path.display()))
}
