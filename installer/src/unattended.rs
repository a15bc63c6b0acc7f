//! An installation from an answer file: no questions, one line for everything that matters, on every console.

mod attempt;
mod guard;
mod lines;
mod show;
mod token;

pub use attempt::{from, run};
pub use show::show_plan;

use crate::answers_source::Found;
use crate::consoles::Everywhere;
use crate::execute::journal;
use firn_config::{Answers, NicRule, Override, Port, Problem};
use firn_steps::Journal;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Installed.
    Done,
    /// A step failed; the disk cannot be started.
    Failed,
    /// Nothing was written.
    Refused,
    /// Nothing was written, and the machine is to start the Firn that it has.
    HasFirn(Next),
}

/// How a machine comes to its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Through the firmware.
    Restart,
    /// At once: what the disk would start is loaded.
    Kexec,
}

impl Outcome {
    /// The program's exit status.
    pub fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Refused | Self::HasFirn(_) => 2,
        }
    }
}

/// Speaks on the consoles and writes the log.
pub struct Speaker {
    consoles: Everywhere,
    journal: Journal,
}

impl Speaker {
    /// Speaks on `consoles`.
    pub fn new(consoles: Everywhere) -> Self {
        Self {
            consoles,
            journal: journal::open(),
        }
    }

    /// One line on the consoles and in the log.
    pub fn say(&mut self, text: &str) {
        self.journal.line(text);
        self.consoles.line(text);
    }

    /// One line on the consoles; the log has it already.
    fn show(&mut self, text: &str) {
        self.consoles.line(text);
    }
}

/// The answers; problems of the command line, of the file and of the way it came together.
pub fn read(found: &Found, cmdline: &str) -> Result<Answers, Vec<Problem>> {
    let parse = |overrides: &[Override]| firn_config::parse(&found.text, overrides);
    let answers = match firn_config::overrides(cmdline) {
        Ok(overrides) => parse(&overrides)?,
        Err(mut problems) => {
            problems.extend(parse(&[]).err().into_iter().flatten());
            return Err(problems);
        }
    };
    let problems = found.channel.problems(&answers);
    if problems.is_empty() {
        Ok(answers)
    } else {
        Err(problems)
    }
}

/// Whether NICs must be brought up before the plan can be made.
pub fn needs_links(port: &Port) -> bool {
    let asks = |rule: &NicRule| rule.link.is_some();
    match port {
        Port::Auto => true,
        Port::Interface(rule) => asks(rule),
        Port::Bond(bond) => bond.members.iter().any(asks),
    }
}

/// Says the problems and that nothing happened.
pub fn refuse(problems: &[Problem], speaker: &mut Speaker) -> Outcome {
    for line in refusal(problems) {
        speaker.say(&line);
    }
    Outcome::Refused
}

/// The lines of a refusal, as every console shows them.
pub fn refusal(problems: &[Problem]) -> Vec<String> {
    let mut lines: Vec<String> = problems
        .iter()
        .map(|problem| one_line(&problem.to_string()))
        .collect();
    let word = if problems.len() == 1 {
        "problem"
    } else {
        "problems"
    };
    let count = problems.len();
    lines.push(format!("refused: {count} {word}, nothing was written"));
    lines
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_statuses() {
        assert_eq!(
            [Outcome::Done, Outcome::Failed, Outcome::Refused].map(Outcome::status),
            [0, 1, 2]
        );
    }
}
