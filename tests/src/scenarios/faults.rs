//! Everything goes wrong, one thing after the other, in one start of the medium: what is said, and how the disk is left.

mod cases;

use super::power_cut::{NOTICE, starts_nothing};
use super::refusals::rescue;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::host;
use crate::install::INSTALL;
use crate::shell::shell;
use anyhow::{Context, Result, ensure};
use cases::{AGAIN, CASES, Case, Left};
use firn_lab::qemu::{Bus, Firmware, Link, Machine, NicModel, Spec, fat_image};
use std::fs::File;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// All cases, then an installation that succeeds on a half-done disk although nothing around it works.
pub fn run(bench: &Bench) -> Result<()> {
    let disks: Vec<PathBuf> = CASES
        .iter()
        .map(|case| bench.disk_of(case.serial, case.bytes))
        .collect::<Result<_>>()?;
    let machine = start(bench, &disks)?;
    // All of them, so that one start shows everything that is wrong.
    let mut wrong: Vec<String> = CASES
        .iter()
        .filter_map(|case| {
            let error = fails(&machine, case).err()?;
            Some(format!("the case {}: {error:#}", case.serial))
        })
        .collect();
    wrong.extend(full_stick(&machine).err().map(|e| format!("{e:#}")));
    wrong.extend(succeeds(&machine).err().map(|e| format!("{e:#}")));
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    machine.screenshot("end")?;
    // The disks are read when nobody writes them any longer.
    drop(machine);
    for (case, disk) in CASES.iter().zip(&disks) {
        if case.serial != AGAIN {
            left(disk, case.left).with_context(|| format!("the disk {}", case.serial))?;
        }
    }
    let half = CASES.iter().position(|case| case.step == "slot");
    let half = &disks[half.context("no such case")?];
    let disk = |name: &str, path: &Path| Spec::new(name).disk(path, Bus::Virtio);
    let bios = disk("after-bios", half).firmware_on_serial();
    starts_nothing(bench, bios, &[NOTICE])?;
    let uefi = disk("after-uefi", half).firmware(Firmware::Uefi);
    starts_nothing(bench, uefi, &["No bootable option", "Shell>"])?;

    let again = CASES.iter().position(|case| case.serial == AGAIN);
    let again = &disks[again.context("no such case")?];
    let spec = disk("host", again)
        .firmware(Firmware::Uefi)
        .nic(NicModel::Virtio, Link::User(None));
    let host = host::boot(bench, spec)?;
    host.check_name("again.example.net")?;
    host.off()
}

/// A UEFI machine with all disks and a stick with all answers, at the prompt of the rescue shell.
fn start(bench: &Bench, disks: &[PathBuf]) -> Result<Machine> {
    let files: Vec<(String, String)> = CASES
        .iter()
        .map(|case| {
            (
                format!("{}.tom", case.serial.to_lowercase()),
                answers(bench, case.serial, "xen1"),
            )
        })
        .chain([("again.tom".to_owned(), answers(bench, AGAIN, "again"))])
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let stick = bench.path("files.img");
    fat_image(&stick, "FIRNTEST", &files)?;
    let mut spec = Spec::new("faults")
        .firmware(Firmware::Uefi)
        .memory(3072)
        .medium(bench.cd())
        .nic(NicModel::Virtio, Link::User(None));
    for (case, disk) in CASES.iter().zip(disks) {
        spec = spec.bad_disk(disk, case.serial, case.bad);
    }
    let machine = spec
        .disk_with_serial(stick, Bus::Usb, "FILES")
        .start(bench.lab(), &bench.folder)?;
    // The cable is out from the first moment.
    machine.qmp().set_link(0, false)?;
    rescue(&machine)?;
    let (status, said) = shell(
        &machine,
        "udevadm wait --timeout=90 /dev/disk/by-label/FIRNTEST && udevadm settle && mount -o ro /dev/disk/by-label/FIRNTEST /mnt",
        2 * MINUTE,
    )?;
    ensure!(status == 0, "mounting the stick: {said}");
    Ok(machine)
}

/// DHCP on the NIC without a link, and name servers that nobody has.
fn answers(bench: &Bench, serial: &str, name: &str) -> String {
    Answers::new(&bench.shared.key, &format!("{name}.example.net"))
        .network("interface = { mac = \"52:54:00:00:00:01\" }\ndns = [\"192.0.2.1\"]")
        .disk(&format!("target = {{ serial = \"{serial}\" }}"))
        .to_toml()
        + "\n[checks]\nskip = [\"virtualization\", \"nested-paging\"]\n"
}

