//! Guests on an installed host, started with `xl` from a plain file.

use std::time::Duration;

use anyhow::{Context, Result};
use firn_lab::qemu::Terminal;

use crate::bench::Bench;
use crate::host::Host;

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
boot = "d"
serial = "pty"
vga = "stdvga"
vnc = 0
vif = ["bridge=xenbr0"]
disk = ["format=raw,vdev=xvda,access=rw,target=/dev/firn/hvm", "format=raw,vdev=hdc,access=ro,devtype=cdrom,target=/root/guests/hvm.iso"]
"#;

/// Runs both guests at once: the HVM guest reads its CD so slowly under emulation that the other is done meanwhile.
pub fn both(bench: &Bench, host: &Host) -> Result<()> {
    host.ssh.run(&format!("mkdir -p {FOLDER}"))?;
    let hvm = hvm(bench, host)?;
    let pvh = pvh(bench, host)?;
    pvh.says("Select a language")?;
    // The NIC by the name of its driver: Xen's PV driver is called vif.
    hvm.says("firn-hvm: disk=xvda nic=vif")
}

/// Debian's installer, a real foreign system.
fn pvh<'a>(bench: &Bench, host: &'a Host) -> Result<Guest<'a>> {
    let files = bench.guests()?;
    let files = [files.join("linux"), files.join("initrd.gz")];
    host.ssh.copy(&[&files[0], &files[1]], FOLDER, COPY)?;
    Guest::start(bench, host, "pvh", PVH, "xl console -t pv pvh")
}

/// A small ISO that says on its serial port which disk and NIC it sees.
fn hvm<'a>(bench: &Bench, host: &'a Host) -> Result<Guest<'a>> {
    let iso = bench.guests()?.join("hvm.iso");
    host.ssh
        .run("lvcreate -qq -y -V 1G -T firn/guests -n hvm")?;
    host.ssh.copy(&[&iso], FOLDER, COPY)?;
    Guest::start(bench, host, "hvm", HVM, "xl console -t serial hvm")
}

/// A running guest and its console.
struct Guest<'a> {
    name: &'static str,
    host: &'a Host,
    terminal: Terminal,
}

impl<'a> Guest<'a> {
    fn start(
        bench: &Bench,
        host: &'a Host,
        name: &'static str,
        config: &str,
        console: &str,
    ) -> Result<Guest<'a>> {
        let file = format!("{FOLDER}/{name}.cfg");
        host.ssh.run(&format!(
            "cat >{file} <<'END'\n{config}END\nxl create {file}"
        ))?;
        let log = bench.path(&format!("guest-{name}.log"));
        let terminal = host.ssh.terminal(console, &log)?;
        Ok(Guest {
            name,
            host,
            terminal,
        })
    }

    /// Waits until its console has said this, then ends it.
    fn says(self, text: &str) -> Result<()> {
        let name = self.name;
        let said = self.terminal.console.wait_for(text, GUEST);
        said.with_context(|| format!("the {name} guest"))?;
        let command = format!("xl list {name} && xl destroy {name}");
        self.host.ssh.run(&command).map(drop)
    }
}
