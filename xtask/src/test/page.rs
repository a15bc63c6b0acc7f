//! `docs/tests.md`: the last recorded result of every scenario.

use super::record::{Entry, Record, Row};
use std::fmt::Write;

const HEAD: &str = "# The last results of all scenarios

Written by `cargo xtask test --all`, and for some scenarios by `--record`, from [tests/results.json](../tests/results.json); see
[test.md](test.md). Each row names the day and the commit of its run. A time without KVM is a time of QEMU's emulation.

| scenario | what it shows | CI | result | time | day, commit |
| --- | --- | --- | --- | ---: | --- |
";

/// The page.
pub fn render(scenarios: &[Row], record: &Record) -> String {
    let mut text = HEAD.to_owned();
    for row in scenarios {
        let ci = if row.ci { "yes" } else { "" };
        let (name, shows) = (&row.name, cell(&row.text));
        let (result, time, when) = match record.0.get(name) {
            Some(entry) => (verdict(entry), time(entry), when(entry)),
            None => ("not recorded".into(), String::new(), String::new()),
        };
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "| `{name}` | {shows} | {ci} | {result} | {time} | {when} |"
        );
    }
    text
}

fn verdict(entry: &Entry) -> String {
    let ran = &entry.ran;
    match (&ran.failure, &ran.skipped, &ran.first) {
        (Some(error), _, _) => format!("**failed**: {}", cell(error)),
        (None, Some(reason), _) => format!("**skipped**: {}", cell(reason)),
        (None, None, Some(first)) => format!("passed the second time; the first: {}", cell(first)),
        (None, None, None) => "passed".into(),
    }
}

fn time(entry: &Entry) -> String {
    let (minutes, seconds) = (entry.ran.seconds / 60, entry.ran.seconds % 60);
    format!(
        "{minutes}:{seconds:02} min{}",
        if entry.emulated { "" } else { " (KVM)" }
    )
}

fn when(entry: &Entry) -> String {
    format!("{}, {}", entry.run.date, entry.run.commit)
}

/// The first line; a cell has no room for the others, and no bars.
fn cell(text: &str) -> String {
    text.lines().next().unwrap_or_default().replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::super::record::{Results, tests};
    use super::*;

    #[test]
    fn the_page_names_what_ran_and_how_it_ended() {
        let results: Results = serde_json::from_str(tests::RESULTS).unwrap();
        let record = Record::default().with(&results, &tests::run("2026-01-02"));
        insta::assert_snapshot!(render(&results.scenarios, &record));
    }
}
