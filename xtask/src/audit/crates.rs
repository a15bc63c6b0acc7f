//! The RustSec advisory database: a folder for each crate, in it a file for each advisory, whose beginning is TOML.

use super::Finding;
use crate::bom::Bom;
use anyhow::{Context, Result, ensure};
use semver::{Version, VersionReq};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

const START: &str = "```toml\n";
const END: &str = "\n```";

#[derive(Deserialize)]
struct File {
    advisory: Advisory,
    #[serde(default)]
    versions: Versions,
}

#[derive(Deserialize)]
struct Advisory {
    id: String,
    /// What is no hole: `unmaintained`, `notice`; or `unsound`, which is taken for one.
    informational: Option<String>,
    /// The day on which it was taken back.
    withdrawn: Option<toml::Value>,
}

#[derive(Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<VersionReq>,
    #[serde(default)]
    unaffected: Vec<VersionReq>,
}

/// The holes in the crates.
pub fn findings(bom: &Bom, database: &Path) -> Result<Vec<Finding>> {
    let crates = database.join("crates");
    ensure!(
        crates.is_dir(),
        "{} is no advisory database: it has no folder crates",
        database.display()
    );
    let mut all = Vec::new();
    for part in bom.of("cargo") {
        let version: Version = part
            .version
            .parse()
            .with_context(|| format!("reading the version of {}", part.name))?;
        for path in files(&crates.join(&part.name))? {
            all.extend(of_file(&path, &part.name, &version)?);
        }
    }
    Ok(all)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let what = || format!("reading {}", folder.display());
    let paths = folder
        .read_dir()
        .with_context(what)?
        .map(|entry| Ok(entry.with_context(what)?.path()));
    let paths = paths.collect::<Result<Vec<_>>>()?;
    Ok(paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect())
}

fn of_file(path: &Path, name: &str, version: &Version) -> Result<Option<Finding>> {
    let what = || format!("reading {}", path.display());
    let text = fs::read_to_string(path).with_context(what)?;
    let front = text
        .split_once(START)
        .and_then(|(_, rest)| rest.split_once(END));
    let (front, _) =
        front.with_context(|| format!("{} does not begin with TOML", path.display()))?;
    let File { advisory, versions } = toml::from_str(front).with_context(what)?;
    let is_hole = advisory.informational.is_none_or(|kind| kind == "unsound");
    let matches = |all: &[VersionReq]| all.iter().any(|one| one.matches(version));
    if !is_hole
        || advisory.withdrawn.is_some()
        || matches(&versions.patched)
        || matches(&versions.unaffected)
    {
        return Ok(None);
    }
    let patched: Vec<String> = versions.patched.iter().map(VersionReq::to_string).collect();
    let fix = format!(
        "fixed in {}; take it in with `cargo update -p {name}`",
        patched.join(" or ")
    );
    Ok(Some(Finding {
        id: advisory.id,
        part: format!("the crate {name} {version}"),
        fix: (!patched.is_empty()).then_some(fix),
    }))
}
