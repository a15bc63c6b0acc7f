//! What a run has shown, kept as `results.json` for the next run and for `docs/tests.md`.

use crate::scenarios::{ALL, Scenario};
use anyhow::{Context, Result};
use firn_lab::qemu::{Accel, accel};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const FILE: &str = "results.json";

/// How one scenario has ended.
#[derive(Debug)]
pub struct Ran {
    /// [`Scenario::name`]
    pub name: &'static str,
    /// Wall-clock time of all its attempts.
    pub seconds: u64,
    /// What was wrong the first time, where it ran twice.
    pub first: Option<String>,
    /// Why it could not run here.
    pub skipped: Option<String>,
    /// What was wrong in the end.
    pub failure: Option<String>,
}

impl Ran {
    /// Did not run, for this reason.
    pub fn skipped(name: &'static str, reason: String) -> Ran {
        Ran {
            name,
            seconds: 0,
            first: None,
            skipped: Some(reason),
            failure: None,
        }
    }
}

/// Seconds of each scenario of earlier runs in this folder; none where there was no run.
pub fn read(out: &Path) -> BTreeMap<String, u64> {
    let text = std::fs::read_to_string(out.join(FILE)).unwrap_or_default();
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    let times = value["times"].as_object().into_iter().flatten();
    times
        .filter_map(|(name, seconds)| Some((name.clone(), seconds.as_u64()?)))
        .collect()
}

/// Those that took longest the last time first; those that never ran before them, in the table's order.
pub fn longest_first(
    scenarios: &[&'static Scenario],
    earlier: &BTreeMap<String, u64>,
) -> Vec<&'static Scenario> {
    let mut ordered = scenarios.to_vec();
    let seconds = |s: &&Scenario| earlier.get(s.name).copied().unwrap_or(u64::MAX);
    ordered.sort_by_key(|scenario| std::cmp::Reverse(seconds(scenario)));
    ordered
}

/// Writes the whole table with the results of this run; the times of scenarios that did not run now stay.
///
/// # Errors
/// When the file cannot be written.
pub fn write(out: &Path, ran: &[Ran]) -> Result<()> {
    let mut times = read(out);
    let really = ran.iter().filter(|ran| ran.skipped.is_none());
    times.extend(really.map(|ran| (ran.name.to_owned(), ran.seconds)));
    let row = |scenario: &Scenario| {
        let ran = ran.iter().find(|ran| ran.name == scenario.name);
        let ran = ran.map(|ran| json!({ "seconds": ran.seconds, "first": ran.first, "skipped": ran.skipped, "failure": ran.failure }));
        json!({ "name": scenario.name, "text": scenario.text, "ci": scenario.ci, "ran": ran })
    };
    let rows: Vec<Value> = ALL.iter().map(row).collect();
    let value = json!({ "emulated": accel() == Accel::Tcg, "scenarios": rows, "times": times });
    let path = out.join(FILE);
    std::fs::write(&path, serde_json::to_string_pretty(&value)? + "\n")
        .with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(name: &'static str, seconds: u64) -> Ran {
        Ran {
            name,
            seconds,
            first: None,
            skipped: None,
            failure: None,
        }
    }

    #[test]
    fn the_next_run_begins_with_the_longest() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("firn-results-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let names: Vec<&'static str> = ALL.iter().map(|scenario| scenario.name).collect();
        write(&folder, &[ran(names[0], 5), ran(names[1], 60)])?;
        let skipped = Ran::skipped(names[3], "no root".into());
        write(&folder, &[ran(names[2], 7), skipped])?;
        let earlier = read(&folder);
        std::fs::remove_dir_all(&folder)?;
        let four: Vec<&'static Scenario> = ALL.iter().take(4).collect();
        let ordered: Vec<&str> = longest_first(&four, &earlier)
            .iter()
            .map(|scenario| scenario.name)
            .collect();
        assert_eq!(ordered, [names[3], names[1], names[2], names[0]]);
        assert!(read(&folder).is_empty());
        Ok(())
    }
}
