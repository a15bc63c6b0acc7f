//! How long the image takes over the network into a machine's memory, beside curl in the same machine.

use super::row::{Row, Unit};
use super::server::Server;
use super::shell::Shell;
use super::site::Bench;
use super::step;
use crate::iso;
use crate::netboot::program;
use anyhow::{Context, Result};
use firn_image::cmdline::key::{BASE, ROOT, ROOT_NET};
use firn_image::file::{self, ALL as FILES};
use firn_lab::qemu::{Lab, Link, NicModel, Spec};
use firn_tree::Root;
use std::process::Command;
use std::time::{Duration, Instant};

/// Emulation is slow.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// The address that QEMU's own network has for the machine.
const ADDRESS: &str = "n=$(ls /sys/class/net | grep -v '^lo$'); ip link set $n up; ip address add 10.0.2.15/24 dev $n";

/// The section's row.
///
/// # Errors
/// When the server or the folder cannot be built, or the machine does not come as far as its shell.
pub fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let site = bench.site()?;
    let (program, folder) = (program()?, iso::netboot()?);
    let mut serve = Command::new(program);
    serve.args(["serve", "--no-dhcp", "--folder"]).arg(&folder);
    serve.arg("--state").arg(bench.path("netboot-state.json"));
    let server = Server::start(serve)?;
    // QEMU's own network shows the loopback address so.
    let base = format!("http://10.0.2.2:{}/{}", server.port, file::FOLDER);

    step("an image over the network");
    let path = |name: &str| folder.join(file::path(name));
    let words = format!(
        "console=tty0 console=ttyS0,115200 quiet loglevel=3 {ROOT}={ROOT_NET} {BASE}={base} systemd.unit=firn-rescue.target"
    );
    let spec = Spec::new("netboot").nic(NicModel::Virtio, Link::User(None));
    let spec = spec.loaded(&path(file::KERNEL), &path(file::NETBOOT_INITRD), &words);
    let root = Root::open(&site.built.tools)?.bind(&bench.folder);
    let lab = Lab::new(root.bind(&folder))?;
    let machine = spec.start(&lab, &bench.folder)?;
    machine.serial.wait_for("Firn: eth0 has ", PATIENCE)?;
    let begun = Instant::now();
    machine
        .serial
        .wait_for("Firn: the image is complete", PATIENCE)?;
    let ours = begun.elapsed().as_secs_f64();

    step("the same files by curl in the same machine");
    let shell = Shell::prompt(&machine.serial)?;
    shell.run(ADDRESS, PATIENCE)?;
    let fetch = format!("curl -sS -w '%{{time_total}}\\n' {}", outputs(&base));
    let times = shell.run(&fetch, PATIENCE)?;
    let limit = sum(&times).with_context(|| format!("curl said {times:?}"));
    Ok(vec![
        Row::new(
            "netboot-image",
            "first address to the image complete, checked",
            Unit::Seconds,
            Ok::<_, String>(ours),
        )
        .beside(
            "curl of the same files to nowhere",
            limit.map_err(|error| format!("{error:#}")),
        ),
    ])
}

/// The files that the initrd fetches, and where they go: nowhere, which takes the least time.
fn outputs(base: &str) -> String {
    let words = FILES.map(|file| format!("-o /dev/null {base}/{file}"));
    words.join(" ")
}

/// The seconds that curl has said, a line for each file.
fn sum(text: &str) -> Option<f64> {
    let times: Vec<f64> = text
        .lines()
        .map(|line| line.trim().parse().ok())
        .collect::<Option<_>>()?;
    (times.len() == FILES.len()).then(|| times.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_all_files_or_none() {
        assert_eq!(sum("0.5\n1.25\n0.25\n1\n1"), Some(4.0));
        assert_eq!(sum("0.5\n1.25"), None);
        assert_eq!(sum("curl: (7) no\n1\n1\n1\n1"), None);
    }
}
