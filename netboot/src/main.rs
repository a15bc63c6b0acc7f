//! The netboot server.

mod answers;
mod architecture;
mod boot;
mod dnsmasq;
mod event;
mod fleet;
mod http;
mod journal;
mod mac;
mod machine;
mod neighbours;
mod network;
mod options;
mod plain;
mod printable;
mod screen;
mod serve;
mod site;
mod state;
mod tokens;

use anyhow::{Context, Result};
use clap::Parser;
use options::{Cli, Command};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "error: {}",
                firn_visible::visible_lines(&format!("{error:#}"))
            );
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    let result = runtime.block_on(async {
        match command {
            Command::Serve(args) => serve::serve(args).await,
        }
    });
    // The thread that waits for keys may wait for ever.
    runtime.shutdown_background();
    result
}
