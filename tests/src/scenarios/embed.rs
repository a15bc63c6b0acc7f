//! `cargo xtask iso embed`: the ISO with answers in it starts as the one without does, and asks nothing.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{End, OFF, end};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Firmware, Link, Machine, Medium, NicModel, Spec};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The disk that the answers name; only the last machine has it.
const SERIAL: &str = "EMBED";

/// From CD and stick under BIOS and UEFI: three times to the refusal, since the disk is not there, and once to the end.
pub fn run(bench: &Bench) -> Result<()> {
    let iso = embed(bench)?;
    let spec = |name: &str| Spec::new(name).nic(NicModel::Virtio, Link::User(None));
    let start = |spec: Spec, medium: Medium| -> Result<Machine> {
        let spec = spec.medium(medium).no_reboot();
        spec.start(bench.lab(), &bench.folder)
    };
    let (cd, stick) = (Medium::Cd(iso.clone()), Medium::UsbStick(iso));
    for (spec, medium) in [
        (spec("bios-cd"), cd.clone()),
        (spec("bios-stick"), stick.clone()),
        (spec("uefi-cd").firmware(Firmware::Uefi), cd),
    ] {
        let name = spec.name.clone();
        refused(&start(spec, medium)?).with_context(|| format!("starting the machine {name}"))?;
    }
    let disk = bench.disk("disk")?;
    let spec = spec("uefi-stick").firmware(Firmware::Uefi);
    let machine = start(spec.disk_with_serial(disk, Bus::Virtio, SERIAL), stick)?;
    let ended = end(&machine)?;
    ensure!(
        matches!(&ended, End::Done(line) if line.starts_with("done: embedded.example.net at ")),
        "the installation: {ended:?}"
    );
    machine.wait_off(OFF)
}

/// Makes the ISO as a person does. Its name has the disks go and come with it.
fn embed(bench: &Bench) -> Result<PathBuf> {
    let answers = bench.path("answers.toml");
    let text = Answers::new(&bench.shared.key, "embedded.example.net")
        .disk(&format!("target = {{ serial = {SERIAL:?} }}"))
        .to_toml();
    std::fs::write(&answers, &text)?;
    let iso = bench.path("embedded.img");
    let paths = [
        ("--answers", answers.as_path()),
        ("--out", &iso),
        ("--iso", &bench.shared.iso),
    ];
    let words = paths
        .iter()
        .flat_map(|(option, path)| [Path::new(option), *path]);
    xtask(["iso", "embed"].map(Path::new).into_iter().chain(words))?;
    let shown = xtask(
        ["iso", "show"]
            .map(Path::new)
            .into_iter()
            .chain([iso.as_path()]),
    )?;
    ensure!(
        shown.contains("embedded.example.net"),
        "`iso show` does not say for whom the answers are: {shown}"
    );
    Ok(iso)
}

/// What `cargo xtask` with these words says; it must end well.
fn xtask<'a>(words: impl Iterator<Item = &'a Path>) -> Result<String> {
    let mut command = Command::new("cargo");
    let done = command.arg("xtask").args(words).output();
    let done = done.context("starting cargo")?;
    let said = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success(),
        "{command:?}: {}: {said}",
        done.status
    );
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

fn refused(machine: &Machine) -> Result<()> {
    let ended = end(machine)?;
    ensure!(
        matches!(&ended, End::Refused(problems) if problems.iter().any(|p| p.starts_with("problem disk.target: ") && p.contains(SERIAL))),
        "it is not refused for want of the disk: {ended:?}"
    );
    machine.wait_off(OFF)
}
