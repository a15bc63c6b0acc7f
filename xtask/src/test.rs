//! `cargo xtask test`: formatting, clippy, unit tests, then the scenarios with the shipped ISO.

mod page;
mod record;

use crate::run::iso_args;
use crate::{host, iso};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use record::{Record, Results, Run};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};

/// Check everything: formatting, clippy, unit tests, scenarios in QEMU.
///
/// With names, only these scenarios run. With --all or --record, docs/tests.md tells how those that ran have ended. Logs and screenshots go to target/firn/test/NAME.
#[derive(Debug, Args, Clone, Default)]
pub struct TestArgs {
    /// Scenarios to run, and nothing else
    pub names: Vec<String>,
    /// Run every scenario, also those that CI has no time for
    #[arg(long, conflicts_with = "names")]
    pub all: bool,
    /// List the scenarios and end
    #[arg(long)]
    pub list: bool,
    /// Only formatting, clippy and unit tests
    #[arg(long, conflicts_with_all = ["names", "all", "list"])]
    pub quick: bool,
    /// How many scenarios run at once
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub jobs: usize,
    /// Keep the results in tests/results.json and docs/tests.md, as --all does
    #[arg(long)]
    pub record: bool,
    /// Keep disk images also of scenarios that passed
    #[arg(long)]
    pub keep: bool,
}

/// Runs the checks; the first that fails ends it.
///
/// # Errors
/// When a check fails.
pub fn run(args: TestArgs) -> Result<()> {
    if args.list {
        return cargo(&["run", "--quiet", "--package", "firn-tests", "--", "--list"]);
    }
    host::require(host::TEST, false)?;
    if args.names.is_empty() {
        checks()?;
    }
    if args.quick {
        return Ok(());
    }
    scenarios(&args)
}

fn checks() -> Result<()> {
    step("formatting", || {
        cargo(&["fmt", "--all", "--check"]).context("`cargo fmt --all` puts it right")
    })?;
    step("clippy", || {
        cargo(&[
            "clippy",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])
    })?;
    step("unit tests", || {
        if has_nextest() {
            cargo(&["nextest", "run", "--locked", "--workspace"])?;
            // nextest runs no examples in documentation.
            cargo(&["test", "--quiet", "--locked", "--workspace", "--doc"])
        } else {
            cargo(&["test", "--quiet", "--locked", "--workspace"])
        }
    })
}

fn scenarios(args: &TestArgs) -> Result<()> {
    let built = step("the ISO", || iso::build(&iso_args()))?;
    let builder = std::env::current_exe().context("looking for this program's own file")?;
    let server = step("the netboot server", || netboot_server(&builder))?;
    let mut words: Vec<String> = [
        "run",
        "--quiet",
        "--locked",
        "--package",
        "firn-tests",
        "--",
    ]
    .map(str::to_owned)
    .to_vec();
    let out = crate::workspace().join("target/firn/test");
    let paths = [
        ("--iso", &built.iso),
        ("--tools", &built.tools),
        ("--builder", &builder),
        ("--server", &server),
        ("--hosts", &built.hosts),
        ("--out", &out),
    ];
    for (option, path) in paths {
        words.extend([option.to_owned(), path.display().to_string()]);
    }
    words.extend(["--jobs".into(), args.jobs.to_string()]);
    words.extend(args.all.then(|| "--all".to_owned()));
    words.extend(args.keep.then(|| "--keep".to_owned()));
    words.extend(args.names.iter().cloned());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // What is tested is what is there now; somebody may go on writing meanwhile.
    let run = Run::look(&crate::workspace(), &built.iso)?;
    let begun = SystemTime::now();
    let ended = step("scenarios", || cargo_with(&words, Some(&built.guests)));
    if args.all || args.record {
        keep(&Results::read(&out, begun)?, &run)?;
    }
    ended
}

/// Compiles it; it lies beside this program.
fn netboot_server(own: &Path) -> Result<PathBuf> {
    cargo(&["build", "--quiet", "--locked", "--package", "firn-netboot"])?;
    Ok(own.with_file_name("firn-netboot"))
}

/// Puts the results where people read them, beside those of earlier runs.
fn keep(results: &Results, run: &Run) -> Result<()> {
    let (data, page) = (
        crate::workspace().join("tests/results.json"),
        crate::workspace().join("docs/tests.md"),
    );
    let record = Record::read(&data)?.with(results, run);
    let write = |path: &Path, text: String| {
        std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
    };
    write(&data, serde_json::to_string_pretty(&record)? + "\n")?;
    write(&page, page::render(&results.scenarios, &record))?;
    eprintln!("the results: {}", page.display());
    Ok(())
}

/// Says what is done now, and how long it took.
fn step<T>(name: &str, action: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("== {name}");
    let start = Instant::now();
    let result = action();
    let seconds = start.elapsed().as_secs();
    eprintln!("== {name}: {} min {} s", seconds / 60, seconds % 60);
    result
}

fn has_nextest() -> bool {
    let mut command = Command::new("cargo");
    command.args(["nextest", "--version"]);
    command.output().is_ok_and(|output| output.status.success())
}

fn cargo(words: &[&str]) -> Result<()> {
    cargo_with(words, None)
}

fn cargo_with(words: &[&str], guests: Option<&Path>) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(words).current_dir(crate::workspace());
    if let Some(folder) = guests {
        command.env("FIRN_GUEST_DIR", folder);
    }
    let status = command.status().context("starting cargo")?;
    ensure!(
        status.code().is_some(),
        "cargo {} was killed: {status}",
        words.join(" ")
    );
    if !status.success() {
        bail!("cargo {} has failed", words.join(" "));
    }
    Ok(())
}
