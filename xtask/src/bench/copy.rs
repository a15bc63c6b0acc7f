//! A copy of the working tree to build in: the builds of a measurement change sources, and never the user's.

use anyhow::{Context, Result};
use firn_command::cmd;
use std::path::Path;

/// What a build does not read.
const LEFT_OUT: [&str; 2] = ["./target", "./.git"];

/// Copies the working tree as it is, with changes that are not committed.
///
/// # Errors
/// When a file cannot be read or the disk is full.
pub fn tree(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).with_context(|| format!("making {}", to.display()))?;
    let tar = to.with_extension("tar");
    cmd("tar", ["--create"])
        .args(LEFT_OUT.map(|path| format!("--exclude={path}")))
        .args([Path::new("--directory"), from, Path::new("--file"), &tar])
        .arg(".")
        .run()
        .with_context(|| format!("copying {}", from.display()))?;
    cmd("tar", ["--extract"])
        .args([Path::new("--directory"), to, Path::new("--file"), &tar])
        .run()?;
    std::fs::remove_file(&tar).with_context(|| format!("removing {}", tar.display()))
}

/// Adds one line at the end of a file.
///
/// # Errors
/// When the file is not there: it was moved, and this must follow.
pub fn add_line(file: &Path, line: &str) -> Result<()> {
    let what = || format!("changing {}", file.display());
    let text = std::fs::read_to_string(file).with_context(what)?;
    std::fs::write(file, format!("{text}{line}\n")).with_context(what)
}
