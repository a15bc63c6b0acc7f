//! The installer of Firn. See `firn-installer --help`.

mod answers_source;
mod consoles;
mod desk;
#[cfg(test)]
mod evil;
mod execute;
mod messenger;
mod power;
#[cfg(test)]
mod recorded;
mod report;
mod service;
mod unattended;
mod web;
mod wizard;

use anyhow::Context;
use clap::{Parser, Subcommand};
use firn_bootnet as bootnet;
use firn_checks as checks;
use firn_image::run::IMAGE;
use firn_machine as machine;
use firn_machine::probe;
use firn_plan as plan;
use firn_rescue::{drivers, repair, support};
use firn_stick as stick;
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Turns this machine into a Xen host.
#[derive(Parser)]
#[command(version, about, max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Verb,
    /// The folder with the image's files and manifest.json
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
        /// Everything that was seen, as JSON, into a file [default: standard output]
        #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
        record: Option<PathBuf>,
        /// With pseudonyms for serial numbers, MAC addresses and host ids
        #[arg(long)]
        mask: bool,
    },
    /// Looks at one disk, which `probe` names on standard input
    #[command(hide = true)]
    LookAtDisk,
    /// Compares the files of the medium with their checksums
    Verify,
    /// Drivers that the image does not have, from USB sticks and CDs
    Drivers {
        #[command(subcommand)]
        verb: DriverVerb,
    },
    /// Shows what an answer file would do; changes nothing
    Plan {
        /// The answer file, or its URL
        #[arg(long)]
        answers: String,
        /// On the machine of this file (see `probe --json`) instead of this one
        #[arg(long, value_name = "FILE")]
        machine: Option<PathBuf>,
        /// Answers as on the kernel command line, such as "firn.disk.wipe=any"
        #[arg(long, value_name = "WORDS", default_value = "")]
        cmdline: String,
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
        /// The answer file, or its URL
        #[arg(long)]
        answers: String,
        /// Speak on standard output instead of on every console
        #[arg(long)]
        stdout: bool,
        /// Only show what would happen, on standard output; changes nothing
        #[arg(long)]
        plan: bool,
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
    match run(Arguments::parse_from(words(std::env::args_os()))) {
        Ok(status) => ExitCode::from(status),
        Err(e) => {
            eprintln!("error: {}", firn_words::visible_lines(&format!("{e:#}")));
            ExitCode::FAILURE
        }
    }
}

/// Called as `firn-probe`, the program is `firn-installer probe`.
fn words(given: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = given.collect();
    let name = words.first().map(Path::new).and_then(Path::file_name);
    if name.is_some_and(|name| name == "firn-probe") {
        words.insert(1, "probe".into());
    }
    words
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
        Verb::Probe { json, record, mask } => {
            let record = record.or_else(|| json.then(|| PathBuf::from("-")));
            show_machine(record.as_deref(), mask).map(|()| 0)
        }
        Verb::LookAtDisk => probe::on_request().map(|()| 0),
        Verb::Verify => Ok(verify(&image)),
        Verb::Drivers { verb } => Ok(match verb {
            DriverVerb::List => drivers::list_on_terminal(),
            DriverVerb::Load { file } => drivers::load_on_terminal(&file),
        }),
        Verb::Repair { verb } => match repair::verbs::run(verb) {
            Ok(()) => Ok(0),
            Err(text) => anyhow::bail!("{text}"),
        },
        Verb::Support { to } => support(to.as_deref(), &image),
        Verb::Plan {
            answers,
            machine,
            cmdline,
        } => unattended::show_plan(&answers, &cmdline, &image, machine.as_deref()),
        Verb::Unattended {
            answers,
            plan: true,
            ..
        } => unattended::show_plan(&answers, &answers_source::cmdline(), &image, None),
        Verb::Unattended {
            answers, stdout, ..
        } => {
            let consoles = if stdout {
                consoles::Everywhere::none()
            } else {
                consoles::Everywhere::open()
            };
            let mut speaker = unattended::Speaker::new(consoles);
            Ok(unattended::from(&answers, &image, &mut speaker).status())
        }
    }
}

fn wizard(console: Option<String>, demo: Option<&Path>, image: &Path) -> anyhow::Result<()> {
    let console = consoles::Console::new(console.as_deref().unwrap_or("tty1"));
    match demo {
        Some(machine) => wizard::play(&console, machine),
        None => wizard::serve(&console, image),
    }
}

/// 0 when all is as it was made, else 1.
fn verify(image: &Path) -> u8 {
    let check = checks::medium::verify(image, &mut |percent| {
        eprint!("\r{percent:3}%");
        ControlFlow::Continue(())
    });
    eprintln!();
    println!("{}", check.found);
    let fine = check.verdict == checks::Verdict::Fine;
    if !fine {
        println!("{}", check.todo);
    }
    u8::from(!fine)
}

fn show_machine(record: Option<&Path>, mask: bool) -> anyhow::Result<()> {
    let mut machine = match record {
        // What is kept should say which NICs have a link.
        Some(_) => probe::machine_with_links(),
        None => probe::machine(),
    };
    if mask {
        probe::record::mask(&mut machine);
    }
    if let Some(file) = record {
        let text = serde_json::to_string_pretty(&machine)? + "\n";
        if file == Path::new("-") {
            print!("{text}");
            return Ok(());
        }
        return std::fs::write(file, text).with_context(|| format!("writing {}", file.display()));
    }
    for line in report::report(&machine, &checks::run(&machine)) {
        println!("{line}");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_knows_the_verb_of_the_probe() {
        use clap::CommandFactory;
        let verb = Arguments::command().find_subcommand(probe::VERB).is_some();
        assert!(verb);
    }
}
