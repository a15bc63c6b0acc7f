//! Answers on a file system with a label.

use super::Found;
use super::candidate::{self, Candidate, Outcome};
use super::volume::{self, Access};
use firn_config::{ANSWERS_LABEL, Problem};
use std::fs;
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The file on it.
pub const FILE: &str = "answers.toml";
/// A named file system gets this long to appear.
const LABEL_WAIT: Duration = Duration::from_secs(30);
/// So long after the kernel's start a stick that was in the machine then has shown: before that a disk that stays where it is may only
/// have been faster.
const STICKS_SHOW: f64 = 30.0;

/// Looks for a file system labelled FIRNANSWERS with a file answers.toml.
///
/// # Errors
/// When the file is there and cannot be read, or there are several.
pub fn labelled() -> Result<Option<Found>, Problem> {
    look(ANSWERS_LABEL, FILE)
}

fn problem(text: String) -> Problem {
    Problem::new("firn.answers", text)
}

/// The file `path` on the file system labelled `label`, which is waited for.
///
/// # Errors
/// It does not appear, has no such file, or there are several.
pub fn named(label: &str, path: &str) -> Result<Found, Problem> {
    let end = Instant::now() + LABEL_WAIT;
    loop {
        if let Some(found) = look(label, path)? {
            return Ok(found);
        }
        if !candidate::all(label).is_empty() {
            return Err(problem(format!(
                "the file system labelled {label} has no file {path}"
            )));
        }
        if Instant::now() > end {
            return Err(problem(format!(
                "no file system labelled {label} appeared within {} s",
                LABEL_WAIT.as_secs()
            )));
        }
        sleep(Duration::from_secs(1));
    }
}

/// Reads from all with the label; for as long as a stick may still show, a file on a disk that stays is not taken.
fn look(label: &str, path: &str) -> Outcome {
    loop {
        let candidates = candidate::all(label);
        let pulled = |(candidate, outcome): &(Candidate, Outcome)| {
            candidate.removable && !matches!(outcome, Ok(None))
        };
        let read: Vec<_> = candidates
            .into_iter()
            .map(|candidate| {
                let outcome = volume::read(&candidate.device, path);
                (candidate, outcome)
            })
            .collect();
        let sure = read.iter().any(pulled) || sticks_have_shown();
        match candidate::choose(label, read) {
            Ok(None) => return Ok(None),
            outcome if sure => return outcome,
            _ => sleep(Duration::from_secs(1)),
        }
    }
}

/// Whether the kernel has run for long enough.
fn sticks_have_shown() -> bool {
    let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
    let seconds = text.split(' ').next().and_then(|word| word.parse().ok());
    seconds.is_none_or(|seconds: f64| seconds >= STICKS_SHOW)
}

/// Lets `work` write on the file system labelled FIRNANSWERS; gives its device, or nothing when there is none. On a disk that stays where it
/// is nothing is written, unless it is one of those that the answers came from.
///
/// # Errors
/// When it is there and cannot be written.
pub fn write_back(
    used: &[String],
    work: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<Option<String>> {
    let mut candidates = candidate::all(ANSWERS_LABEL);
    candidates.retain(|candidate| candidate.removable || used.contains(&candidate.disk));
    candidates.sort_by_key(|candidate| !used.contains(&candidate.disk));
    let Some(candidate) = candidates.into_iter().next() else {
        return Ok(None);
    };
    volume::mounted(&candidate.device, Access::Write, work)?;
    Ok(Some(candidate.device.path))
}
