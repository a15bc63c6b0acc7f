//! `cargo xtask host`: a host with simulated guests on this computer.

use anyhow::{Context, Result, ensure};
use clap::Args;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Run firnd with simulated guests on this computer, without root.
///
/// What it keeps lies in target/firn/host; --fresh begins anew. Ctrl+C ends it.
#[derive(Debug, Args, Clone)]
pub struct HostArgs {
    /// Begin with so many guests, where there are none yet
    #[arg(long, value_name = "N", default_value_t = 0)]
    guests: u32,
    /// Forget what an earlier run has kept
    #[arg(long)]
    fresh: bool,
}

/// Builds firnd and the command, and becomes firnd.
///
/// # Errors
/// When cargo fails, or firnd cannot be started.
pub fn run(args: &HostArgs) -> Result<()> {
    let workspace = crate::workspace();
    build(&workspace)?;
    let folder = workspace.join("target/firn/host");
    if args.fresh && folder.exists() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("emptying {}", folder.display()))?;
    }
    let programs =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), Into::into);
    let programs: PathBuf = programs.join("debug");
    let socket = folder.join("api.sock");
    eprintln!(
        "In another terminal: {} --socket {} guest list",
        programs.join("firn").display(),
        socket.display()
    );
    let error = Command::new(programs.join("firnd"))
        .arg("--socket")
        .arg(socket)
        .arg("--simulated")
        .arg(folder)
        .arg(format!("--guests={}", args.guests))
        .exec();
    Err(error).context("starting firnd")
}

fn build(workspace: &Path) -> Result<()> {
    let status = Command::new("cargo")
        .args(["build", "--locked", "--package=firnd", "--package=firn"])
        .arg("--manifest-path")
        .arg(workspace.join("Cargo.toml"))
        .status()
        .context("starting cargo")?;
    ensure!(
        status.success(),
        "building firnd: cargo has ended with {status}"
    );
    Ok(())
}
