//! Reading the answers folder.

use super::check::problems;
use super::choose::{Choice, Files, choose};
use super::rules::{Rules, parse};
use crate::mac::Mac;
use anyhow::{Context, Result, bail};
use firn_config::decode;
use firn_machine::Facts;
use std::path::{Path, PathBuf};

const RULES: &str = "rules.toml";

/// An answers folder. It is read anew for each machine, so that a file can be mended or added while the server runs.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder, once it is found sound.
    ///
    /// # Errors
    /// Everything that is wrong with its files, at once, a line each.
    pub fn open(path: &Path) -> Result<Self> {
        let folder = Self { path: path.into() };
        let (files, rules) = folder.read()?;
        let wrong = problems(&files, &rules);
        if !wrong.is_empty() {
            bail!(
                "the answers folder {} has mistakes; mend them and start again:\n{}",
                path.display(),
                wrong.join("\n")
            );
        }
        if files.is_empty() {
            bail!(
                "the answers folder {} has no answers; put default.toml there, or by-mac/52-54-00-12-34-56.toml",
                path.display()
            );
        }
        Ok(folder)
    }

    /// The answers for a machine, if there are any.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn choose(&self, facts: &Facts) -> Result<Option<Choice>> {
        let (files, rules) = self.read()?;
        Ok(choose(&files, &rules, facts))
    }

    fn read(&self) -> Result<(Files, Rules)> {
        let mut files = Files::new();
        collect(&self.path, "", &mut files)?;
        let rules = match files.remove(RULES) {
            Some(text) => parse(&text)
                .map_err(|why| anyhow::anyhow!("{}: {why}", self.path.join(RULES).display()))?,
            None => Rules::default(),
        };
        for name in files.keys() {
            check_name(name)?;
        }
        Ok((files, rules))
    }
}

/// All TOML files below a folder.
fn collect(folder: &Path, below: &str, files: &mut Files) -> Result<()> {
    let reading = || format!("reading the answers folder {}", folder.display());
    for entry in folder.read_dir().with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{below}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if name.ends_with(".toml") {
            let bytes =
                std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let text =
                decode(&bytes).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
            files.insert(name, text.to_owned());
        }
    }
    Ok(())
}

/// A MAC address in a name that nothing would ever match is a mistake.
fn check_name(name: &str) -> Result<()> {
    let Some(mac) = name.strip_prefix("by-mac/") else {
        return Ok(());
    };
    let mac = mac.trim_end_matches(".toml");
    if mac.contains(':') || mac.parse::<Mac>().is_err() {
        bail!(
            "{name} is in by-mac, but its name is no MAC address; name it as 52-54-00-12-34-56.toml"
        );
    }
    Ok(())
}
