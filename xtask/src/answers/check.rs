//! `cargo xtask answers check`.

use super::excerpt;
use anyhow::{Context, Result, ensure};
use firn_config::Problem;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Says all problems of all files.
///
/// # Errors
/// When a file cannot be read.
pub fn run(files: &[PathBuf], cmdline: &str) -> Result<ExitCode> {
    let colours = std::io::stdout().is_terminal();
    let mut wrong = 0;
    for path in files {
        let bytes = read(path)?;
        let problems = problems(&bytes, cmdline);
        let name = path.display().to_string();
        let text = String::from_utf8_lossy(&bytes);
        for problem in &problems {
            println!("{}\n", excerpt::show(problem, &name, &text, colours));
        }
        println!("{}", verdict(&name, problems.len()));
        wrong += problems.len();
    }
    Ok(match wrong {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// Everything that is wrong with an answer file, as the installer would say it.
pub fn problems(bytes: &[u8], cmdline: &str) -> Vec<Problem> {
    let text = match firn_config::decode(bytes) {
        Ok(text) => text,
        Err(problem) => return vec![problem],
    };
    match firn_config::overrides(cmdline) {
        Ok(overrides) => firn_config::parse(text, &overrides)
            .err()
            .unwrap_or_default(),
        Err(mut problems) => {
            problems.extend(firn_config::parse(text, &[]).err().into_iter().flatten());
            problems
        }
    }
}

/// A file, but no more of it than an answer file may have.
///
/// # Errors
/// When it cannot be read, or is no file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let reading = || format!("reading {}", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(reading)?;
    ensure!(
        !file.metadata().with_context(reading)?.is_dir(),
        "{} is a folder, not a file",
        path.display()
    );
    file.take(firn_config::MAX_SIZE + 1)
        .read_to_end(&mut bytes)
        .with_context(reading)?;
    Ok(bytes)
}

fn verdict(name: &str, count: usize) -> String {
    match count {
        0 => format!("{name}: no problem"),
        1 => format!("{name}: 1 problem"),
        n => format!("{name}: {n} problems"),
    }
}
