//! A guest on an installed host that nobody but Xen looks after: started with `xl` from a plain file.

use crate::bench::Bench;
use crate::host::Host;
use anyhow::{Context, Result};
use std::time::Duration;

/// Emulation inside of which a hypervisor runs a guest.
const GUEST: Duration = Duration::from_secs(20 * 60);
const COPY: Duration = Duration::from_secs(15 * 60);

/// Where the guests' files go on the host.
const FOLDER: &str = "/root/guests";

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
    host.ssh.run(&format!(
        "cat >{FOLDER}/hvm.cfg <<'END'\n{HVM}END\nxl create {FOLDER}/hvm.cfg"
    ))?;
    let log = bench.path("guest-hvm.log");
    let terminal = host.ssh.terminal("xl console -t serial hvm", &log)?;
    // The NIC by the name of its driver: Xen's PV driver is called vif.
    let seen = terminal
        .console
        .wait_for("firn-hvm: disk=xvda nic=vif", GUEST);
    seen.context("the HVM guest")?;
    drop(terminal);
    host.ssh.run("xl list hvm; xl destroy hvm").map(drop)
}
