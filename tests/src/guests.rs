//! Guests on an installed host, started with `xl` from a plain file.

use crate::bench::Bench;
use crate::host::Host;
use anyhow::{Context, Result};
use std::time::Duration;

/// Emulation inside of which a hypervisor runs a guest.
const GUEST: Duration = Duration::from_secs(20 * 60);
const COPY: Duration = Duration::from_secs(15 * 60);

/// Where the guests' files go on the host.
const FOLDER: &str = "/root/guests";

const PVH: &str = r#"name = "pvh"
type = "pvh"
memory = 900
vcpus = 1
kernel = "/root/guests/linux"
ramdisk = "/root/guests/initrd.gz"
extra = "console=hvc0 DEBIAN_FRONTEND=text"
vif = ["bridge=xenbr0"]
"#;

const HVM: &str = r#"name = "hvm"
type = "hvm"
memory = 512
vcpus = 1
cpus = "0"
boot = "d"
serial = "pty"
vga = "stdvga"
vnc = 0
vif = ["bridge=xenbr0"]
disk = ["format=raw,vdev=xvda,access=rw,target=/dev/firn/hvm", "format=raw,vdev=hdc,access=ro,devtype=cdrom,target=/root/guests/hvm.iso"]
"#;

/// Starts Debian's installer as a PVH guest and waits for its first question.
pub fn pvh(bench: &Bench, host: &Host) -> Result<()> {
    let files = bench.guests()?;
    host.ssh.run(&format!("mkdir -p {FOLDER}"))?;
    let files = [files.join("linux"), files.join("initrd.gz")];
    host.ssh.copy(&[&files[0], &files[1]], FOLDER, COPY)?;
    run(
        bench,
        host,
        "pvh",
        PVH,
        "xl console -t pv pvh",
        "Select a language",
    )
}

/// Starts a small ISO as an HVM guest; it says on its serial port which disk and NIC it sees.
///
/// Its firmware reads the CD through dom0's QEMU, one exit after the other. Guest and dom0 share one processor here: an emulated
/// machine passes that ball four times as fast within one processor as between two.
pub fn hvm(bench: &Bench, host: &Host) -> Result<()> {
    let iso = bench.guests()?.join("hvm.iso");
    host.ssh.run("xl vcpu-pin Domain-0 all 0")?;
    host.ssh.run(&format!(
        "mkdir -p {FOLDER} && lvcreate -qq -y -V 1G -T firn/guests -n hvm"
    ))?;
    host.ssh.copy(&[&iso], FOLDER, COPY)?;
    run(
        bench,
        host,
        "hvm",
        HVM,
        "xl console -t serial hvm",
        // The NIC by the name of its driver: Xen's PV driver is called vif.
        "firn-hvm: disk=xvda nic=vif",
    )
}

fn run(
    bench: &Bench,
    host: &Host,
    name: &str,
    config: &str,
    console: &str,
    expected: &str,
) -> Result<()> {
    host.ssh.run(&format!(
        "cat >{FOLDER}/{name}.cfg <<'END'\n{config}END\nxl create {FOLDER}/{name}.cfg"
    ))?;
    let log = bench.path(&format!("guest-{name}.log"));
    let terminal = host.ssh.terminal(console, &log)?;
    terminal
        .console
        .wait_for(expected, GUEST)
        .with_context(|| format!("the {name} guest"))?;
    drop(terminal);
    host.ssh
        .run(&format!("xl list {name}; xl destroy {name}"))?;
    Ok(())
}
