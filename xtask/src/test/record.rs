//! `tests/results.json`: of each scenario the last result that was recorded, with day and commit.

use anyhow::{Context, Result, ensure};
use firn_command::cmd;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::time::SystemTime;

/// What the scenarios' program leaves as `results.json`: the whole table, and what this run has shown.
#[derive(Debug, Deserialize)]
pub struct Results {
    emulated: bool,
    /// Every scenario, in the table's order.
    pub scenarios: Vec<Row>,
}

/// One scenario.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub text: String,
    /// Whether CI runs it.
    pub ci: bool,
    /// How it has ended, if it ran.
    ran: Option<Ran>,
}

/// How a scenario has ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ran {
    /// Wall-clock time of all its attempts.
    pub seconds: u64,
    /// What was wrong the first time, where it ran twice.
    pub first: Option<String>,
    /// Why it could not run here.
    #[serde(default)]
    pub skipped: Option<String>,
    /// What was wrong in the end.
    pub failure: Option<String>,
}

/// What was tested, and where.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// UTC.
    pub date: String,
    /// Of the working tree.
    pub commit: String,
    /// The ISO's sha256.
    pub iso: String,
    /// Of the machine that ran it.
    pub processors: usize,
}

/// The last result of each scenario.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record(pub BTreeMap<String, Entry>);

/// A result, and what it is a result of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    #[serde(flatten)]
    pub run: Run,
    /// Without KVM.
    pub emulated: bool,
    #[serde(flatten)]
    pub ran: Ran,
}

impl Results {
    /// Reads them from the scenarios' folder.
    ///
    /// # Errors
    /// When they are not there, or older than the run.
    pub fn read(folder: &Path, begun: SystemTime) -> Result<Self> {
        let path = folder.join("results.json");
        let what = || format!("reading {}", path.display());
        let written = path.metadata().and_then(|meta| meta.modified());
        ensure!(
            written.with_context(what)? >= begun,
            "{} is an earlier run's: this one has ended before it could write",
            path.display()
        );
        let bytes = std::fs::read(&path).with_context(what)?;
        serde_json::from_slice(&bytes).with_context(what)
    }
}

impl Run {
    /// Looks at the working tree, before the scenarios run.
    ///
    /// # Errors
    /// When the ISO cannot be read.
    pub fn look(workspace: &Path, iso: &Path) -> Result<Self> {
        let git = |words: &[&str]| cmd("git", words).dir(workspace).read();
        let commit = git(&["rev-parse", "--short=10", "HEAD"]).unwrap_or_else(|_| "unknown".into());
        // What an earlier run has recorded is no change of what is tested.
        let status = [
            "status",
            "--porcelain",
            "--",
            ".",
            ":!tests/results.json",
            ":!docs/tests.md",
        ];
        let changed = git(&status).is_ok_and(|said| !said.trim().is_empty());
        let changed = if changed { " and changes on top" } else { "" };
        Ok(Self {
            date: cmd("date", ["-u", "+%Y-%m-%d"]).read()?.trim().to_owned(),
            commit: format!("{}{changed}", commit.trim()),
            iso: crate::hash::file(iso)?,
            processors: std::thread::available_parallelism().map_or(1, usize::from),
        })
    }
}

impl Record {
    /// Reads it; before the first run there is none.
    ///
    /// # Errors
    /// When the file is there and is no record.
    pub fn read(path: &Path) -> Result<Self> {
        let what = || format!("reading {}", path.display());
        match std::fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            bytes => serde_json::from_slice(&bytes.with_context(what)?).with_context(what),
        }
    }

    /// With what this run has shown; scenarios that are no longer in the table are forgotten.
    #[must_use]
    pub fn with(mut self, results: &Results, run: &Run) -> Self {
        let known = |name: &String| results.scenarios.iter().any(|row| row.name == *name);
        self.0.retain(|name, _| known(name));
        for row in &results.scenarios {
            let Some(ran) = row.ran.clone() else { continue };
            let (run, emulated) = (run.clone(), results.emulated);
            self.0
                .insert(row.name.clone(), Entry { run, emulated, ran });
        }
        self
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// One scenario for each way to end.
    pub const RESULTS: &str = r#"{ "emulated": true, "times": {}, "scenarios": [
        { "name": "install", "text": "BIOS | UEFI", "ci": true, "ran": { "seconds": 719, "first": null, "failure": null } },
        { "name": "again", "text": "twice", "ci": false, "ran": { "seconds": 5, "first": "lost\nan interrupt", "failure": null } },
        { "name": "bad", "text": "fails", "ci": false, "ran": { "seconds": 61, "first": "x", "failure": "no prompt\nthe last lines" } },
        { "name": "net", "text": "a network", "ci": false, "ran": { "seconds": 0, "first": null, "skipped": "it takes root", "failure": null } },
        { "name": "new", "text": "never ran", "ci": false, "ran": null } ] }"#;

    /// A run of that day.
    pub fn run(date: &str) -> Run {
        Run {
            date: date.into(),
            commit: "0123456789".into(),
            iso: "ab".into(),
            processors: 2,
        }
    }

    #[test]
    fn results_that_did_not_come_now_stay_until_the_scenario_is_gone() -> Result<()> {
        let all: Results = serde_json::from_str(RESULTS)?;
        let first = Record::default().with(&all, &run("2026-01-01"));
        let some = r#"{ "emulated": false, "scenarios": [
            { "name": "install", "text": "", "ci": true, "ran": null },
            { "name": "bad", "text": "", "ci": false, "ran": { "seconds": 60, "first": null, "failure": null } } ] }"#;
        let both = first.with(&serde_json::from_str(some)?, &run("2026-01-02"));
        let days: Vec<_> = both
            .0
            .iter()
            .map(|(name, entry)| (name.as_str(), entry.run.date.as_str()))
            .collect();
        assert_eq!(days, [("bad", "2026-01-02"), ("install", "2026-01-01")]);
        let text = serde_json::to_string(&both)?;
        assert_eq!(
            serde_json::to_string(&serde_json::from_str::<Record>(&text)?)?,
            text
        );
        Ok(())
    }
}
