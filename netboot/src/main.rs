//! The netboot server.

mod answers;
mod boot;
mod dnsmasq;
mod event;
mod fetch;
mod fleet;
mod http;
mod journal;
mod mac;
mod machine;
mod neighbours;
mod network;
mod options;
mod plain;
mod serve;
mod site;
mod state;
mod tokens;

use std::process::ExitCode;

use clap::Parser;

use options::{Cli, Command};

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Serve(args) => serve::serve(args).await,
        Command::Fleet(_) => Ok(()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
