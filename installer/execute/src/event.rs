//! What an installation says about itself while it runs, and what it needs beside the plan.

use firn_config::{Answers, Secret, Wipe};
use firn_words::Text;
use serde::{Deserialize, Serialize};

/// One line of the installation's log; each is a JSON object in `/run/firn/install.jsonl`, in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A step begins.
    Step {
        /// Short name: "partition".
        name: String,
        /// Number of this step, from 1.
        n: usize,
        /// Number of all steps.
        of: usize,
        /// For people: "Making the partitions"; who reads JSON finds it in every language by [`super::title`].
        title: Text,
    },
    /// How far the whole installation is, 0 to 100.
    Progress {
        /// Percent of the whole.
        percent: u8,
    },
    /// For the log only.
    Log {
        /// One sentence.
        text: String,
    },
    /// Worth telling, but the installation goes on.
    Warning {
        /// One sentence.
        text: Text,
    },
    /// A step failed.
    Error {
        /// The step's short name.
        step: String,
        /// What went wrong.
        text: Text,
        /// The command that failed, if it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        command: Option<String>,
        /// How that command ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// Its last lines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tail: Vec<String>,
    },
    /// Who the new host will be.
    Host {
        /// The host id, 32 hex digits.
        id: String,
        /// Fingerprints of its SSH keys: "SHA256:…".
        fingerprints: Vec<String>,
    },
    /// After an error: something was undone.
    Undone {
        /// What was undone, or could not be.
        text: Text,
    },
    /// After an error and everything that was undone.
    Left {
        /// In which state the disk is.
        disk: Text,
        /// What to do next.
        todo: Text,
    },
    /// The end, in success.
    Done {
        /// The host's whole name.
        hostname: String,
        /// Its addresses as far as they are known, without prefix length.
        addresses: Vec<String>,
    },
}

/// A finished installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The host's whole name.
    pub hostname: String,
    /// Its addresses as far as they are known, without prefix length.
    pub addresses: Vec<String>,
    /// What could not be done but does not matter enough to fail.
    pub warnings: Vec<Text>,
}

/// An installation that failed and was undone. No secret is in any part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{step}: {text}")]
pub struct Failure {
    /// Short name of the step that failed; [`super::title`] says it for people.
    pub step: String,
    /// What went wrong, one sentence.
    pub text: Text,
    /// The command that failed, if it was one.
    pub command: Option<String>,
    /// How it ended: "exit status: 1", "signal: 9 (SIGKILL)".
    pub status: Option<String>,
    /// The last lines that it wrote.
    pub tail: Vec<String>,
    /// What was undone, in the order it happened.
    pub undone: Vec<Text>,
    /// In which state the disk is now.
    pub left: Text,
    /// What a person should do next.
    pub todo: Text,
}

/// Root's password, kept apart from the plan so that the plan can be logged.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// In clear, from the wizard or the answers.
    pub password: Option<Secret>,
    /// A crypt(3) hash; used when there is no clear one.
    pub password_hash: Option<Secret>,
    /// Tokens of servers, which the host never gets to see.
    pub tokens: Vec<Secret>,
}

impl Secrets {
    /// The text with every secret blotted out, whatever way it came in.
    pub fn hide(&self, text: &str) -> String {
        let secrets = [&self.password, &self.password_hash].into_iter().flatten();
        secrets
            .chain(&self.tokens)
            .filter(|secret| !secret.0.is_empty())
            .fold(text.to_owned(), |text, secret| {
                text.replace(&secret.0, "[secret]")
            })
    }
}

fn tokens(answers: &Answers) -> impl Iterator<Item = &Secret> {
    let report = answers
        .report
        .as_ref()
        .and_then(|report| report.token.as_ref());
    let wipe = match &answers.disk.wipe {
        Wipe::Token(token) => Some(token),
        _ => None,
    };
    report.into_iter().chain(wipe)
}

impl From<&Answers> for Secrets {
    fn from(answers: &Answers) -> Self {
        Self {
            password: answers.host.root_password.clone(),
            password_hash: answers.host.root_password_hash.clone(),
            tokens: tokens(answers).cloned().collect(),
        }
    }
}
