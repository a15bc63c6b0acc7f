//! `cargo xtask answers plan`: the installer's own program, on the machine of a file.

use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Command, ExitCode};

/// Runs it; its exit status becomes ours.
///
/// # Errors
/// When it does not start or is killed.
pub fn run(machine: &Path, cmdline: &str, answers: &Path) -> Result<ExitCode> {
    let manifest = crate::workspace().join("Cargo.toml");
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--locked", "--package", "firn-installer"])
        .arg("--manifest-path")
        .arg(manifest)
        .args(["--", "plan", "--machine"])
        .arg(machine)
        .arg("--answers")
        .arg(answers)
        .arg(format!("--cmdline={cmdline}"))
        .status()
        .context("starting the installer's program with cargo")?;
    let code = status
        .code()
        .with_context(|| format!("the installer's program was killed: {status}"))?;
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}
