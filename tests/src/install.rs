//! Unattended installations.

use crate::bench::Bench;
use anyhow::{Result, bail, ensure};
use firn_lab::qemu::{Bus, Machine, Medium, Spec, fat_image};
use std::path::PathBuf;
use std::time::Duration;

/// From power-on to the end of an installation. Emulation is slow, and two machines share two processors.
pub const INSTALL: Duration = Duration::from_secs(25 * 60);
/// From the end of an installation to the end of QEMU.
pub const OFF: Duration = Duration::from_secs(5 * 60);

/// How an unattended run has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The `done:` line.
    Done(String),
    /// The `problem` lines.
    Refused(Vec<String>),
}

/// Starts the installer in this machine: the medium, and a USB stick FIRNANSWERS with the answers.
pub fn start(bench: &Bench, spec: Spec, medium: Medium, answers: &str) -> Result<Machine> {
    let stick = answers_stick(bench, &spec.name, answers)?;
    spec.medium(medium)
        .disk_with_serial(stick, Bus::Usb, "ANSWERS")
        .start(bench.lab(), &bench.folder)
}

/// A FAT image with the label FIRNANSWERS and these answers.
pub fn answers_stick(bench: &Bench, name: &str, answers: &str) -> Result<PathBuf> {
    std::fs::write(bench.path(&format!("{name}-answers.toml")), answers)?;
    let stick = bench.path(&format!("{name}-answers.img"));
    fat_image(&stick, "FIRNANSWERS", &[("answers.toml", answers)])?;
    Ok(stick)
}

/// Waits for the end of an unattended run, as the serial line tells it.
pub fn end(machine: &Machine) -> Result<End> {
    let mut problems = Vec::new();
    loop {
        let line = machine
            .serial
            .wait_line(&["problem ", "refused: ", "done: ", "failed: "], INSTALL)?;
        if line.starts_with("problem ") {
            problems.push(line);
        } else if line.starts_with("done: ") {
            machine.screenshot("done")?;
            return Ok(End::Done(line));
        } else if line.starts_with("refused: ") {
            machine.screenshot("refused")?;
            let count = problems.len();
            let plural = if count == 1 { "" } else { "s" };
            let expected = format!("refused: {count} problem{plural}, nothing was written");
            ensure!(
                line == expected,
                "after {count} problem lines it says {line:?}"
            );
            return Ok(End::Refused(problems));
        } else if line.starts_with("failed: ") {
            machine.screenshot("failed")?;
            bail!(
                "{line}\nthe last lines:\n{}\n{}",
                machine.serial.tail(30),
                machine.serial.rest()
            );
        }
    }
}

/// Installs and waits until the machine is off; returns the `done:` line.
pub fn install(bench: &Bench, spec: Spec, medium: Medium, answers: &str) -> Result<String> {
    let machine = start(bench, spec.no_reboot(), medium, answers)?;
    let line = match end(&machine)? {
        End::Done(line) => line,
        End::Refused(problems) => bail!("the installation was refused: {}", problems.join("; ")),
    };
    machine.wait_off(OFF)?;
    Ok(line)
}

/// Expects a refusal, waits until the machine is off; returns the `problem` lines.
pub fn refusal(bench: &Bench, spec: Spec, medium: Medium, answers: &str) -> Result<Vec<String>> {
    let machine = start(bench, spec.no_reboot(), medium, answers)?;
    let problems = match end(&machine)? {
        End::Refused(problems) => problems,
        End::Done(line) => bail!("the installation was not refused: {line}"),
    };
    machine.wait_off(OFF)?;
    Ok(problems)
}
