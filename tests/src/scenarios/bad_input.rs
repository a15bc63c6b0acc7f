//! Input of which nothing can be made: a sentence each time, and the installer stays.

use super::drivers::broken_stick;
use super::wizard::Wizard;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{End, answers_stick, end};
use crate::shell::{self, shell};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Link, Machine, NicModel, Spec, fingerprint};
use std::thread::sleep;
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);
/// The button that must go.
const INSTALLS: &str = "[ Install ]";

/// How a file is made, and what is said about it.
const FILES: &[(&str, &str)] = &[
    (
        "head -c 10M /dev/zero | tr '\\0' '#' >/tmp/x",
        "the file is larger than 1 MiB, which no answer file is",
    ),
    (
        "printf 'version = 1\\n\\0\\n' >/tmp/x",
        "there is a NUL byte, which no text has",
    ),
    (
        "head -c 100000 /dev/urandom >/tmp/x",
        "problem syntax: the answers (/tmp/x): the file is not UTF-8 text",
    ),
    (
        "rm /tmp/x; mkdir /tmp/x",
        "this is a folder or a device, not a file",
    ),
    ("rmdir /tmp/x", "reading /tmp/x: No such file or directory"),
];

/// A stick FIRNANSWERS with a broken file system, files that are no answers, two sticks FIRNANSWERS, a disk that is pulled out while the wizard
/// asks.
pub fn run(bench: &Bench) -> Result<()> {
    let stick = broken_stick(bench, "FIRNANSWERS")?;
    let machine = Spec::new("files")
        .medium(bench.cd())
        .disk_with_serial(stick, Bus::Usb, "BROKEN")
        .start(bench.lab(), &bench.folder)?;
    files(&machine)?;
    drop(machine);
    several(bench)?;
    pulled(bench)
}

/// Two sticks with different answers are refused by name, and so is none of them taken by chance; the disk stays as it is.
fn several(bench: &Bench) -> Result<()> {
    let disk = bench.disk("several")?;
    let before = fingerprint(&disk)?;
    let mut spec = Spec::new("several")
        .disk(&disk, Bus::Virtio)
        .nic(NicModel::Virtio, Link::User(None));
    for name in ["one", "two"] {
        let answers = Answers::new(&bench.shared.key, &format!("{name}.example.net")).to_toml();
        let stick = answers_stick(bench, name, &answers)?;
        spec = spec.disk_with_serial(stick, Bus::Usb, name);
    }
    let machine = spec.medium(bench.cd()).start(bench.lab(), &bench.folder)?;
    let ended = end(&machine)?;
    let sentence = "problem firn.answers: several file systems labelled FIRNANSWERS have different answers, or one of them cannot be read: /dev/";
    ensure!(
        matches!(&ended, End::Refused(problems) if problems.len() == 1 && problems[0].starts_with(sentence)),
        "two sticks with answers: {ended:?}"
    );
    drop(machine);
    ensure!(fingerprint(&disk)? == before, "the disk was written to");
    Ok(())
}

fn files(machine: &Machine) -> Result<()> {
    let ended = end(machine)?;
    ensure!(
        matches!(&ended, End::Refused(problems) if problems.iter().any(|p| p.starts_with("problem firn.answers: reading answers.toml on /dev/"))),
        "the broken stick: {ended:?}"
    );
    shell::enter(machine)?;
    for (make, sentence) in FILES {
        let command = format!("{make}; firn-installer unattended --stdout --answers /tmp/x");
        let (status, said) = shell(machine, &command, 5 * MINUTE)?;
        ensure!(
            status == 2 && said.contains(sentence),
            "{make}: exit status {status}: {said}"
        );
    }
    Ok(())
}

/// The only disk is pulled out when everything is answered: nothing can be installed any more, and the page says so by itself.
fn pulled(bench: &Bench) -> Result<()> {
    let machine = Spec::new("pulled")
        .medium(bench.cd())
        .disk_with_serial(bench.disk("pulled")?, Bus::Usb, "PULLED")
        .nic(NicModel::Virtio, Link::User(None))
        .start(bench.lab(), &bench.folder)?;
    machine.serial.answer_as_terminal(true);
    Wizard(&machine.serial).answer(&bench.shared.key.public)?;
    machine.qmp().pull_out(0)?;
    machine
        .serial
        .wait_screen("This cannot be installed as it stands", 5 * MINUTE)
        .context("the summary, after its disk is gone")?;
    // The screen comes line by line.
    let end = Instant::now() + MINUTE;
    while machine.serial.screen().contains(INSTALLS) && Instant::now() < end {
        sleep(Duration::from_millis(200));
    }
    let screen = machine.serial.screen();
    ensure!(!screen.contains(INSTALLS), "it would install:\n{screen}");
    ensure!(machine.running(), "the machine has ended");
    Ok(())
}
