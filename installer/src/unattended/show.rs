//! The plan alone: what the answers would do, and nothing is done.

use super::attempt::look;
use super::{Outcome, read, refusal};
use crate::answers_source;
use crate::machine::Machine;
use crate::plan;
use anyhow::Context;
use std::path::Path;

/// Prints what the answers would do, on this machine or on a recorded one; gives the exit status.
///
/// # Errors
/// The record of the machine cannot be read.
pub fn show_plan(
    answers: &str,
    cmdline: &str,
    image: &Path,
    machine: Option<&Path>,
) -> anyhow::Result<u8> {
    let mut say = |line: &str| eprintln!("{line}");
    let found = answers_source::named(answers, cmdline, image, &mut say);
    let read = found.and_then(|found| Ok((read(&found, cmdline)?, found)));
    let machine = match (machine, &read) {
        (Some(record), _) => Some(recorded(record)?),
        (None, Ok((answers, found))) => Some(look(answers, found)),
        (None, Err(_)) => None,
    };
    let lines = match (read, machine) {
        (Ok((answers, _)), Some(machine)) => plan::print::lines(&machine, &answers),
        (read, _) => read.map(|_| Vec::new()),
    };
    match lines {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            Ok(Outcome::Done.status())
        }
        Err(problems) => {
            for line in refusal(&problems) {
                println!("{line}");
            }
            Ok(Outcome::Refused.status())
        }
    }
}

/// A machine that `probe --json` wrote down.
fn recorded(path: &Path) -> anyhow::Result<Machine> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no machine", path.display()))
}
