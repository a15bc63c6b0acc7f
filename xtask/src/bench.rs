//! `cargo xtask bench`: what Firn costs, each figure beside a peer or a limit measured in the same call.

mod aims;
mod builds;
mod copy;
mod fleet;
mod install;
mod machine;
mod memory;
mod netboot;
mod peers;
mod report;
mod row;
mod server;
mod shell;
mod site;
mod sizes;
mod start;
mod stock;
mod table;
mod wizard;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use machine::Machine;
use report::{Part, Report};
use row::{Figure, Row, Unit};
use site::Bench;
use std::fmt;

/// Measure Firn beside its peers: builds, sizes, installation, start, wizard, memory, netboot, a fleet.
///
/// Prints one table and keeps it as target/firn/bench.txt and target/firn/bench.json. Each figure stands beside a peer or a
/// limit that was measured in the same call, with their ratio, and beside the project's aim if it has one. An aim that is missed
/// fails nothing; a figure of Firn's own that cannot be measured does.
///
/// Everything together takes hours where QEMU must emulate: --only picks sections. Nothing else should run on the machine
/// meanwhile. docs/bench.md says what each line means.
#[derive(Debug, Args, Clone, Default)]
pub struct BenchArgs {
    /// Measure only this section; may be given several times
    #[arg(long, value_name = "SECTION")]
    pub only: Vec<Section>,
    /// Keep disks, trees and the builds' own cache below target/firn/bench
    #[arg(long)]
    pub keep: bool,
}

/// What belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Section {
    /// Building the ISO cold, unchanged, after a changed line; mkosi and live-build with the same packages
    Build,
    /// The ISO and its parts, the root file system by folder
    Sizes,
    /// Installing, beside writing the same bytes with dd
    Install,
    /// Power-on to login prompt and `xl info`, beside a stock Debian with Xen
    Start,
    /// Kernel start to the wizard's first page, and how long a key press takes to show
    Wizard,
    /// dom0's memory when idle, and the least that the installer works with
    Memory,
    /// From a netbooted machine's first address until the image is in its memory, beside curl in the same machine
    Netboot,
    /// Fifty simulated machines at once against the netboot server, beside a server that only sends
    Fleet,
}

impl Section {
    /// The section's rows, and why nothing of it could be measured if so.
    fn measure(self, bench: &Bench) -> Vec<Row> {
        let rows = match self {
            Self::Build => Ok(builds::rows(bench)),
            Self::Sizes => sizes::rows(bench),
            Self::Install => install::rows(bench),
            Self::Start => start::rows(bench),
            Self::Wizard => wizard::rows(bench),
            Self::Memory => Ok(memory::rows(bench)),
            Self::Netboot => netboot::rows(bench),
            Self::Fleet => fleet::rows(bench),
        };
        rows.unwrap_or_else(|error| {
            let figure = Figure::from(Err::<f64, _>(error));
            let row = Row::new(self.to_string(), "everything here", Unit::Seconds, figure);
            vec![row]
        })
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value();
        f.pad(value.as_ref().map_or("", |value| value.get_name()))
    }
}

/// Measures and reports; both files are written anew after each section, so that a call that is stopped leaves what it has.
///
/// # Errors
/// When a file cannot be written, or a figure of Firn's own could not be measured.
pub fn run(args: &BenchArgs) -> Result<()> {
    let folder = crate::workspace().join("target/firn");
    let bench = Bench::new(&folder.join("bench"), args.keep)?;
    let mut report = Report {
        machine: Machine::look(),
        parts: Vec::new(),
    };
    for section in Section::value_variants() {
        if args.only.is_empty() || args.only.contains(section) {
            step(&format!("section {section}"));
            let (section, rows) = (*section, section.measure(&bench));
            report.parts.push(Part { section, rows });
            report.write(&folder)?;
        }
    }
    bench
        .tidy()
        .context("removing what was needed for measuring")?;
    print!("{}", table::render(&report));
    println!("\n{}", folder.join("bench.txt").display());
    let missing = report.missing();
    if !missing.is_empty() {
        bail!(
            "not measured: {}; the table says why, and the logs are in {}",
            missing.join(", "),
            folder.join("bench").display()
        );
    }
    Ok(())
}

/// Says what is measured now.
fn step(text: &str) {
    eprintln!("== bench: {text}");
}
