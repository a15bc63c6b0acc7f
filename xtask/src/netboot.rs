//! `cargo xtask netboot`: starting machines over the network.

mod bundle;
mod serve;
mod site;

pub use serve::{machines, program};

use anyhow::Result;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum NetbootCommand {
    Bundle(bundle::BundleArgs),
    Serve(serve::ServeArgs),
}

/// Does one of them.
///
/// # Errors
/// When it fails.
pub fn run(command: &NetbootCommand) -> Result<()> {
    match command {
        NetbootCommand::Bundle(args) => bundle::run(args),
        NetbootCommand::Serve(args) => serve::run(args),
    }
}
