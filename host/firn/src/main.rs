//! The `firn` command of an installed host.

mod apply;
mod arguments;
mod asking;
mod completion;
mod connect;
mod failure;
mod files;
mod issue;
mod language;
mod mtu;
mod output;
#[cfg(test)]
mod reference;
mod settings;
mod status;
mod store;
mod time_sources;
mod wrap;

use anyhow::Result;
use arguments::{Arguments, Command, LocalCommand, Shell};
use asking::Session;
use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;
use failure::{Failure, USAGE};
use firn_client::{Client, Place};
use firn_words::{Language, say};
use jiff::tz::TimeZone;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    CompleteEnv::with_factory(Arguments::command).complete();
    let Arguments {
        host,
        socket,
        command,
    } = Arguments::parse();
    match (command, host) {
        (Command::Local(_) | Command::Store { command: None }, Some(host)) => {
            let failure = Failure::Said(USAGE, say!("command-only-here", host = host));
            failed(&failure, language::language())
        }
        (Command::Local(command), None) => ended(run(command, &socket)),
        (Command::Store { command: None }, None) => ended(store::activate().map(|()| true)),
        (command, host) => ask(host.map_or(Place::Socket(socket), Place::Ssh), command),
    }
}

/// Does what needs firnd.
fn ask(place: Place, command: Command) -> ExitCode {
    let language = language::language();
    let done = Client::new(place)
        .map_err(Failure::from)
        .and_then(|client| {
            let zone = TimeZone::system();
            let mut session = Session {
                client,
                language,
                zone,
            };
            session.run(command)
        });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failed(&failure, language),
    }
}

fn failed(failure: &Failure, language: Language) -> ExitCode {
    for line in failure.told(language) {
        output::note(&say!("command-error", text = line).in_language(language));
    }
    failure.status().into()
}

/// Does what needs no firnd. Whether all is well: a status that names what has failed is no error of this program.
fn run(command: LocalCommand, socket: &Path) -> Result<bool> {
    match command {
        LocalCommand::Apply { start: true, .. } => apply::start::run()?,
        LocalCommand::Apply { dry_run, root, .. } => apply::apply(root.as_deref(), dry_run)?,
        LocalCommand::Status(json) => return status::show(json.json),
        LocalCommand::Connect => connect::join(socket)?,
        LocalCommand::Issue => issue::write()?,
        LocalCommand::TimeSources => time_sources::write()?,
        LocalCommand::Mtu => mtu::follow()?,
        LocalCommand::Completion(Shell::Bash) => completion::bash()?,
    }
    Ok(true)
}

fn ended(done: Result<bool>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let text = format!("{error:#}");
            eprintln!("error: {}", firn_visible::visible_lines(&text));
            ExitCode::FAILURE
        }
    }
}
