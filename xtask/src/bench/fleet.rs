//! A fleet: fifty simulated machines at once against the netboot server.

use super::row::{Figure, Row, Unit};
use super::server::Server;
use super::site::Bench;
use super::step;
use crate::iso;
use crate::netboot::{machines, program};
use anyhow::{Context, Result};
use firn_lab::net::Namespace;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CLIENTS: u16 = 50;
/// The two ends of the wire, in a namespace of its own.
const SERVER: &str = "firn-server";
const MACHINES: &str = "firn-fleet";
const LIMIT: &str = "a server that only sends";

/// What the simulated machines print.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Outcome {
    leases: Option<usize>,
    seconds: f64,
    bytes: u64,
    limit_seconds: f64,
}

/// The section's rows.
///
/// # Errors
/// When the server or the folder cannot be built, or a machine had an error.
pub fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let programs = [program()?, machines()?];
    let folder = iso::netboot()?;
    step(&format!("serving {CLIENTS} machines at once"));
    let outcome = match wire() {
        Ok(namespace) => over_wire(bench, &namespace, &programs, &folder)?,
        Err(error) => {
            step(&format!("without DHCP, over loopback: {error:#}"));
            over_loopback(bench, &programs, &folder)?
        }
    };
    let seconds = Figure::Is(outcome.seconds);
    let row = Row::new(
        "fleet",
        format!("{CLIENTS} machines at once, all served"),
        Unit::Seconds,
        seconds,
    );
    let limit = Figure::Is(outcome.limit_seconds);
    Ok(vec![row.beside(LIMIT, limit).note(note(&outcome))])
}

fn note(outcome: &Outcome) -> String {
    let dhcp = match outcome.leases {
        Some(leases) => format!("{leases} had address and loader by DHCP"),
        None => "no DHCP, which takes root".to_owned(),
    };
    format!(
        "no error; {:.0} MB in all, each file's hash checked; {dhcp}; the same clients and bytes on both sides",
        outcome.bytes as f64 / 1e6
    )
}

/// A cable with both ends in one namespace; the server's has an address.
fn wire() -> Result<Namespace> {
    let namespace = Namespace::new()?;
    namespace.run(
        "ip",
        [
            "link", "add", SERVER, "type", "veth", "peer", "name", MACHINES,
        ],
    )?;
    namespace.run("ip", ["address", "add", "10.77.0.1/16", "dev", SERVER])?;
    namespace.run("ip", ["link", "set", SERVER, "up"])?;
    namespace.run("ip", ["link", "set", MACHINES, "up"])?;
    // Both ends belong to one kernel, which would not take in its own address from outside.
    for end in [SERVER, MACHINES] {
        let local = format!("net.ipv4.conf.{end}.accept_local=1");
        namespace.run("sysctl", ["-qw", &local])?;
    }
    Ok(namespace)
}

fn over_wire(
    bench: &Bench,
    namespace: &Namespace,
    [server, machines]: &[PathBuf; 2],
    folder: &Path,
) -> Result<Outcome> {
    let words = namespace.words();
    let command = |program| {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg(program);
        command
    };
    let mut serve = command(server);
    serve
        .args(["serve", "--dhcp", "--interface", SERVER, "--tools"])
        .arg(iso::tools()?);
    let options = ["--interface", MACHINES];
    play(bench, serve, command(machines), folder, &options)
}

fn over_loopback(
    bench: &Bench,
    [server, machines]: &[PathBuf; 2],
    folder: &Path,
) -> Result<Outcome> {
    let mut serve = Command::new(server);
    serve.args(["serve", "--no-dhcp"]);
    play(bench, serve, Command::new(machines), folder, &[])
}

/// Starts the server, and then the machines against it.
fn play(
    bench: &Bench,
    mut serve: Command,
    mut fleet: Command,
    folder: &Path,
    options: &[&str],
) -> Result<Outcome> {
    let state: PathBuf = bench.path("fleet-state.json");
    serve.arg("--folder").arg(folder).arg("--state").arg(&state);
    let server = Server::start(serve)?;
    fleet
        .args([
            "--clients",
            &CLIENTS.to_string(),
            "--server",
            &format!("http://127.0.0.1:{}", server.port),
            "--folder",
        ])
        .arg(folder)
        .args(options);
    let output = fleet
        .stderr(Stdio::inherit())
        .output()
        .context("starting the simulated machines")?;
    anyhow::ensure!(
        output.status.success(),
        "the simulated machines had errors; they are above"
    );
    serde_json::from_slice(&output.stdout).context("reading what the simulated machines said")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_says_what_was_seen() {
        let mut outcome: Outcome =
            serde_json::from_str(r#"{"clients": 50, "leases": 50, "seconds": 1.0, "bytes": 12000000, "limit-seconds": 0.5, "errors": []}"#).unwrap();
        insta::assert_snapshot!(note(&outcome), @"no error; 12 MB in all, each file's hash checked; 50 had address and loader by DHCP; the same clients and bytes on both sides");
        outcome.leases = None;
        insta::assert_snapshot!(note(&outcome), @"no error; 12 MB in all, each file's hash checked; no DHCP, which takes root; the same clients and bytes on both sides");
    }
}
