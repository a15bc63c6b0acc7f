//! The installer of Firn. See `firn-installer --help`.

mod answers_source;
mod checks;
mod consoles;
#[allow(dead_code)] // The wizard's pages use it.
mod desk;
#[allow(dead_code)] // The wizard and the execution use the rest.
mod drivers;
mod execute;
mod machine;
mod plan;
mod probe;
mod service;
#[allow(dead_code)] // The wizard and the support bundle use the rest.
mod stick;
mod unattended;
mod wizard;

use anyhow::Context;
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where the medium's image is; the initrd binds it there.
const IMAGE: &str = "/run/firn/medium/firn";

/// Turns this machine into a Xen host.
#[derive(Parser)]
#[command(version, about, max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Verb,
    /// The folder with xen.gz, vmlinuz, initrd.img, root.squashfs and manifest.json
    #[arg(long, global = true, default_value = IMAGE)]
    image: PathBuf,
}

#[derive(Subcommand)]
enum Verb {
    /// The service on the medium: answers if there are any, else the wizard on every console
    Run,
    /// The wizard on one console
    Wizard {
        /// Device name, such as tty1 or ttyS0 [default: tty1]
        #[arg(long)]
        console: Option<String>,
        /// Only show the wizard, with the machine of this file (see `probe --json`); nothing is done
        #[arg(long, value_name = "FILE")]
        demo: Option<PathBuf>,
    },
    /// A shell on one console, after a key
    #[command(hide = true)]
    Shell {
        /// Device name, such as tty1 or ttyS0
        #[arg(long)]
        console: String,
    },
    /// Shows what was found out about this machine; changes nothing
    Probe {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Drivers that the image does not have, from USB sticks and CDs
    Drivers {
        #[command(subcommand)]
        verb: DriverVerb,
    },
    /// What the wizard's pages try out, for the rescue shell
    #[command(hide = true)]
    Desk {
        #[command(subcommand)]
        verb: desk::command::Verb,
    },
    /// Shows what an answer file would do here; changes nothing
    Plan {
        /// The answer file
        #[arg(long)]
        answers: PathBuf,
    },
    /// Installs from an answer file without questions: DESTROYS what its disk holds
    Unattended {
        /// The answer file
        #[arg(long)]
        answers: PathBuf,
        /// Speak on standard output instead of on every console
        #[arg(long)]
        stdout: bool,
    },
}

#[derive(Subcommand)]
enum DriverVerb {
    /// Lists drivers on sticks and CDs, and those that were loaded
    List,
    /// Loads a driver: a path, or a name as `list` shows it
    Load {
        /// A Debian package (.deb) or a kernel module (.ko, .ko.xz, .ko.zst, .ko.gz)
        file: String,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(status) => ExitCode::from(status),
        Err(e) => {
            eprintln!("error: {e:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<u8> {
    let image = arguments.image;
    match arguments.command {
        Verb::Run => service::run(&image)
            .context("serving the consoles")
            .map(|()| 0),
        Verb::Wizard { console, demo } => wizard(console, demo.as_deref(), &image).map(|()| 0),
        Verb::Shell { console } => service::shell(&consoles::Console::new(console))
            .context("starting a shell")
            .map(|()| 0),
        Verb::Probe { json } => show_machine(json).map(|()| 0),
        Verb::Desk { verb } => Ok(desk::command::run(&verb)),
        Verb::Drivers { verb } => Ok(match verb {
            DriverVerb::List => drivers::list_on_terminal(),
            DriverVerb::Load { file } => drivers::load_on_terminal(&file),
        }),
        Verb::Plan { answers } => show_plan(&answers),
        Verb::Unattended { answers, stdout } => {
            let text = read(&answers)?;
            let consoles = if stdout {
                consoles::Everywhere::none()
            } else {
                consoles::Everywhere::open()
            };
            let mut speaker = unattended::Speaker::new(consoles);
            Ok(unattended::run(&text, &answers_source::cmdline(), &image, &mut speaker).status())
        }
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn wizard(console: Option<String>, demo: Option<&Path>, image: &Path) -> anyhow::Result<()> {
    let console = consoles::Console::new(console.as_deref().unwrap_or("tty1"));
    match demo {
        Some(machine) => wizard::play(&console, machine),
        None => wizard::serve(&console, image),
    }
}

fn show_machine(json: bool) -> anyhow::Result<()> {
    let machine = probe::machine();
    if json {
        println!("{}", serde_json::to_string_pretty(&machine)?);
        return Ok(());
    }
    for check in checks::run(&machine) {
        println!("{:<15} {:?}: {}", check.name, check.verdict, check.found);
    }
    for disk in &machine.disks {
        let state = match &disk.unfit {
            Some(unfit) => unfit.text().to_string(),
            None => disk.holds().join(", "),
        };
        println!(
            "disk            {}: {}",
            disk.title(),
            if state.is_empty() { "empty" } else { &state }
        );
    }
    for nic in &machine.nics {
        println!("nic             {}", nic.title());
    }
    Ok(())
}

fn show_plan(path: &Path) -> anyhow::Result<u8> {
    let answers = unattended::read(&read(path)?, "");
    let plan = answers.and_then(|answers| plan::plan(&probe::machine(), &answers));
    match plan {
        Ok(plan) => {
            plan.describe().iter().for_each(|line| println!("{line}"));
            Ok(0)
        }
        Err(problems) => {
            problems.iter().for_each(|problem| println!("{problem}"));
            Ok(unattended::Outcome::Refused.status())
        }
    }
}
