//! The medium goes in the middle of an unattended installation, or right after it: the machine ends all the same.

use super::power_cut::wait_percent;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{INSTALL, start};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Link, Machine, Medium, NicModel, Spec};
use std::time::{Duration, Instant};

/// What the installer says before it ends the machine.
const ENDS: [&str; 2] = ["firn: switching off", "firn: restarting"];
/// From that line to the end, whatever is gone; this is the promise.
const PROMISE: Duration = Duration::from_secs(60);

/// When the medium goes.
#[derive(Clone, Copy)]
enum When {
    /// When so much is done.
    Percent(u32),
    /// When everything is done.
    Done,
}

/// A CD and a stick, early, late and after the end; switching off and restarting.
pub fn run(bench: &Bench) -> Result<()> {
    let cases = [
        ("early", bench.cd(), When::Percent(5), "poweroff"),
        ("late", bench.stick(), When::Percent(60), "poweroff"),
        ("done", bench.cd(), When::Done, "poweroff"),
        ("restart", bench.stick(), When::Done, "reboot"),
    ];
    for (name, medium, when, finish) in cases {
        case(bench, name, medium, when, finish).with_context(|| format!("the case {name}"))?;
    }
    Ok(())
}

fn case(bench: &Bench, name: &str, medium: Medium, when: When, finish: &'static str) -> Result<()> {
    let disk = bench.disk(name)?;
    let answers = Answers::new(&bench.shared.key, "pulled.example.net").finish(finish);
    let spec = Spec::new(name)
        .disk(&disk, Bus::Virtio)
        .nic(NicModel::Virtio, Link::User(None))
        .no_reboot();
    let stick = matches!(medium, Medium::UsbStick(_));
    let machine = start(bench, spec, medium, &answers.to_toml())?;
    match when {
        When::Percent(least) => wait_percent(&machine, least)?,
        When::Done => drop(machine.serial.wait_for("done: ", INSTALL)?),
    }
    pull(&machine, stick)?;
    let (_, text) = machine.serial.wait_for_any(&ENDS, INSTALL)?;
    let begin = Instant::now();
    if matches!(when, When::Percent(_)) {
        ensure!(text.contains("failed: "), "it did not fail: {text}");
    }
    machine.wait_off(PROMISE)?;
    println!(
        "medium-pulled {name}: off after {} s",
        begin.elapsed().as_secs()
    );
    Ok(())
}

fn pull(machine: &Machine, stick: bool) -> Result<()> {
    match stick {
        true => machine.qmp().pull_out_stick(),
        false => machine.qmp().eject(),
    }
}
