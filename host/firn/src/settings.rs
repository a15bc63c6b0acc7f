//! Reading `/etc/firn/host.toml`.

use anyhow::{Context, Result, anyhow};
use firn_config::{Problem, Settings};
use std::path::Path;

/// Where the settings lie.
pub const PATH: &str = "/etc/firn/host.toml";

/// The settings of the host whose root is `root`. The error lists all problems, one a line.
pub fn read(root: &Path) -> Result<Settings> {
    let path = root.join(PATH.trim_start_matches('/'));
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let text = firn_config::decode(&bytes).map_err(|problem| anyhow!("{}", explain(&[problem])))?;
    Settings::parse(text).map_err(|problems| anyhow!("{}", explain(&problems)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_no_text_is_named_with_its_place() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("etc/firn")).unwrap();
        std::fs::write(
            root.path().join("etc/firn/host.toml"),
            b"version = 1\n# M\xfcnchen\n",
        )
        .unwrap();
        let error = read(root.path()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "/etc/firn/host.toml has mistakes; mend them, then run firn apply:\n  \
             problem syntax: the file is not UTF-8 text; save it as UTF-8 (line 2, column 4)"
        );
    }
}
