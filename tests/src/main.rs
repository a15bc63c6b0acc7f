//! End-to-end scenarios: the shipped ISO, started in QEMU.
//!
//! Start reading at [`scenarios::ALL`], the table of them. Each is one function that gets a [`bench::Bench`], builds machines
//! from it and says with an error what went wrong. `cargo xtask test` builds the ISO and runs this program.

mod answers;
mod bench;
mod guests;
mod host;
mod install;
mod menu;
mod results;
mod runner;
mod saved;
mod scenarios;
mod shell;
mod signing;
mod site;
mod web;
mod xen_programs;

use anyhow::{Result, ensure};
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs end-to-end scenarios in QEMU.
#[derive(Debug, Parser)]
#[command(name = "scenarios", max_term_width = 80)]
struct Cli {
    /// The scenarios to run; without any, those that CI has time for
    names: Vec<String>,
    /// Run every scenario
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// List the scenarios and end
    #[arg(long)]
    list: bool,
    /// The ISO
    #[arg(long, value_name = "PATH", required_unless_present = "list")]
    iso: Option<PathBuf>,
    /// The tools root, a Debian tree with QEMU, OVMF and ssh
    #[arg(long, value_name = "PATH", required_unless_present = "list")]
    tools: Option<PathBuf>,
    /// The builder's program, which makes netboot folders
    #[arg(long, value_name = "PATH", required_unless_present = "list")]
    builder: Option<PathBuf>,
    /// The netboot server's program
    #[arg(long, value_name = "PATH", required_unless_present = "list")]
    server: Option<PathBuf>,
    /// The folder of hosts that were installed from this image with these tools, and the key that they let in
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    hosts: Option<PathBuf>,
    /// Where each scenario makes a folder with its logs and screenshots
    #[arg(long, value_name = "DIR", default_value = "target/firn/test")]
    out: PathBuf,
    /// How many scenarios run at once
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
    /// Keep disk images also of scenarios that passed
    #[arg(long)]
    keep: bool,
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<bool> {
    if cli.list {
        print!("{}", scenarios::list());
        return Ok(true);
    }
    let chosen = scenarios::choose(&cli.names, cli.all)?;
    let (Some(iso), Some(tools), Some(builder), Some(server), Some(hosts)) =
        (&cli.iso, &cli.tools, &cli.builder, &cli.server, &cli.hosts)
    else {
        unreachable!("clap requires all of them");
    };
    ensure!(
        iso.is_file(),
        "opening the ISO {}: there is no such file; `cargo xtask iso` builds it",
        iso.display()
    );
    // Whoever ends `cargo xtask test` ends the machines, too.
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::TERM))?;
    let plan = runner::Plan {
        shared: bench::Shared::open(
            iso,
            tools,
            hosts,
            &cli.out,
            bench::Netboot::open(builder, server)?,
        )?,
        jobs: cli.jobs.max(1),
        keep: cli.keep,
    };
    runner::run(&plan, &chosen)
}
