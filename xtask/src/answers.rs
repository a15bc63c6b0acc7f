//! `cargo xtask answers`: what somebody who writes answer files wants to know before a machine reads them.

pub mod check;
mod excerpt;
mod merge;
mod plan;

use anyhow::Result;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum AnswersCommand {
    /// Say everything that is wrong with answer files; the exit status is 1 if anything is
    Check {
        /// The answer files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// With these answers of a kernel command line, such as "firn.host.name=xen1"
        #[arg(long, value_name = "WORDS", default_value = "")]
        cmdline: String,
    },
    /// Lay answer files over each other (site, group, host) and show the result, each value with the layer that it is from; the exit
    /// status is 1 if anything is wrong with it
    Merge {
        /// The files, the most general one first: a later one wins, key by key
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Write the merged answers here, secrets and all
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Show what an answer file would do to a machine; the exit status is 2 if it would be refused
    Plan {
        /// The machine, as `firn-installer probe --record` or `firn-probe --record` wrote it down
        #[arg(long, value_name = "FILE")]
        machine: PathBuf,
        /// With these answers of a kernel command line, such as "firn.disk.wipe=any"
        #[arg(long, value_name = "WORDS", default_value = "")]
        cmdline: String,
        /// The answer file
        answers: PathBuf,
    },
    /// Print the JSON schema of answer files, for editors
    Schema,
    /// Print a commented answer file with every key
    Example,
}

/// Does what was asked.
///
/// # Errors
/// When a file cannot be read, or the installer's program does not start.
pub fn run(command: &AnswersCommand) -> Result<ExitCode> {
    match command {
        AnswersCommand::Check { files, cmdline } => check::run(files, cmdline),
        AnswersCommand::Merge { files, out } => merge::run(files, out.as_deref()),
        AnswersCommand::Plan {
            machine,
            cmdline,
            answers,
        } => plan::run(machine, cmdline, answers),
        AnswersCommand::Schema => {
            println!(
                "{}",
                serde_json::to_string_pretty(&firn_config::json_schema())?
            );
            Ok(ExitCode::SUCCESS)
        }
        AnswersCommand::Example => {
            print!("{}", firn_config::example_toml());
            Ok(ExitCode::SUCCESS)
        }
    }
}
