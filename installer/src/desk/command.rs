//! `firn-installer desk …`: what the pages try out, for the rescue shell. One line for each result, not coloured.

use super::network_test::Outcome;
use super::{blink, clock, network_test, save_answers, ssh_keys};
use crate::{answers_source, probe, stick, unattended};
use clap::Subcommand;
use firn_config::Answers;
use firn_words::{Text, say};
use std::path::{Path, PathBuf};

/// What can be tried out.
#[derive(Subcommand)]
pub enum Verb {
    /// Tries the network of an answer file: address, gateway, DNS, NTP
    Network {
        /// The answer file
        #[arg(long)]
        answers: PathBuf,
    },
    /// Has the lights of a NIC blink for a few seconds
    Blink {
        /// Its name, such as enp1s0
        nic: String,
    },
    /// Shows the SSH keys on a stick or at a URL
    Keys {
        /// A stick's name, such as sdb1, or a URL
        from: String,
        /// The answer file whose network leads to the URL
        #[arg(long)]
        answers: Option<PathBuf>,
    },
    /// Shows the time in a time zone, or sets the clocks
    Clock {
        /// Such as Europe/Berlin
        zone: String,
        /// Such as "2026-11-23 16:30"
        time: Option<String>,
    },
    /// Saves an answer file on a stick, root's password as its hash
    Save {
        /// The answer file
        #[arg(long)]
        answers: PathBuf,
        /// The stick's name, such as sdb1
        stick: String,
    },
    /// Lists sticks and CDs
    Sticks,
}

/// Does it and shows what came of it; 1 when that is a problem.
pub fn run(verb: &Verb) -> u8 {
    match done(verb) {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            0
        }
        Err(problem) => {
            println!("problem {problem}");
            1
        }
    }
}

fn done(verb: &Verb) -> Result<Vec<Text>, Text> {
    match verb {
        Verb::Network { answers } => network(&read(answers)?),
        Verb::Blink { nic } => blink::blink(nic).map(|()| Vec::new()),
        Verb::Keys { from, answers } => keys(from, answers.as_deref()),
        Verb::Clock { zone, time } => {
            if let Some(time) = time {
                clock::set(time, zone)?;
            }
            let now = clock::now(zone);
            let now = now.ok_or_else(|| say!("desk-clock-zone", zone = zone))?;
            Ok(vec![now.into()])
        }
        Verb::Save { answers, stick } => {
            let name = save_answers::save(&read(answers)?, &named(stick)?)?;
            Ok(vec![name.into()])
        }
        Verb::Sticks => {
            let line = |s: stick::Stick| s.problem.clone().unwrap_or_else(|| s.title());
            Ok(stick::list().into_iter().map(line).collect())
        }
    }
}

fn network(answers: &Answers) -> Result<Vec<Text>, Text> {
    let machine = probe::machine_with_links();
    let mut show = |finding: &network_test::Finding| println!("{}", line(finding));
    network_test::run(&machine, answers, &mut show).map(|_| Vec::new())
}

/// "Gateway: works. 192.0.2.1 answers."
fn line(finding: &network_test::Finding) -> Text {
    let outcome = match finding.outcome {
        Outcome::Works => say!("desk-net-outcome-works"),
        Outcome::Note => say!("desk-net-outcome-note"),
        Outcome::Fails => say!("desk-net-outcome-fails"),
        Outcome::NotTried => say!("desk-net-outcome-not-tried"),
    };
    say!(
        "desk-net-line",
        part = finding.what.title(),
        outcome = outcome,
        text = &finding.text
    )
}

fn keys(from: &str, answers: Option<&Path>) -> Result<Vec<Text>, Text> {
    let found = if from.contains("://") {
        let answers = answers.map(read).transpose()?.unwrap_or_default();
        ssh_keys::from_url(from, &probe::machine_with_links(), &answers)?
    } else {
        ssh_keys::from_stick(&named(from)?)?
    };
    let line =
        |key: &firn_config::SshKey| format!("{} {} {}", key.kind, key.fingerprint, key.comment);
    let good = found.keys.iter().map(|key| line(key).into());
    Ok(good.chain(found.refused).collect())
}

fn named(name: &str) -> Result<stick::Stick, Text> {
    let found = stick::list().into_iter().find(|stick| stick.name == name);
    found.ok_or_else(|| say!("stick-gone", device = name))
}

fn read(path: &Path) -> Result<Answers, Text> {
    let name = path.display().to_string();
    let found = answers_source::file(path, &name).map_err(|problem| problem.text)?;
    let answers = unattended::read(&found, "");
    answers.map_err(|problems| Text::join(problems.into_iter().map(|p| p.text), " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::network_test::What;

    #[test]
    fn results_are_shown_in_words() {
        let finding = |what, outcome, text| network_test::Finding {
            what,
            outcome,
            text,
        };
        let lines = [
            finding(What::Address, Outcome::Works, "192.0.2.7".into()),
            finding(What::Dns, Outcome::Note, say!("desk-net-no-gateway")),
            finding(What::Ntp, Outcome::NotTried, say!("desk-net-not-tried")),
        ]
        .map(|finding| line(&finding).to_string());
        insta::assert_snapshot!(lines.join("\n"), @r"
        Address: works. 192.0.2.7
        DNS (names): note. There is no gateway: only the own network can be reached.
        NTP (time): not tried. Not tried, because there is no address.
        ");
    }
}
