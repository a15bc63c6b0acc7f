//! The `firn` command of an installed host.

mod apply;
mod files;
mod issue;
mod mtu;
mod settings;
mod status;
mod store;
mod time_sources;
mod wrap;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Looks after an installed Firn host.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the system follow /etc/firn/host.toml
    Apply {
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
        /// Only what another image has rendered, and root's password (a service calls this)
        #[arg(long, hide = true, conflicts_with_all = ["dry_run", "root"])]
        start: bool,
        /// Work in this folder instead of /, and reload nothing
        #[arg(long, hide = true)]
        root: Option<PathBuf>,
    },
    /// Shows version, memory, addresses, store, guests, and what has failed; ends with 1 if anything has
    Status {
        /// Write JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes the login banner (a service calls this)
    #[command(hide = true)]
    Issue,
    /// Activates the store for guests (a service calls this)
    #[command(hide = true)]
    Store,
    /// Gives DHCP's time servers to chrony (a service calls this)
    #[command(hide = true)]
    TimeSources,
    /// Gives what is below the bridge the bridge's MTU (a service calls this)
    #[command(hide = true)]
    Mtu,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!(
                "error: {}",
                firn_visible::visible_lines(&format!("{error:#}"))
            );
            ExitCode::FAILURE
        }
    }
}

/// Whether all is well: a status that names what has failed is no error of this program.
fn run(command: Command) -> Result<bool> {
    match command {
        Command::Apply { start: true, .. } => apply::start::run()?,
        Command::Apply { dry_run, root, .. } => apply::apply(root.as_deref(), dry_run)?,
        Command::Status { json } => return status::show(json),
        Command::Issue => issue::write()?,
        Command::Store => store::activate()?,
        Command::TimeSources => time_sources::write()?,
        Command::Mtu => mtu::follow()?,
    }
    Ok(true)
}
