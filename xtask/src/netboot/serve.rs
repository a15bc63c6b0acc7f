//! `cargo xtask netboot serve`: the netboot server, with everything that it serves.

use crate::iso;
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

/// Serve the netboot folder to the machines of one network: HTTP, TFTP, DHCP or proxyDHCP, answers, a live table.
///
/// Its options are those of the program firn-netboot, which it builds: `cargo xtask netboot serve --help`.
#[derive(Debug, Args, Clone)]
#[command(disable_help_flag = true)]
pub struct ServeArgs {
    /// Options for firn-netboot
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "OPTION"
    )]
    pub options: Vec<String>,
}

/// Builds what is not built yet, and becomes the server: signals and exit status are its own.
///
/// # Errors
/// When something cannot be built.
pub fn run(args: &ServeArgs) -> Result<()> {
    let given = |name: &str| {
        args.options
            .iter()
            .any(|o| o.split('=').next() == Some(name))
    };
    let mut words = vec!["serve".to_owned()];
    if !given("--help") && !given("-h") {
        let mut folder = |name: &str, made: fn() -> Result<std::path::PathBuf>| -> Result<()> {
            if !given(name) {
                words.push(format!("{name}={}", made()?.display()));
            }
            Ok(())
        };
        folder("--tools", iso::tools)?;
        folder("--folder", iso::netboot)?;
    }
    let program = program()?;
    let error = Command::new(&program)
        .args(words)
        .args(&args.options)
        .exec();
    Err(error).with_context(|| format!("starting {}", program.display()))
}

/// The server's program.
///
/// # Errors
/// When cargo fails.
pub fn program() -> Result<PathBuf> {
    built(["--bin", "firn-netboot"], "firn-netboot")
}

/// The program that plays many machines against it.
///
/// # Errors
/// When cargo fails.
pub fn machines() -> Result<PathBuf> {
    built(["--example", "fleet"], "examples/fleet")
}

/// A program of the server's package, optimized: it may have to fill a wire. The first time takes minutes, so cargo says what it does.
fn built(target: [&str; 2], path: &str) -> Result<PathBuf> {
    let workspace = crate::workspace();
    let status = Command::new("cargo")
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "firn-netboot",
        ])
        .args(target)
        .arg("--manifest-path")
        .arg(workspace.join("Cargo.toml"))
        .status()
        .context("starting cargo")?;
    ensure!(
        status.success(),
        "building firn-netboot: cargo has ended with {status}"
    );
    let folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), Into::into);
    Ok(folder.join("release").join(path))
}
