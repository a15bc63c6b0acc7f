//! What an installation says about itself while it runs, and what it needs beside the plan.

use firn_config::{Answers, Secret};
use serde::{Deserialize, Serialize};

/// One line of the installation's log; each is a JSON object in `/run/firn/install.jsonl`.
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
        /// For people: "Making the partitions".
        title: String,
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
        text: String,
    },
    /// A step failed.
    Error {
        /// The step's short name.
        step: String,
        /// What went wrong.
        text: String,
    },
    /// After an error: something was undone.
    Undone {
        /// What was undone, or could not be.
        text: String,
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
    pub warnings: Vec<String>,
}

/// An installation that failed and was undone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step}: {text}")]
pub struct Failure {
    /// Short name of the step that failed.
    pub step: String,
    /// What went wrong, one sentence.
    pub text: String,
    /// What was undone, in the order it happened.
    pub undone: Vec<String>,
}

/// Root's password, kept apart from the plan so that the plan can be logged.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// In clear, from the wizard or the answers.
    pub password: Option<Secret>,
    /// A crypt(3) hash; used when there is no clear one.
    pub password_hash: Option<Secret>,
}

impl From<&Answers> for Secrets {
    fn from(answers: &Answers) -> Self {
        Self {
            password: answers.host.root_password.clone(),
            password_hash: answers.host.root_password_hash.clone(),
        }
    }
}
