//! A shell at the other end of the serial line.

use anyhow::{Context, Result, ensure};
use firn_lab::qemu::Machine;
use std::time::Duration;

/// Runs a command in the shell whose prompt stands there; its exit status and what came until its end.
pub fn shell(machine: &Machine, command: &str, timeout: Duration) -> Result<(u8, String)> {
    machine
        .serial
        .send(&format!("{command}; echo \"exit\"=$?.\r"))?;
    let mut text = machine.serial.wait_for("exit=", timeout)?;
    let number = machine.serial.wait_for(".", Duration::from_secs(60))?;
    text.truncate(text.len() - "exit=".len());
    let number = number.trim_end_matches('.').trim();
    let status = number
        .parse()
        .with_context(|| format!("reading the exit status of {command:?}: {number:?}"))?;
    Ok((status, text))
}

/// Takes the shell that an unattended run offers at its end.
pub fn enter(machine: &Machine) -> Result<()> {
    let patience = Duration::from_secs(120);
    machine
        .serial
        .wait_for("press Enter for a shell", patience)?;
    std::thread::sleep(Duration::from_secs(2));
    machine.serial.send("\r")?;
    machine.serial.wait_for("# ", patience).map(drop)
}

/// Logs in as root at the prompt of a host.
pub fn log_in(machine: &Machine, password: &str) -> Result<()> {
    let patience = Duration::from_secs(600);
    machine.serial.send("\r")?;
    machine.serial.wait_for("login: ", patience)?;
    machine.serial.send("root\r")?;
    let asked = machine.serial.wait_for("assword: ", patience);
    asked.context("the name is given, and nobody asks for the password")?;
    machine.serial.send(&format!("{password}\r"))?;
    let ends = ["# ", "Login incorrect"];
    let (which, text) = machine.serial.wait_for_any(&ends, patience)?;
    ensure!(which == 0, "the password is not taken: {text}");
    Ok(())
}
