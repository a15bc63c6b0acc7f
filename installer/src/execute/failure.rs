//! From an error of a step to what a person is told: what failed, why, and what to do next.

use super::doing::{doing, ended};
use super::event::{Failure, Secrets};
use firn_command::Error as CommandError;
use firn_image::run::MEDIUM;
use firn_words::{Text, say};
use std::fmt;
use std::io;

/// An error that is a sentence for people, in every language.
#[derive(Debug)]
pub struct Said(pub Text);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Said {}

/// What is behind an error, as far as it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// The disk, or what is on it, gives errors.
    DiskErrors,
    /// Something is full.
    Full,
    /// A program was ended by a signal.
    Killed,
    /// The medium is damaged or gone.
    Medium,
    /// Something uses the disk.
    Busy,
    /// Anything else.
    Other,
}

/// The failure of a step, without what was undone.
pub fn of(step: &str, error: &anyhow::Error, secrets: &Secrets) -> Failure {
    let hide = |text: &str| secrets.hide(text);
    let mut failure = Failure {
        step: step.to_owned(),
        text: text(error, secrets),
        ..Failure::default()
    };
    if let Some(CommandError::Status {
        line, status, tail, ..
    }) = command(error)
    {
        failure.command = Some(hide(line));
        failure.status = Some(status.clone());
        failure.tail = tail.lines().map(hide).collect();
    }
    failure
}

/// The sentence about an error outside of an installation.
pub fn told(error: &anyhow::Error) -> Text {
    text(error, &Secrets::default())
}

/// A sentence for people: the one that the step has for it, else one about the command, else the whole story.
fn text(error: &anyhow::Error, secrets: &Secrets) -> Text {
    let reason = reason(error, secrets);
    if let Some(said) = error.downcast_ref::<Said>() {
        // A sentence around another error tells that one, too.
        return match error.chain().nth(1) {
            Some(_) => Text::join([said.0.clone(), reason], ": "),
            None => said.0.clone(),
        };
    }
    reason
}

fn reason(error: &anyhow::Error, secrets: &Secrets) -> Text {
    match command(error) {
        Some(CommandError::Status {
            line, status, tail, ..
        }) => {
            let program = line.split_whitespace().next().unwrap_or_default();
            let last = secrets.hide(tail.lines().last().unwrap_or_default());
            match (killed(status), last.is_empty()) {
                (true, _) => say!(
                    "execute-command-killed",
                    program = program,
                    status = ended(status)
                ),
                (false, true) => say!(
                    "execute-command-silent",
                    program = program,
                    status = ended(status)
                ),
                (false, false) => say!(
                    "execute-command-failed",
                    program = program,
                    status = ended(status),
                    last = last
                ),
            }
        }
        Some(CommandError::Start { program, source }) => say!(
            "execute-command-missing",
            program = program,
            reason = source.to_string()
        ),
        _ => {
            let said = usize::from(error.downcast_ref::<Said>().is_some());
            let links = error.chain().skip(said);
            let story = links.map(|link| doing(&secrets.hide(&one_line(&link.to_string()))));
            Text::join(story, ": ")
        }
    }
}

/// The whole chain of an error in one line.
pub fn story(error: &anyhow::Error) -> String {
    one_line(&format!("{error:#}"))
}

fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("; ")
}

/// The last line that a failed command wrote, or why there is none.
pub fn last_words(error: &CommandError) -> String {
    match error {
        CommandError::Status { status, tail, .. } => {
            tail.lines().last().unwrap_or(status).to_owned()
        }
        other => other.to_string(),
    }
}

fn command(error: &anyhow::Error) -> Option<&CommandError> {
    error.chain().find_map(|e| e.downcast_ref())
}

/// `signal: 9 (SIGKILL)`, as the standard library writes it.
fn killed(status: &str) -> bool {
    status.starts_with("signal")
}

/// The program, or a library of it, could not be read when it went on: the medium gives errors or is gone.
fn lost_its_pages(status: &str) -> bool {
    status.contains("SIGBUS")
}

fn is_io_error(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

fn cause(error: &anyhow::Error) -> Cause {
    let said = error.downcast_ref::<Said>().and_then(|said| said.0.id());
    match said {
        Some(id) if id.starts_with("execute-medium-") || id.starts_with("execute-manifest-") => {
            return Cause::Medium;
        }
        Some("execute-disk-in-use" | "execute-partitions-not-taken") => return Cause::Busy,
        _ => {}
    }
    let tail = match command(error) {
        // Programs are read from the medium when they are needed.
        Some(CommandError::Start { source, .. }) if is_io_error(source) => return Cause::Medium,
        Some(CommandError::Status { status, .. }) if lost_its_pages(status) => {
            return Cause::Medium;
        }
        Some(CommandError::Status { status, .. }) if killed(status) => return Cause::Killed,
        Some(CommandError::Status { tail, .. }) => tail.to_lowercase(),
        _ => String::new(),
    };
    let number = error
        .chain()
        .find_map(|e| e.downcast_ref::<io::Error>())
        .and_then(io::Error::raw_os_error);
    if number == Some(rustix::io::Errno::IO.raw_os_error())
        || tail.contains("input/output error")
        || tail.contains("i/o error")
        // mke2fs says only that of a disk that does not take its blocks.
        || tail.contains("short write")
        || tail.contains("short read")
        || tail.contains("error writing")
        || tail.contains("error reading")
    {
        return match error
            .chain()
            .any(|e| e.to_string().starts_with(&format!("reading {MEDIUM}")))
        {
            true => Cause::Medium,
            false => Cause::DiskErrors,
        };
    }
    if number == Some(rustix::io::Errno::NOSPC.raw_os_error())
        || tail.contains("no space left")
        || tail.contains("insufficient free space")
    {
        return Cause::Full;
    }
    Cause::Other
}

/// What to do next about an error while `disk` was being written.
pub fn todo(error: &anyhow::Error, disk: &str) -> Text {
    match cause(error) {
        Cause::DiskErrors => say!("execute-todo-disk-errors", disk = disk),
        Cause::Full => say!("execute-todo-full", disk = disk),
        Cause::Killed => say!("execute-todo-killed"),
        Cause::Medium => say!("execute-todo-medium"),
        Cause::Busy => say!("execute-todo-busy", disk = disk),
        Cause::Other => say!("execute-todo-other"),
    }
}

#[cfg(test)]
mod tests;
