//! `cargo xtask netboot`: starting machines over the network.

mod bundle;
mod site;
mod trust;

use anyhow::Result;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum NetbootCommand {
    Bundle(bundle::BundleArgs),
}

/// Does one of them.
///
/// # Errors
/// When it fails.
pub fn run(command: &NetbootCommand) -> Result<()> {
    match command {
        NetbootCommand::Bundle(args) => bundle::run(args),
    }
}
