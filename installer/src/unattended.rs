//! An installation from an answer file: no questions, one line for everything that matters, on every console.

mod guard;
mod show;
mod token;

pub use show::show_plan;

use crate::answers_source::{self, Found};
use crate::consoles::Everywhere;
use crate::execute::{self, Event, Failure, Secrets, journal};
use crate::machine::Machine;
use crate::plan::{self, Plan};
use crate::probe;
use crate::support::{self, Subject};
use firn_config::{Answers, NicRule, Override, Port, Problem};
use std::io;
use std::path::Path;

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
    HasFirn,
}

impl Outcome {
    /// The program's exit status.
    pub fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Refused | Self::HasFirn => 2,
        }
    }
}

/// Speaks on the consoles and writes the log.
pub struct Speaker {
    consoles: Everywhere,
    journal: journal::Journal,
}

impl Speaker {
    /// Speaks on `consoles`.
    pub fn new(consoles: Everywhere) -> Self {
        Self {
            consoles,
            journal: journal::Journal::open(),
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

/// Installs from an answer file, with what the kernel command line adds.
pub fn run(found: &Found, cmdline: &str, image: &Path, speaker: &mut Speaker) -> Outcome {
    let answers = match read(found, cmdline) {
        Ok(answers) => answers,
        Err(problems) => return refuse(&problems, speaker),
    };
    speaker.say("firn: looking at the machine");
    let machine = look(&answers);
    let plan = match plan::plan(&machine, &answers) {
        Ok(plan) => plan,
        Err(problems) => return refuse_machine(&problems, &machine, &answers, cmdline, speaker),
    };
    for line in plan.describe() {
        speaker.say(&format!("firn: {line}"));
    }
    if plan.needs_token
        && let Err(problem) = token::redeem(&answers.disk.wipe, &found.channel)
    {
        return refuse_machine(&[problem], &machine, &answers, cmdline, speaker);
    }
    install(&plan, &answers, &machine, image, speaker)
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

/// Installs from the answers in a file or at a URL.
pub fn from(place: &str, image: &Path, speaker: &mut Speaker) -> Outcome {
    let cmdline = answers_source::cmdline();
    let found = answers_source::named(place, &cmdline, &mut |line| speaker.say(line));
    match found {
        Ok(found) => run(&found, &cmdline, image, speaker),
        Err(problems) => refuse(&problems, speaker),
    }
}

/// This machine, as far as the answers ask: their rules may need links, which show only once NICs are up.
fn look(answers: &Answers) -> Machine {
    if needs_links(&answers.network.port) {
        probe::machine_with_links()
    } else {
        probe::machine()
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

/// Refuses; a machine that was started over the network and has its Firn already is then started from its disk.
fn refuse_machine(
    problems: &[Problem],
    machine: &Machine,
    answers: &Answers,
    cmdline: &str,
    speaker: &mut Speaker,
) -> Outcome {
    let outcome = refuse(problems, speaker);
    let installed = plan::installed(machine, answers);
    if guard::decide(
        answers_source::netbooted(cmdline),
        installed.is_some(),
        problems,
    ) {
        return guard::start_disk(machine, speaker);
    }
    outcome
}

/// Says the problems and that nothing happened.
pub fn refuse(problems: &[Problem], speaker: &mut Speaker) -> Outcome {
    for line in refusal(problems) {
        speaker.say(&line);
    }
    Outcome::Refused
}

fn refusal(problems: &[Problem]) -> Vec<String> {
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

fn install(
    plan: &Plan,
    answers: &Answers,
    machine: &Machine,
    image: &Path,
    speaker: &mut Speaker,
) -> Outcome {
    let secrets = Secrets::from(answers);
    let mut lines = Lines::default();
    let result = execute::execute(plan, &secrets, image, &mut |event| {
        for line in lines.next(&event) {
            speaker.show(&line);
        }
    });
    match result {
        Ok(_) => Outcome::Done,
        Err(failure) => {
            let subject = Subject {
                machine,
                answers: Some(answers),
                plan: Some(plan),
                failure: Some(&failure),
                image,
            };
            report(&failure, &subject, speaker);
            Outcome::Failed
        }
    }
}

/// Turns events into lines for people.
#[derive(Default)]
struct Lines {
    title: String,
    percent: u8,
    /// The percentage of the last line.
    shown: u8,
}

impl Lines {
    fn next(&mut self, event: &Event) -> Vec<String> {
        match event {
            Event::Error { .. } | Event::Undone { .. } | Event::Left { .. } => {
                journal::failure_lines(event)
            }
            _ => self.line(event).into_iter().collect(),
        }
    }

    fn line(&mut self, event: &Event) -> Option<String> {
        match event {
            Event::Step { title, .. } => {
                self.title = title.to_string();
                Some(self.progress())
            }
            Event::Progress { percent } => {
                self.percent = *percent;
                // Each line costs time on a serial line: every five percent will do.
                if *percent < self.shown + 5 && *percent < 100 {
                    return None;
                }
                Some(self.progress())
            }
            Event::Warning { text } => Some(format!("warning: {}", one_line(&text.to_string()))),
            Event::Done {
                hostname,
                addresses,
            } => Some(journal::done_line(hostname, addresses)),
            _ => None,
        }
    }

    fn progress(&mut self) -> String {
        self.shown = self.percent;
        format!("firn: {}% {}", self.percent, self.title)
    }
}

/// After a failure: the short report on the consoles and, where it can be written, log and support bundle on FIRNANSWERS.
fn report(failure: &Failure, subject: &Subject<'_>, speaker: &mut Speaker) {
    speaker.show(&format!(
        "firn: the log is {}; a short report to copy or read out:",
        journal::LOG
    ));
    for line in support::short(subject).lines() {
        speaker.show(&format!("  {line}"));
    }
    let log = std::fs::read(journal::LOG).unwrap_or_default();
    let mut bundle = String::new();
    let written = answers_source::write_back(|folder| {
        std::fs::write(folder.join("firn-log.txt"), log)?;
        let (path, hash) = support::bundle(subject)
            .write(folder)
            .map_err(|text| io::Error::other(text.to_string()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        bundle = format!("{name}, sha256 {hash}");
        Ok(())
    });
    match written {
        Ok(Some(device)) => speaker.say(&format!(
            "firn: the log is in firn-log.txt on {device}, the support bundle in {bundle}"
        )),
        Ok(None) => {}
        Err(e) => speaker.say(&format!(
            "firn: the log could not be written to {}: {}",
            answers_source::LABEL,
            one_line(&e.to_string())
        )),
    }
    speaker.say(&format!("firn: failed in the step {}", failure.step));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_for_a_serial_console() {
        let mut lines = Lines::default();
        let step = Event::Step {
            name: "slot".into(),
            n: 4,
            of: 8,
            title: "Copying the system".into(),
        };
        let events = [
            step,
            Event::Progress { percent: 3 },
            Event::Progress { percent: 12 },
            Event::Error {
                step: "slot".into(),
                text: "reading x:\n  input/output error".into(),
                command: Some("mkfs.ext4 /dev/sda3".into()),
                status: Some("exit status: 1".into()),
                tail: vec!["one".into(), "two".into()],
            },
            Event::Undone {
                text: "removed the boot code".into(),
            },
            Event::Left {
                disk: "nothing starts from it".into(),
                todo: "try again".into(),
            },
            Event::Done {
                hostname: "xen1".into(),
                addresses: vec!["192.0.2.10".into()],
            },
        ];
        let text: Vec<_> = events.iter().flat_map(|e| lines.next(e)).collect();
        assert_eq!(
            text,
            [
                "firn: 0% Copying the system",
                "firn: 12% Copying the system",
                "failed: slot: reading x: input/output error",
                "command: mkfs.ext4 /dev/sda3",
                "status: exit status: 1",
                "said: one",
                "said: two",
                "undone: removed the boot code",
                "disk: nothing starts from it",
                "to do: try again",
                "done: xen1 at 192.0.2.10",
            ]
        );
    }

    #[test]
    fn exit_statuses() {
        assert_eq!(
            [Outcome::Done, Outcome::Failed, Outcome::Refused].map(Outcome::status),
            [0, 1, 2]
        );
    }
}
