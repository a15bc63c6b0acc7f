//! One installation from an answer file, from its first line to its last.

use super::lines::Lines;
use super::{Outcome, Speaker, guard, needs_links, one_line, read, refuse, token};
use crate::answers_source::{self, Found, Wishes};
use crate::execute::{self, Failure, Secrets, journal};
use crate::machine::Machine;
use crate::messenger::{self, Messenger};
use crate::plan::{self, Plan};
use crate::support::{self, Scrub, Subject};
use crate::{probe, repair};
use firn_config::{Answers, Problem};
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long disks may take to show.
const LATE_DISKS: Duration = Duration::from_secs(30);
/// How long to wait before looking again.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// Installs from an answer file, with what the kernel command line adds, and reports to whom the answers say.
pub fn run(found: &Found, cmdline: &str, image: &Path, speaker: &mut Speaker) -> Outcome {
    let overrides = firn_config::overrides(cmdline).unwrap_or_default();
    let report = firn_config::report(&found.text, &overrides);
    let wishes = Wishes::of(cmdline).unwrap_or_default();
    let mut attempt = Attempt {
        cmdline,
        image,
        speaker,
        messenger: Messenger::new(report.as_ref(), &found.channel, &wishes, image),
    };
    let outcome = attempt.run(found);
    let Attempt {
        speaker, messenger, ..
    } = attempt;
    if let Some(text) = messenger.end() {
        speaker.say(&format!("warning: {text}"));
    }
    outcome
}

/// Installs from the answers in a file or at a URL.
pub fn from(place: &str, image: &Path, speaker: &mut Speaker) -> Outcome {
    let cmdline = answers_source::cmdline();
    let found = answers_source::named(place, &cmdline, image, &mut |line| speaker.say(line));
    match found {
        Ok(found) => run(&found, &cmdline, image, speaker),
        Err(problems) => refuse(&problems, speaker),
    }
}

/// This machine, as far as the answers ask: their rules may need links, which show only once NICs are up. The disks that the answers
/// came from are no targets.
pub(super) fn look(answers: &Answers, found: &Found) -> Machine {
    let mut machine = if needs_links(&answers.network.port) {
        probe::machine_with_links()
    } else {
        probe::machine()
    };
    machine.keep_answers(&found.disks);
    machine
}

struct Attempt<'a> {
    cmdline: &'a str,
    image: &'a Path,
    speaker: &'a mut Speaker,
    messenger: Messenger,
}

impl Attempt<'_> {
    fn run(&mut self, found: &Found) -> Outcome {
        let answers = match read(found, self.cmdline) {
            Ok(answers) => answers,
            Err(problems) => return self.refuse(&problems),
        };
        self.messenger.hide(Scrub::of(Some(&answers)));
        self.speaker.say("firn: looking at the machine");
        let machine = self.look(&answers, found);
        let plan = match plan::plan(&machine, &answers) {
            Ok(plan) => plan,
            Err(problems) => return self.refuse_machine(&problems, &machine, &answers),
        };
        for line in plan.describe() {
            self.speaker.say(&format!("firn: {line}"));
        }
        if plan.needs_token
            && let Err(problem) = token::redeem(&answers.disk.wipe, &found.channel)
        {
            return self.refuse_machine(&[problem], &machine, &answers);
        }
        self.install(&plan, &answers, &machine, &found.disks)
    }

    /// Looks again for a while where a disk that the answers ask for is not there yet: some controllers take their time.
    fn look(&mut self, answers: &Answers, found: &Found) -> Machine {
        let end = Instant::now() + LATE_DISKS;
        let mut machine = look(answers, found);
        if plan::lacks_disks(&machine, answers) {
            let seconds = LATE_DISKS.as_secs();
            self.speaker.say(&format!(
                "firn: waiting up to {seconds} s for the disks that the answers ask for"
            ));
        }
        while plan::lacks_disks(&machine, answers) && Instant::now() < end {
            sleep(LOOK_AGAIN);
            machine = look(answers, found);
        }
        machine
    }

    fn refuse(&mut self, problems: &[Problem]) -> Outcome {
        self.messenger.refused(problems);
        refuse(problems, self.speaker)
    }

    /// Refuses; a machine that was started over the network and has its Firn already is then started from its disk.
    fn refuse_machine(
        &mut self,
        problems: &[Problem],
        machine: &Machine,
        answers: &Answers,
    ) -> Outcome {
        let outcome = self.refuse(problems);
        let netbooted = answers_source::netbooted(self.cmdline);
        match plan::installed(machine, answers) {
            Some(disk) if guard::decide(netbooted, problems) => {
                guard::start_disk(machine, disk, self.speaker)
            }
            _ => outcome,
        }
    }

    fn install(
        &mut self,
        plan: &Plan,
        answers: &Answers,
        machine: &Machine,
        sources: &[String],
    ) -> Outcome {
        let secrets = Secrets::from(answers);
        let mut lines = Lines::default();
        self.messenger.started(&answers.host.name);
        let result = execute::execute(plan, &secrets, self.image, &mut |event| {
            for line in lines.next(&event) {
                self.speaker.show(&line);
            }
            self.messenger.event(&event);
        });
        match result {
            Ok(_) => {
                self.messenger.succeeded();
                self.keep_reports(plan, machine);
                Outcome::Done
            }
            Err(failure) => {
                self.messenger.failed(&failure);
                let subject = Subject {
                    machine,
                    answers: Some(answers),
                    plan: Some(plan),
                    failure: Some(&failure),
                    image: self.image,
                };
                show_failure(&failure, &subject, sources, self.speaker);
                Outcome::Failed
            }
        }
    }

    /// The host gets what was reported about it.
    fn keep_reports(&mut self, plan: &Plan, machine: &Machine) {
        let Ok(reports) = std::fs::read(messenger::KEPT) else {
            return;
        };
        let disk = machine
            .disks
            .iter()
            .find(|disk| disk.name == plan.disk.name);
        if let Some(Err(text)) = disk.map(|disk| repair::keep_reports(disk, &reports)) {
            self.speaker.say(&format!(
                "warning: the host did not get the reports: {text}"
            ));
        }
    }
}

/// After a failure: the short report on the consoles and, where it can be written, log and support bundle on FIRNANSWERS.
fn show_failure(
    failure: &Failure,
    subject: &Subject<'_>,
    sources: &[String],
    speaker: &mut Speaker,
) {
    speaker.show(&format!(
        "firn: the log is {}; a short report to copy or read out:",
        journal::LOG
    ));
    for line in support::short(subject).lines() {
        speaker.show(&format!("  {line}"));
    }
    let log = std::fs::read(journal::LOG).unwrap_or_default();
    let mut bundle = String::new();
    let written = answers_source::write_back(sources, |folder| {
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
            firn_config::ANSWERS_LABEL,
            one_line(&e.to_string())
        )),
    }
    speaker.say(&format!("firn: failed in the step {}", failure.step));
}
