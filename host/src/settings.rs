//! Reading `/etc/firn/host.toml`.

use anyhow::{Context, Result, anyhow};
use firn_config::{Problem, Settings};
use std::path::Path;

/// Where the settings lie.
pub const PATH: &str = "/etc/firn/host.toml";

/// The settings of the host whose root is `root`. The error lists all problems, one a line.
pub fn read(root: &Path) -> Result<Settings> {
    let path = root.join(PATH.trim_start_matches('/'));
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    Settings::parse(&text).map_err(|problems| anyhow!("{}", explain(&problems)))
}

fn explain(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect();
    format!(
        "{PATH} has mistakes; mend them, then run firn apply:{}",
        lines.concat()
    )
}
