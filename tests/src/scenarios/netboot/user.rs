//! Netboot without any privilege: QEMU's own network gives the address, a web server of ours the files.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::host;
use crate::install::{End, answers_stick, end};
use crate::web::Web;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Spec};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// From power-on to the first file of the image: iPXE, kernel and initrd, emulated.
const LOADED: Duration = Duration::from_secs(10 * 60);
/// The dead server stays away for so long.
const AWAY: Duration = Duration::from_secs(5);

/// A file with another checksum is refused; a server that dies half-way and comes back delays the installation, and no more.
pub fn run(bench: &Bench) -> Result<()> {
    let bundle = bench.path("bundle");
    bench.shared.netboot.bundle(&bundle, &[])?;
    wrong_checksum(bench, &bundle)?;
    let web = Web::serve(&bundle)?;
    let disk = bench.disk("disk")?;
    let answers = Answers::new(&bench.shared.key, "net.example.net");
    let stick = answers_stick(bench, "install", &answers.to_toml())?;
    let machine = machine("install", &web)
        .disk(&disk, Bus::Virtio)
        .disk_with_serial(stick, Bus::Usb, "ANSWERS")
        .memory(1536)
        .start(bench.lab(), &bench.folder)?;
    // What the loader fetches is about a third as much as what comes then.
    machine
        .serial
        .wait_for("Firn: eth0 has 10.0.2.15", LOADED)?;
    let image = size(&bundle, "root.squashfs")?;
    web.die_after(web.sent() + image / 2);
    web.wait_dead(LOADED)?;
    machine
        .serial
        .wait_for("Trying again in 1 s", Duration::from_secs(120))?;
    std::thread::sleep(AWAY);
    web.revive();
    machine
        .serial
        .wait_for("Firn: the image is complete", LOADED)?;
    let End::Done(line) = end(&machine)? else {
        anyhow::bail!("the installation was refused");
    };
    ensure!(
        line.starts_with("done: net.example.net at 10.0.2.15"),
        "it says {line:?}"
    );
    machine.wait_off(crate::install::OFF)?;
    let nic = Spec::new("host").disk(&disk, Bus::Virtio).nic(
        firn_lab::qemu::NicModel::Virtio,
        firn_lab::qemu::Link::User(None),
    );
    let host = host::boot(bench, nic)?;
    host.check_name("net.example.net")?;
    host.off()
}

/// A file is not the one that `netboot.img` was made for. Files are fetched in the order of their names.
fn wrong_checksum(bench: &Bench, bundle: &Path) -> Result<()> {
    let folder = other_image(bench, bundle)?;
    let web = Web::serve(&folder)?;
    let machine = machine("checksum", &web)
        .memory(1536)
        .start(bench.lab(), &bench.folder)?;
    let line = machine.serial.wait_line(&["Firn cannot start: "], LOADED)?;
    let url = format!(
        "{}/firn/initrd.img has 4 bytes with the sha256 9f86d081",
        web.url()
    );
    ensure!(line.contains(&url), "it says {line:?}");
    machine.kill();
    Ok(())
}

/// The bundle with another `initrd.img`; everything else is linked.
fn other_image(bench: &Bench, from: &Path) -> Result<PathBuf> {
    let to = bench.path("other");
    std::fs::create_dir_all(to.join("firn"))?;
    for name in [
        "firn.ipxe",
        "firn/vmlinuz",
        "firn/netboot.img",
        "firn/manifest.json",
        "firn/boot.cfg",
    ] {
        std::os::unix::fs::symlink(from.join(name), to.join(name))
            .with_context(|| format!("linking {name}"))?;
    }
    std::fs::write(to.join("firn/initrd.img"), "test")?;
    Ok(to)
}

fn size(bundle: &Path, name: &str) -> Result<u64> {
    let path = bundle.join("firn").join(name);
    let found = path.metadata();
    Ok(found
        .with_context(|| format!("opening {}", path.display()))?
        .len())
}

/// QEMU's option ROM is iPXE, which takes a script's URL in place of a file name.
fn machine(name: &str, web: &Web) -> Spec {
    let netdev = format!("user,id=boot,bootfile={}/firn.ipxe", web.url());
    Spec::new(name).extra([
        "-netdev",
        &netdev,
        "-device",
        "virtio-net-pci,netdev=boot,mac=52:54:00:00:00:01,bootindex=0",
    ])
}
