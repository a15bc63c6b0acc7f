//! The lab's network itself, with nothing of Firn on it: each way of starting from a network gets as far as a loader's own words.

use super::site::{CARD, SERVER, SERVER_V6, Site};
use crate::bench::Bench;
use anyhow::{Context, Result};
use firn_lab::net::{Client, Dnsmasq};
use firn_lab::qemu::{Firmware, Netboot};
use std::path::Path;
use std::time::Duration;

/// From power-on to a loader's script, under emulation beside other machines.
const PATIENCE: Duration = Duration::from_secs(240);
/// Folders of the tools root, and what is taken out of them under which name.
const LOADERS: &[(&str, &str)] = &[
    ("usr/lib/ipxe/undionly.kpxe", "undionly.kpxe"),
    ("usr/lib/shim/shimx64.efi.signed", "bootx64.efi"),
    (
        "usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed",
        "grubx64.efi",
    ),
];

const IPXE: &str = "hello of iPXE by pcbios";
const TFTP: &str = "hello of GRUB by tftp";
const HTTP: &str = "hello of GRUB by http";
/// The machines, how they start, and what a script then says.
const WAYS: &[(&str, Firmware, Netboot, &str)] = &[
    ("bios", Firmware::Bios, Netboot::Pxe, IPXE),
    ("uefi-pxe", Firmware::Uefi, Netboot::Pxe, TFTP),
    ("uefi-http", Firmware::Uefi, Netboot::Http, HTTP),
    ("secure-pxe", Firmware::SecureBoot, Netboot::Pxe, TFTP),
    ("uefi-pxe6", Firmware::Uefi, Netboot::PxeV6, TFTP),
];

/// BIOS over iPXE, UEFI over PXE and HTTP, IPv6, and Secure Boot.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let folder = site.folder("tftp")?;
    fill(bench, &folder)?;
    let http = format!("http://{SERVER}/bootx64.efi");
    let server = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        range_v6: Some(("fd77::100".into(), "fd77::1ff".into())),
        tftp: Some(folder.clone()),
        ..Dnsmasq::default()
    };
    let server = server
        .loader(Client::Bios, "undionly.kpxe")
        .loader(Client::Ipxe, format!("http://{SERVER}/hello.ipxe"))
        .loader(Client::Uefi, "bootx64.efi")
        .loader(Client::UefiHttp, http)
        .loader(Client::UefiV6, format!("tftp://[{SERVER_V6}]/bootx64.efi"));
    let _dhcp = server.start(&site.server, CARD, &bench.folder)?;
    let _http = site.http(&folder, 80)?;
    for (name, firmware, how, said) in WAYS {
        let spec = site.machine(name, *firmware, *how)?;
        let machine = site.start(&spec.memory(512).firmware_on_serial())?;
        let found = machine.serial.wait_for(said, PATIENCE);
        found.with_context(|| format!("starting {name}"))?;
    }
    Ok(())
}

fn fill(bench: &Bench, folder: &Path) -> Result<()> {
    for (from, to) in LOADERS {
        let from = bench.lab().root().path().join(from);
        std::fs::copy(&from, folder.join(to))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    // GRUB waits for ever for a file that comes in one packet with the end of the connection; busybox sends small ones so.
    let script = format!(
        "echo \"hello of GRUB by $root\"\nsleep 600\n{}",
        "# snow\n".repeat(1000)
    );
    std::fs::create_dir_all(folder.join("grub"))?;
    std::fs::write(folder.join("grub/grub.cfg"), script)?;
    std::fs::write(
        folder.join("hello.ipxe"),
        "#!ipxe\necho hello of iPXE by ${platform}\nsleep 600\n",
    )?;
    Ok(())
}
