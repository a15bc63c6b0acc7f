//! What dnsmasq answers to firmware of all kinds. The packets and what must come back are in the server's own tests, which cannot have
//! a dnsmasq where they run with all others: here they get that of the tools root.

use crate::bench::Bench;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// As `cargo xtask test` has compiled them with all crates: nothing is compiled once more.
const WORDS: [&str; 9] = [
    "test",
    "--locked",
    "--workspace",
    "--bin",
    "firn-netboot",
    "--",
    "--ignored",
    "--test-threads=1",
    "dnsmasq::packets",
];
/// As our own server for all addresses, and beside another one.
const PASSED: &str = "test result: ok. 2 passed; 0 failed";

/// Runs them.
pub fn run(bench: &Bench) -> Result<()> {
    let output = Command::new("cargo")
        .args(WORDS)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .env("FIRN_TOOLS", bench.lab().root().path())
        .output()
        .context("starting cargo")?;
    let said = [output.stderr, output.stdout].concat();
    let log = bench.path("packets.log");
    std::fs::write(&log, &said).with_context(|| format!("writing {}", log.display()))?;
    let passed = output.status.success() && String::from_utf8_lossy(&said).contains(PASSED);
    ensure!(
        passed,
        "dnsmasq answers otherwise than it must; {} has what the tests said",
        log.display()
    );
    Ok(())
}