/// Runs the unattended installation, which must fail as the case says.
fn fails(machine: &Machine, case: &Case) -> Result<()> {
    shell(machine, "export PATH=/usr/sbin:/usr/bin", MINUTE)?;
    let (status, said) = shell(machine, case.before, MINUTE)?;
    ensure!(status == 0, "{}: {said}", case.before);
    let command = format!(
        "firn-installer unattended --stdout --answers /mnt/{}.tom {}",
        case.serial.to_lowercase(),
        case.words
    );
    let (status, said) = shell(machine, &command, INSTALL)?;
    ensure!(status == 1, "exit status {status} instead of 1: {said}");
    let has = |text: &str| said.lines().any(|line| line.contains(text));
    ensure!(
        has(&format!("failed: {}: ", case.step)),
        "it did not fail in {}: {said}",
        case.step
    );
    let end = match case.left {
        Left::Untouched => "disk: Nothing was written to ",
        Left::Wiped => " is wiped, without a partition table, and nothing starts from it.",
        Left::Unfinished => {
            " holds an unfinished installation that nothing starts from. It is marked so and counts as empty."
        }
    };
    for text in [&[end], case.said].concat() {
        ensure!(has(text), "it does not say {text:?}: {said}");
    }
    // Nothing of it stays mounted or active.
    let (_, said) = shell(machine, "cat /proc/mounts; ls /dev/mapper", MINUTE)?;
    ensure!(
        !said.contains("/run/firn/target")
            && !said.contains("firn-state")
            && !said.contains("firn-guests"),
        "something is still mounted or active: {said}"
    );
    Ok(())
}

/// A stick without room gets a sentence and no half of a file; one with room gets the archive.
fn full_stick(machine: &Machine) -> Result<()> {
    let (status, said) = shell(
        machine,
        "mkdir -p /root/full && mount -t tmpfs -o size=16k tmpfs /root/full && firn-installer support --to /root/full",
        5 * MINUTE,
    )?;
    ensure!(
        status == 1 && said.contains("could not be written: No space left on device"),
        "exit status {status}: {said}"
    );
    let (_, said) = shell(machine, "ls /root/full | wc -l; umount /root/full", MINUTE)?;
    ensure!(
        said.lines().any(|line| line.trim() == "0"),
        "something is left: {said}"
    );
    let check = "cd /tmp && firn-installer support --to /tmp && tar -xzf firn-support-*.tar.gz && \
         grep -l 'failed: slot' firn-support-*/install.log && test -s firn-support-*/kernel.log && cd /";
    let (status, said) = shell(machine, check, 5 * MINUTE)?;
    ensure!(status == 0, "the bundle is not as it should be: {said}");
    Ok(())
}

/// No link, no DNS, firmware that refuses: two warnings, and a host all the same.
fn succeeds(machine: &Machine) -> Result<()> {
    let ro = "export PATH=/usr/sbin:/usr/bin; mount -o remount,ro /sys/firmware/efi/efivars || mount -t efivarfs -o ro efivarfs /sys/firmware/efi/efivars";
    let (status, said) = shell(machine, ro, MINUTE)?;
    ensure!(status == 0, "making efivarfs read-only: {said}");
    let command = "firn-installer unattended --stdout --answers /mnt/again.tom";
    let (status, said) = shell(machine, command, INSTALL)?;
    ensure!(status == 0, "exit status {status}: {said}");
    for text in [
        "is empty; nothing is destroyed.",
        "warning: the network gave no address yet: look at its cable, switch and DHCP server",
        "warning: the firmware takes no boot entry (",
        "done: again.example.net at (no address yet)",
    ] {
        ensure!(said.contains(text), "it does not say {text:?}: {said}");
    }
    Ok(())
}

/// Looks at the image itself.
fn left(disk: &Path, left: Left) -> Result<()> {
    if left == Left::Untouched {
        let data = File::open(disk)?.metadata()?.blocks();
        ensure!(data == 0, "{data} blocks were written");
        return Ok(());
    }
    let file = File::open(disk)?;
    let mut start = vec![0; 1 << 20];
    file.read_exact_at(&mut start, 0)?;
    let has = |bytes: &[u8]| start.windows(bytes.len()).any(|window| window == bytes);
    ensure!(has(NOTICE.as_bytes()), "its first sector does not say so");
    let name: Vec<u8> = firn_image::disk::UNFINISHED
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    ensure!(
        has(b"EFI PART") == (left == Left::Unfinished),
        "its partition table"
    );
    ensure!(has(&name) == (left == Left::Unfinished), "its mark");
    Ok(())
}
