//! Many machines at once against a running netboot server, as far as a server can tell.
//!
//! Each asks for its script, fetches what a loader and then the initrd fetch, checks the hashes, asks for its answers and reports. The
//! same clients then fetch the same bytes from a server that does nothing but send: that is the limit of this computer and its wire.

mod client;
mod dhcp;
mod limit;

use anyhow::{Context, Result, bail};
use clap::Parser;
use client::Client;
use serde::Serialize;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use tokio::task::JoinSet;

/// Whom to play, against whom.
#[derive(Debug, Parser)]
struct Arguments {
    /// The server: http://192.0.2.1:8080
    #[arg(long, value_name = "URL")]
    server: String,
    /// How many machines
    #[arg(long, value_name = "N", default_value_t = 50)]
    clients: u16,
    /// Also ask for addresses and loaders by DHCP, on this interface; needs root
    #[arg(long, value_name = "NAME")]
    interface: Option<String>,
    /// The netboot folder, to measure the limit with
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// What came of it, as one line of JSON.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Outcome {
    clients: u16,
    /// How many have an address and a loader by DHCP, if that was asked for.
    leases: Option<usize>,
    /// From the first request until the last machine was done.
    seconds: f64,
    /// What they fetched together.
    bytes: u64,
    /// The same bytes, the same clients, a server that does nothing else.
    limit_seconds: Option<f64>,
    errors: Vec<String>,
}

/// The address of a machine, with hyphens.
#[derive(Clone, Copy, Debug)]
struct Mac([u8; 6]);

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.0.map(|byte| format!("{byte:02x}"));
        f.write_str(&pairs.join("-"))
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Plays them, prints what came of it; an error when any machine has had one.
async fn run(args: Arguments) -> Result<()> {
    let macs: Vec<Mac> = (0..args.clients).map(mac).collect();
    let (leases, mut errors) = match args.interface.clone() {
        Some(interface) => addresses(interface, macs.clone()).await?,
        None => (None, Vec::new()),
    };
    let start = Instant::now();
    let client = Arc::new(Client::new(&args.server)?);
    let mut all = JoinSet::new();
    for mac in macs {
        let client = Arc::clone(&client);
        all.spawn(async move { client.install(mac).await.with_context(|| mac.to_string()) });
    }
    let mut bytes = 0;
    while let Some(ended) = all.join_next().await {
        match ended.context("playing a machine")? {
            Ok(fetched) => bytes += fetched,
            Err(error) => errors.push(format!("{error:#}")),
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let limit_seconds = match &args.folder {
        Some(folder) => Some(limit::seconds(folder, args.clients).await?),
        None => None,
    };
    let outcome = Outcome {
        clients: args.clients,
        leases,
        seconds,
        bytes,
        limit_seconds,
        errors,
    };
    println!("{}", serde_json::to_string(&outcome)?);
    if let Some(first) = outcome.errors.first() {
        bail!(
            "{} of the machines had errors; the first: {first}",
            outcome.errors.len()
        );
    }
    Ok(())
}

/// An address of its own, which no real machine has: locally administered.
fn mac(number: u16) -> Mac {
    let [high, low] = number.to_be_bytes();
    Mac([0x02, 0x66, 0x69, 0x72, high, low])
}

async fn addresses(interface: String, macs: Vec<Mac>) -> Result<(Option<usize>, Vec<String>)> {
    let asked = tokio::task::spawn_blocking(move || dhcp::all(&interface, &macs));
    let (leases, missing) = asked.await.context("asking for addresses")??;
    let errors = missing
        .iter()
        .map(|mac| format!("{mac}: no address and loader by DHCP"));
    Ok((Some(leases), errors.collect()))
}
