//! Under Secure Boot the installer itself starts, so that it can say why nothing is installed.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{End, OFF, end, start};
use crate::shell::{self, shell};
use anyhow::{Result, ensure};
use firn_lab::qemu::{Bus, Link, Machine, NicModel, Spec, fingerprint};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// What the running system says of Secure Boot, each with a text that its answer must hold. The fourth shows that lockdown
/// takes nothing away from the installer's own look at the machine: it forbids writing registers of the processor, not reading them.
const PROOFS: &[(&str, &str)] = &[
    (
        "od -An -tu1 -j4 /sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c",
        " 1",
    ),
    ("dmesg | grep -i 'secure boot'", "enabled"),
    ("cat /sys/kernel/security/lockdown", "[integrity]"),
    (
        "firn-installer probe --json | tr -d ' \\n' | grep -o '\"virtualization\":[^,]*,'",
        "{\"known\":\"on\"}",
    ),
    // Without the mark at its end a module has no signature; with another byte in it the signature is none of this module's.
    (
        "busybox xzcat $(modinfo -n sym53c8xx) >/tmp/good.ko && head -c -28 /tmp/good.ko >/tmp/bare.ko && \
         firn-installer drivers load /tmp/bare.ko",
        "problem Secure Boot is on, and bare.ko has no signature that this kernel knows. ",
    ),
    (
        "LC_ALL=C sed 's/license=GPL/license=GPX/' /tmp/good.ko >/tmp/other.ko && firn-installer drivers load /tmp/other.ko",
        "problem Secure Boot is on, and other.ko has no signature that this kernel knows. ",
    ),
    ("grep -c sym53c8xx /proc/modules", "0"),
    (
        "firn-installer drivers load /tmp/good.ko",
        "good.ko is loaded",
    ),
];

/// Microsoft's keys, Debian's shim, GRUB and kernel: one problem line, nothing written, and Secure Boot was really on.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let before = fingerprint(&disk)?;
    let answers = Answers::new(&bench.shared.key, "secure.example.net").finish("shell");
    let spec = Spec::new("install")
        .secure_boot()
        .disk(&disk, Bus::Virtio)
        .nic(NicModel::Virtio, Link::User(None))
        .no_reboot();
    let machine = start(bench, spec, bench.cd(), &answers.to_toml())?;
    match end(&machine)? {
        End::Refused(problems) => ensure!(
            matches!(problems.as_slice(), [one] if one.starts_with("problem secure-boot: ")),
            "it should name Secure Boot and nothing else: {problems:?}"
        ),
        End::Done(line) => anyhow::bail!("the installation was not refused: {line}"),
    }
    prove(&machine)?;
    machine.serial.send("systemctl poweroff\r")?;
    machine.wait_off(OFF)?;
    ensure!(fingerprint(&disk)? == before, "the disk was written to");
    Ok(())
}

/// The shell that the answers ask for stands behind Enter.
fn prove(machine: &Machine) -> Result<()> {
    shell::enter(machine)?;
    for (command, expected) in PROOFS {
        let (_, said) = shell(machine, command, 2 * MINUTE)?;
        let answer = said
            .rsplit_once("=$?.")
            .map_or(&*said, |(_, answer)| answer);
        ensure!(
            answer.contains(expected),
            "`{command}` should say {expected:?} and says {answer:?}"
        );
    }
    Ok(())
}
