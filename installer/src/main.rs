//! The installer of Firn. See `firn-installer --help`.

mod answers_source;
mod checks;
mod consoles;
mod execute;
mod machine;
mod plan;
mod probe;
mod repair;
mod service;
#[allow(dead_code)] // The wizard and the support bundle use the rest.
mod stick;
mod support;
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
    /// Shows what an answer file would do here; changes nothing
    Plan {
        /// The answer file
        #[arg(long)]
        answers: PathBuf,
    },
    /// Repairs an installed host; never touches guests' disks
    Repair {
        #[command(subcommand)]
        verb: repair::verbs::Verb,
    },
    /// Packs what somebody who helps needs to see, without secrets; prints a short form of it
    Support {
        /// The folder for the archive, such as a mounted stick; without it only the short form is made
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
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
        Verb::Plan { answers } => show_plan(&answers),
        Verb::Repair { verb } => match repair::verbs::run(verb) {
            Ok(()) => Ok(0),
            Err(text) => anyhow::bail!("{text}"),
        },
        Verb::Support { to } => support(to.as_deref(), &image),
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

fn support(folder: Option<&Path>, image: &Path) -> anyhow::Result<u8> {
    let machine = probe::machine();
    let subject = support::Subject {
        machine: &machine,
        answers: None,
        plan: None,
        failure: None,
        image,
    };
    print!("{}", support::short(&subject));
    if let Some(folder) = folder {
        match support::bundle(&subject).write(folder) {
            Ok((path, hash)) => println!("written {} sha256 {hash}", path.display()),
            Err(text) => anyhow::bail!("{text}"),
        }
    }
    Ok(0)
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
