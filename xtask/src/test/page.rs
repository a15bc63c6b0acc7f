//! `docs/tests.md`: the last run of everything.

use std::fmt::Write;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use firn_command::cmd;
use serde::Deserialize;

/// What the scenarios' program leaves as `results.json`.
#[derive(Debug, Deserialize)]
pub struct Results {
    /// Whether every scenario ran.
    pub all: bool,
    emulated: bool,
    seconds: u64,
    scenarios: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    text: String,
    ci: bool,
    seconds: u64,
    first: Option<String>,
    skipped: Option<String>,
    failure: Option<String>,
}

impl Row {
    fn verdict(&self) -> String {
        match (&self.failure, &self.skipped, &self.first) {
            (Some(error), _, _) => format!("**failed**: {}", cell(error)),
            (None, Some(reason), _) => format!("**skipped**: {}", cell(reason)),
            (None, None, Some(first)) => {
                format!("passed the second time; the first: {}", cell(first))
            }
            (None, None, None) => "passed".into(),
        }
    }
}

/// What was tested, and where.
#[derive(Debug)]
pub struct Run {
    date: String,
    commit: String,
    iso: String,
    processors: usize,
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
        let changed = git(&["status", "--porcelain"]).is_ok_and(|said| !said.trim().is_empty());
        let changed = if changed { " and changes on top" } else { "" };
        Ok(Self {
            date: cmd("date", ["-u", "+%Y-%m-%d"]).read()?.trim().to_owned(),
            commit: format!("{}{changed}", commit.trim()),
            iso: crate::hash::file(iso)?,
            processors: std::thread::available_parallelism().map_or(1, usize::from),
        })
    }
}

/// The page.
pub fn render(results: &Results, run: &Run) -> String {
    let Run {
        date,
        commit,
        iso,
        processors,
    } = run;
    let how = if results.emulated {
        "emulated, without KVM"
    } else {
        "with KVM"
    };
    let rows = &results.scenarios;
    let failed = rows.iter().filter(|row| row.failure.is_some()).count();
    let skipped = rows.iter().filter(|row| row.skipped.is_some()).count();
    let passed = rows.len() - failed - skipped;
    let mut text = format!(
        "# The last run of all scenarios\n\n\
        Written by `cargo xtask test --all` when it has run everything; see [test.md](test.md). Formatting, clippy and all unit tests had\n\
        passed before.\n\n\
        - {date}, commit {commit}\n\
        - the ISO: sha256 `{iso}`\n\
        - {processors} processors, {how}; {} in all\n\
        - {passed} passed, {failed} failed, {skipped} skipped\n\n\
        | scenario | what it shows | CI | time | result |\n\
        | --- | --- | --- | ---: | --- |\n",
        time(results.seconds)
    );
    for row in rows {
        let ci = if row.ci { "yes" } else { "" };
        let verdict = row.verdict();
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "| `{}` | {} | {ci} | {} | {verdict} |",
            row.name,
            cell(&row.text),
            time(row.seconds)
        );
    }
    text
}

fn time(seconds: u64) -> String {
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

/// The first line; a cell has no room for the others, and no bars.
fn cell(text: &str) -> String {
    text.lines().next().unwrap_or_default().replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_what_ran_and_how_it_ended() {
        let results = r#"{ "all": true, "emulated": true, "seconds": 3725, "times": {}, "scenarios": [
            { "name": "install", "text": "BIOS | UEFI", "ci": true, "seconds": 719, "first": null, "failure": null },
            { "name": "again", "text": "twice", "ci": false, "seconds": 5, "first": "lost\nan interrupt", "failure": null },
            { "name": "bad", "text": "fails", "ci": false, "seconds": 61, "first": "x", "failure": "no prompt\nthe last lines" },
            { "name": "net", "text": "a network", "ci": false, "seconds": 0, "first": null, "skipped": "it takes root", "failure": null } ] }"#;
        let results: Results = serde_json::from_str(results).unwrap();
        let run = Run {
            date: "2026-01-02".into(),
            commit: "0123456789".into(),
            iso: "ab".into(),
            processors: 2,
        };
        assert!(results.all);
        insta::assert_snapshot!(render(&results, &run));
    }
}
