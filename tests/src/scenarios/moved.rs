//! A host whose disks are plugged in elsewhere, with other serial numbers; with a copy beside it; with one of them missing.

use crate::bench::Bench;
use crate::host::{self, Host};
use crate::saved::{self, TWO_DISKS};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Link, NicModel, Spec, copy_disk, fingerprint};
use std::time::{Duration, Instant};

const STATUS: &str = "firn status";
const ISSUE: &str = "/run/issue.d/firn.issue";
const MINUTES: Duration = Duration::from_secs(5 * 60);
/// A guest's disk with something to read.
const MAKE_GUEST: &str = "lvcreate -qq --yes -V 64M -T firn/guests -n guest1 && echo of-the-guest | dd of=/dev/firn/guest1 conv=fsync status=none";
const READ_GUEST: &str = "head -c 12 /dev/firn/guest1";

/// The first start is on another controller already; then another one with a copy beside it; then one without the further disk.
pub fn run(bench: &Bench) -> Result<()> {
    let installed = saved::installed(bench, &TWO_DISKS)?;
    let (disk, store) = (&installed[0], &installed[1]);
    let machine = |name: &str| Spec::new(name).nic(NicModel::Virtio, Link::User(None));
    let moved = machine("sata")
        .disk_with_serial(disk, Bus::Sata, "OTHER1")
        .disk_with_serial(store, Bus::Nvme, "OTHER2");
    let host = host::boot(bench, moved)?;
    well(&host).context("the disks on other controllers, with other serial numbers")?;
    host.ssh.run(MAKE_GUEST)?;
    failure_is_shown(&host)?;
    host.off()?;

    let copy = bench.path("copy.img");
    copy_disk(disk, &copy)?;
    let before = fingerprint(&copy)?;
    let beside = machine("copy")
        .disk_with_serial(disk, Bus::Nvme, "THIRD1")
        .disk_with_serial(store, Bus::Virtio, "THIRD2")
        .disk_with_serial(&copy, Bus::Virtio, "THIRD3");
    let host = host::boot(bench, beside)?;
    let status = well(&host).context("a copy of the disk beside it")?;
    ensure!(
        status.contains("it is a copy of /dev/"),
        "the copy is not named: {status}"
    );
    host.says(READ_GUEST, "of-the-guest")?;
    one_disk(&host)?;
    host.off()?;
    // Whichever of the two was taken, the other one is as it was.
    let taken = fingerprint(&copy)? != before;
    ensure!(
        !taken,
        "the copy was written to, though the other disk comes first"
    );

    let missing = machine("missing").disk_with_serial(disk, Bus::Virtio, "FOURTH1");
    let host = host::boot(bench, missing)?;
    lacks_a_disk(&host)?;
    host.off()
}

/// Everything works, and `firn status` ends with 0.
fn well(host: &Host) -> Result<String> {
    host.check_name(TWO_DISKS.host)?;
    host.ssh
        .output("systemctl is-system-running --wait", host::START)?;
    let status = host.ssh.output(STATUS, MINUTES)?;
    ensure!(
        status.status == 0,
        "firn status: {}: {}",
        status.status,
        status.text
    );
    ensure!(
        !status.text.contains("Problem"),
        "firn status: {}",
        status.text
    );
    host.says("systemctl is-active firn-store", "active")?;
    host.says("lvs --noheadings -o lv_active firn/guests", "active")?;
    let listed = host
        .ssh
        .run("grep -c PVID= /etc/lvm/devices/system.devices")?;
    ensure!(listed.trim() == "2", "in the devices file: {listed}");
    Ok(status.text)
}

/// Slot, state and pool come from one disk (and its further disk), not from the copy.
fn one_disk(host: &Host) -> Result<()> {
    let slot = host.ssh.run("findmnt -no SOURCE /run/firn/slot")?;
    let disk = slot
        .trim()
        .trim_end_matches('3')
        .trim_end_matches('p')
        .to_owned();
    let volumes = host
        .ssh
        .run("lvs --noheadings -o devices firn; pvs --noheadings -o pv_name")?;
    ensure!(volumes.contains(&disk), "nothing of {disk} in {volumes}");
    let state = host.ssh.run("lvs --noheadings -o devices firn/state")?;
    ensure!(state.contains(&disk), "the state is not on {disk}: {state}");
    Ok(())
}

/// A service that fails after the login prompt was drawn is named there, and makes `firn status` end with 1.
fn failure_is_shown(host: &Host) -> Result<()> {
    let unit = "[Unit]\\nDescription=A test\\n[Service]\\nType=oneshot\\nExecStart=/bin/sh -c \\\"echo it is broken; exit 3\\\"\\n";
    let make = format!(
        "printf \"{unit}\" >/run/systemd/system/broken.service && systemctl daemon-reload && ! systemctl start broken"
    );
    host.ssh.run(&make)?;
    let sentence = "Problem    A test (broken.service): exit status 3: it is broken";
    host.machine
        .serial
        .wait_for(sentence, MINUTES)
        .context("the login screen after a failure")?;
    fails_with(host, sentence)?;
    let json = host.ssh.output("firn status --json", MINUTES)?;
    for part in [
        "\"problems\": [",
        "\"severity\": \"failed\"",
        "\"part\": \"A test (broken.service)\"",
    ] {
        ensure!(json.text.contains(part), "{part} is missing: {}", json.text);
    }
    // What has been mended is no longer shown.
    host.ssh
        .run("systemctl reset-failed broken && systemctl restart firn-issue")?;
    let issue = host.ssh.run(&format!("cat {ISSUE}"))?;
    ensure!(!issue.contains("Problem"), "it is still shown: {issue}");
    Ok(())
}

fn fails_with(host: &Host, sentence: &str) -> Result<()> {
    let status = host.ssh.output(STATUS, MINUTES)?;
    ensure!(
        status.status == 1 && status.text.contains(sentence),
        "firn status: {}: {}",
        status.status,
        status.text
    );
    Ok(())
}

/// The host itself runs; the store says which disk it lacks.
fn lacks_a_disk(host: &Host) -> Result<()> {
    host.ssh
        .output("systemctl is-system-running --wait", host::START)?;
    fails_with(
        host,
        "Problem    Store for guests (firn-store.service): exit status 1: a disk of the store is missing (physical volume ",
    )?;
    let end = Instant::now() + MINUTES;
    let shown = || host.ssh.run(&format!("cat {ISSUE}"));
    while !shown()?.contains("Problem    Store for guests (firn-store.service)") {
        ensure!(
            Instant::now() < end,
            "the login screen does not name it: {}",
            shown()?
        );
        std::thread::sleep(Duration::from_secs(2));
    }
    Ok(())
}
