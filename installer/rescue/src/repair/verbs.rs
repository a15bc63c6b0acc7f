//! `firn-installer repair …`, for a shell and for ssh.

use super::{Host, Result, SHORTEST};
use clap::{Args, Subcommand};
use firn_config::Secret;
use firn_machine::Machine;
use firn_machine::probe;
use firn_words::{Text, say};
use std::io::{self, Write};
use std::path::PathBuf;

/// Which host.
#[derive(Args)]
pub struct Which {
    /// Disk (/dev/sda) or id of the host; may be left out where there is one only
    #[arg(long)]
    disk: Option<String>,
}

/// What to repair.
#[derive(Subcommand)]
pub enum Verb {
    /// Lists the installed hosts
    List,
    /// Writes the start menu, the boot code and the firmware's entry anew
    Menu {
        #[command(flatten)]
        which: Which,
    },
    /// Sets the network back to DHCP on one NIC
    Network {
        #[command(flatten)]
        which: Which,
        /// Name or MAC address of the NIC; may be left out where one only has a link
        #[arg(long)]
        nic: Option<String>,
    },
    /// Sets root's password, which is read from standard input
    Password {
        #[command(flatten)]
        which: Which,
    },
    /// Shows the end of the host's journal
    Logs {
        #[command(flatten)]
        which: Which,
        /// How many lines
        #[arg(long, default_value_t = 200)]
        lines: usize,
    },
    /// Packs what somebody who helps needs to see of the host, without secrets
    Bundle {
        #[command(flatten)]
        which: Which,
        /// The folder for the archive, such as a mounted stick; without it a short text is shown
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
}

/// Does it and says what was done, a line for each thing.
pub fn run(verb: Verb) -> Result<()> {
    let lines = match verb {
        Verb::List => super::find(&probe::machine())
            .iter()
            .map(Host::title)
            .collect(),
        Verb::Menu { which } => {
            let machine = probe::machine();
            super::menu(&machine, &host(&machine, &which)?)?
        }
        Verb::Network { which, nic } => {
            let machine = match nic {
                Some(_) => probe::machine(),
                None => probe::machine_with_links(),
            };
            let nic = super::network::choose_nic(&machine, nic.as_deref())?;
            super::network(&machine, &host(&machine, &which)?, &nic)?
        }
        Verb::Password { which } => {
            let host = host(&probe::machine(), &which)?;
            super::password(&host, ask()?)?
        }
        Verb::Logs { which, lines } => {
            let host = host(&probe::machine(), &which)?;
            // Who has seen enough closes the pipe.
            let _ = io::stdout().write_all(super::logs(&host, lines)?.as_bytes());
            Vec::new()
        }
        Verb::Bundle { which, to } => {
            let host = host(&probe::machine(), &which)?;
            let Some(to) = to else {
                // As with the logs.
                let _ = io::stdout().write_all(super::short(&host)?.as_bytes());
                return Ok(());
            };
            let (path, hash) = super::bundle(&host)?.write(&to)?;
            let path = path.display().to_string();
            vec![say!("repair-done-bundle", path = path, hash = hash)]
        }
    };
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

fn host(machine: &Machine, which: &Which) -> Result<Host> {
    super::choose(machine, which.disk.as_deref())
}

/// One line of standard input.
fn ask() -> Result<Secret> {
    if rustix::termios::isatty(io::stdin()) {
        eprint!("New password of root (at least {SHORTEST} characters, it is shown): ");
    }
    let mut line = String::new();
    io::stdin()
        .read_line(&mut line)
        .map_err(|e| Text::from(e.to_string()))?;
    Ok(Secret(line.trim_end_matches(['\r', '\n']).to_owned()))
}
