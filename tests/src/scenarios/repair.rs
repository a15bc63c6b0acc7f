//! A host that no longer starts is repaired from the medium; its guests' disks stay as they are.

use super::power_cut::starts_nothing;
use super::refusals::rescue;
use crate::bench::Bench;
use crate::host::{self, Host};
use crate::saved::{self, TWO_DISKS};
use crate::shell::{self, shell};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Firmware, Link, Machine, NicModel, Spec, copy_disk, fingerprint};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const PASSWORD: &str = "new snow 2026";
/// Makes a guest's disk and fills it; long enough to lie in many blocks of the pool.
const FILL: &str = "lvm vgchange -qq --activate y --devices $PVS firn && \
     lvm lvcreate -qq --yes --devices $PVS -V 64M -T firn/guests -n guest1 && udevadm settle && \
     { yes 'the data of a guest' | head -c 64M; true; } >/dev/mapper/firn-guest1 && sync";
const SUM: &str = "lvm vgchange -qq --activate y --devices $PVS firn && udevadm settle && \
     echo \"sum $(sha256sum </dev/mapper/firn-guest1)\"";
const CLOSE: &str = "udevadm settle && lvm vgchange -qq --activate n --devices $PVS firn";
/// Zeros over everything up to the start of the ESP: boot code, partition table, core.img.
const SMASH: &str = "dd if=/dev/zero of=/dev/vda bs=1M count=8 conv=fsync status=none && \
     blockdev --rereadpt /dev/vda && udevadm settle && ! test -e /dev/vda2";

/// An address that nobody reaches, in the settings and in what is made from them: the repair must bring DHCP before anybody gets in by ssh.
const MISLEAD: &str = "lvm lvchange --activate y --devices $PVS firn/state && mount /dev/mapper/firn-state /mnt && cd /mnt/etc/upper && \
     sed -i 's,^ipv4 = .*,ipv4 = { address = \"192.0.2.10/24\" },; s,^ipv6 = .*,ipv6 = \"off\",' firn/host.toml && \
     sed -i 's,^DHCP=.*,DHCP=no\\nAddress=192.0.2.10/24,; s,^IPv6AcceptRA=.*,IPv6AcceptRA=no,' systemd/network/*xenbr0.network && \
     grep -h 192.0.2.10 firn/host.toml systemd/network/*xenbr0.network | wc -l && cd / && umount /mnt && \
     lvm lvchange --activate n --devices $PVS firn/state";

/// Fills a guest's disk of an installed host, breaks its start, repairs, starts.
pub fn run(bench: &Bench) -> Result<()> {
    let installed = saved::installed(bench, &TWO_DISKS)?;
    let (disk, store) = (&installed[0], &installed[1]);
    let machine = |name: &str| {
        Spec::new(name)
            .nic(NicModel::Virtio, Link::User(None))
            .disk(disk, Bus::Virtio)
            .disk(store, Bus::Virtio)
    };
    // A second Firn disk whose volume group has the same name, and even the same identifiers.
    let twin = bench.path("twin.img");
    copy_disk(disk, &twin)?;
    let before = fingerprint(&twin)?;
    let broken = machine("repair")
        .disk(&twin, Bus::Virtio)
        .medium(bench.cd())
        .start(bench.lab(), &bench.folder)?;
    rescue(&broken)?;
    guest_stays(&broken)?;
    broken.screenshot("repaired")?;
    drop(broken);
    ensure!(
        fingerprint(&twin)? == before,
        "the repair has written on the other disk"
    );

    let host = host::boot(bench, machine("host"))?;
    host.check_name(TWO_DISKS.host)?;
    host.check_further_disk()?;
    host.says("firn apply", "nothing changed")?;
    shell::log_in(&host.machine, PASSWORD)?;
    host.off()?;
    under_uefi(bench, machine("repair-uefi"))?;
    // A BIOS that tries the further disk first is not left alone with zeros.
    let store_only = Spec::new("store-only").disk(store, Bus::Virtio);
    let says = ["This disk holds guests of a Firn host"];
    starts_nothing(bench, store_only.firmware_on_serial(), &says)?;
    // Without its further disk the host still starts, and under the other firmware.
    let alone = Spec::new("host-uefi")
        .nic(NicModel::Virtio, Link::User(None))
        .disk(disk, Bus::Virtio)
        .firmware(Firmware::Uefi);
    let host = host::boot(bench, alone)?;
    host.check_name(TWO_DISKS.host)?;
    host.off()
}

