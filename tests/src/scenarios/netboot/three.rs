//! Three machines at once, each with answers of its own.

use super::bios::done;
use super::site::Site;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::host::{self, Host};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Firmware, Netboot, Spec};
use std::sync::Mutex;

/// Name of machine and host, firmware, MAC, serial number, product.
const MACHINES: &[(&str, Firmware, &str, &str, &str)] = &[
    (
        "by-mac",
        Firmware::Bios,
        "52:54:00:00:00:0a",
        "SN-1",
        "Rack 1",
    ),
    (
        "by-serial",
        Firmware::Bios,
        "52:54:00:00:00:0b",
        "SN-2",
        "Rack 1",
    ),
    (
        "by-rule",
        Firmware::Uefi,
        "52:54:00:00:00:0c",
        "SN-3",
        "Blade 7",
    ),
];

/// They are installed at the same time, start from the network again, are sent to their disks, and run Xen.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let file = |name: &str| {
        let name = format!("{name}.example.net");
        Answers::new(&bench.shared.key, &name)
            .finish("reboot")
            .to_toml()
    };
    let rules = "[[rule]]\nmatch = { product = \"Blade*\" }\nfiles = [\"blades.toml\"]\n";
    let answers = site.answers(&[
        ("by-mac/52-54-00-00-00-0a.toml", &file("by-mac")),
        ("by-serial/SN-2.toml", &file("by-serial")),
        ("blades.toml", &file("by-rule")),
        ("rules.toml", rules),
    ])?;
    let _server = site.serve_dhcp(&bundle, &answers, &["--once"])?;
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for machine in MACHINES {
            let (site, failures) = (&site, &failures);
            scope.spawn(move || {
                let ended =
                    one(site, machine).with_context(|| format!("the machine {}", machine.0));
                let mut failures = failures.lock().unwrap_or_else(|bad| bad.into_inner());
                failures.extend(ended.err().map(|error| format!("{error:#}")));
            });
        }
    });
    let failures = failures.into_inner().unwrap_or_else(|bad| bad.into_inner());
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

fn one(site: &Site, machine: &(&str, Firmware, &str, &str, &str)) -> Result<()> {
    let (name, firmware, mac, serial, product) = machine;
    let smbios = format!("type=1,serial={serial},product={product}");
    let spec: Spec = site.with_disk(name, *firmware, Netboot::Pxe)?;
    let machine = site.start(&spec.mac(mac).extra(["-smbios", &smbios]))?;
    let line = done(&machine)?;
    let address = line.rsplit(' ').next().context("no address")?;
    let host = host::wait(Host {
        ssh: site.ssh(address)?,
        machine,
    })?;
    host.check_name(&format!("{name}.example.net"))?;
    host.says("xl info", "xen_version")?;
    host.off()
}
