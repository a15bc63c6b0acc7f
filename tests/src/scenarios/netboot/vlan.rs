//! A boot network that is tagged from the kernel onwards.

use super::site::{Site, named};
use super::uefi::{nobody, refused};
use crate::bench::Bench;
use crate::signing::sign;
use anyhow::{Result, ensure};
use firn_lab::net::Dnsmasq;
use firn_lab::qemu::{Bus, Netboot, NicModel, Spec, Switch};

const VLAN: u16 = 42;
/// The server's second card, on the VLAN's network.
const CARD: &str = "eth1";
const SERVER: &str = "10.78.0.1";
/// Where the answers are, for machines on the VLAN.
const PORT: u16 = 8081;

/// The firmware loads without a tag; from the kernel on everything comes by the VLAN, where DHCP's option 224 names the answers. The
/// folder was bundled with `--strict --key`: they are refused as long as they are not signed.
pub fn run(bench: &Bench) -> Result<()> {
    let mut site = Site::new(bench)?;
    let tagged = site.network.beside()?;
    site.server.connect(&tagged, &[&format!("{SERVER}/24")])?;
    let answers = site.folder("answers")?;
    let text = nobody(bench);
    std::fs::write(answers.join("52-54-00-00-00-01.toml"), &text)?;
    let signed = sign(bench, &bench.path("secrets"), &text)?;
    let _http = site.http(&answers, PORT)?;
    // The server has its address on the other network, and is the way there.
    let dhcp = Dnsmasq {
        range: Some(("10.78.0.100".into(), "10.78.0.199".into())),
        options: vec![format!("224,http://{SERVER}:{PORT}/${{mac}}.toml")],
        ..Dnsmasq::default()
    };
    let _dhcp = dhcp.start(&site.server, CARD, &bench.folder)?;
    let key = signed.key.display().to_string();
    let bundle = site.bundle("bundle", &["--strict", "--key", &key])?;
    let _server = site.serve(&bundle, &["--dhcp", "--cmdline", "firn.vlan=42"])?;

    let switch = Switch::start(&site.lab(), 1, VLAN)?;
    let machine = Spec::new("vlan")
        .nic(NicModel::Virtio, switch.link(0))
        .extra(switch.between(&tagged.tap()?, &site.network.tap()?))
        .disk(bench.disk("vlan")?, Bus::Virtio)
        .netboot(Netboot::Pxe);
    let machine = machine.no_reboot();
    let unsigned = site.start(&named(&machine, "unsigned"))?;
    refused(&unsigned, "problem ")?;
    ensure!(
        unsigned.serial.text().contains("the file is not signed"),
        "nothing says that the answers are not signed"
    );
    drop(unsigned);
    std::fs::write(
        answers.join("52-54-00-00-00-01.toml.minisig"),
        &signed.signature,
    )?;
    let machine = site.start(&machine)?;
    refused(&machine, "problem disk.target: ")?;
    let text = machine.serial.text();
    ensure!(
        text.contains("10.78.0.") && text.contains(&format!("http://{SERVER}:{PORT}/52-54-00")),
        "nothing shows that the image and the answers came by the VLAN"
    );
    Ok(())
}