/// Breaks and repairs the host; its guest's disk has the same checksum before and after.
fn guest_stays(machine: &Machine) -> Result<()> {
    let does = |command: &str| -> Result<String> {
        let (status, text) = shell(machine, command, 5 * MINUTE)?;
        ensure!(status == 0, "{command}: exit status {status}: {text}");
        Ok(text)
    };
    let sum = || -> Result<String> {
        let text = does(SUM)?;
        does(CLOSE)?;
        let line = text.lines().rev().find(|line| line.starts_with("sum "));
        Ok(line.context("no checksum")?.trim().to_owned())
    };
    does("PVS=/dev/vda5,/dev/vdb1")?;
    let misled = does(MISLEAD)?;
    ensure!(
        misled.lines().any(|line| line.trim() == "2"),
        "the address is not in two files: {misled}"
    );
    does(FILL)?;
    does(CLOSE)?;
    let before = sum()?;
    does(SMASH)?;
    repair(machine)?;
    let after = sum()?;
    ensure!(
        before == after,
        "the guest's disk: {before:?}, then {after:?}"
    );
    Ok(())
}

/// Under UEFI there is a boot entry to write, which leads into the host at once; a host that was started has logs.
fn under_uefi(bench: &Bench, spec: Spec) -> Result<()> {
    let spec = spec.firmware(Firmware::Uefi).medium(bench.cd());
    let machine = spec.start(bench.lab(), &bench.folder)?;
    rescue(&machine)?;
    // The very last lines are of what shuts down after systemd.
    verb(
        &machine,
        "repair logs --lines 50",
        0,
        &[" first systemd[1]: "],
    )?;
    let entry = "The firmware has a new boot entry and takes the disk next.";
    verb(&machine, "repair menu", 0, &[entry])?;
    verb(&machine, "efibootmgr", 0, &["* Firn\t"])?;
    machine.serial.send("systemctl reboot\r")?;
    let host = host::wait(Host::new(bench, machine)?)?;
    host.check_name(TWO_DISKS.host)?;
    host.off()
}

/// Runs a command as a person types it; it ends with this status and says all this.
pub(super) fn verb(machine: &Machine, words: &str, status: u8, said: &[&str]) -> Result<()> {
    let command = words.replace("repair ", "firn-installer repair ");
    let (found, text) = shell(machine, &command, 5 * MINUTE)?;
    ensure!(found == status, "{words}: exit status {found}: {text}");
    for part in said {
        ensure!(text.contains(part), "{words} does not say {part:?}: {text}");
    }
    Ok(())
}

/// All verbs on the host that no longer starts.
fn repair(machine: &Machine) -> Result<()> {
    let verb = |words: &str, status: u8, said: &[&str]| verb(machine, words, status, said);
    verb(
        "repair list",
        0,
        &[" on /dev/vda (20 GB", " on /dev/vdc (20 GB"],
    )?;
    verb(
        "repair menu",
        1,
        &["There are several installed hosts, name one: "],
    )?;
    verb(
        "repair logs --disk /dev/vda",
        1,
        &["the partition table at the start of /dev/vda is damaged: have start menu"],
    )?;
    verb(
        "repair menu --disk /dev/vda",
        0,
        &[
            "The partition table at the start of /dev/vda was damaged and is restored from its copy.",
            "The EFI system partition /dev/vda2 could not be mounted and was made anew.",
            "Start menu and loaders on /dev/vda2 are written anew.",
            "The boot code for BIOS on /dev/vda is written anew.",
            "This machine was started by BIOS: there is no boot entry to write.",
        ],
    )?;
    verb(
        "firn-installer probe",
        0,
        &[&format!("guests of the installed Firn {}", TWO_DISKS.host)],
    )?;
    verb(
        "echo short | repair password --disk /dev/vda",
        1,
        &["The password needs at least 8 characters."],
    )?;
    verb(
        &format!("echo '{PASSWORD}' | repair password --disk /dev/vda"),
        0,
        &[
            "root has a new password on ",
            "ssh goes on to take keys only",
        ],
    )?;
    verb(
        "repair network --disk /dev/vda --nic 52:54:00:00:00:01",
        0,
        &["uses DHCP on "],
    )?;
    verb(
        "repair logs --disk /dev/vda --lines 5",
        1,
        &["This host has kept no log yet"],
    )?;
    verb(
        "repair bundle --disk /dev/vda",
        0,
        &["the journal's last errors", "sha256 "],
    )?;
    verb(
        "repair bundle --disk /dev/vda --to /tmp",
        0,
        &["Written: /tmp/firn-support-"],
    )?;
    verb(
        "cd /tmp; tar -xzf firn-support-*.tar.gz && grep -q 52:54:00:00:00:01 firn-support-*/etc/firn/host.toml && \
         test -s firn-support-*/journal.log && ! grep -rF '$y$' firn-support-*/; test $? = 0",
        0,
        &[],
    )?;
    let (_, text) = shell(machine, "cat /proc/mounts; ls /dev/mapper; cd /", MINUTE)?;
    ensure!(
        !text.contains("/run/firn/repair") && !text.contains("firn-"),
        "something is still mounted or active: {text}"
    );
    Ok(())
}
