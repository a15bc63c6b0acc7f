//! The crates that are compiled into the image's programs: cargo says which, Cargo.lock has their hashes.

use crate::bom::{Component, Hash};
use crate::build::programs::{PROGRAMS, pinned};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The machine that the programs are for.
const TARGET: &str = "x86_64-unknown-linux-gnu";

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    /// Firn's own crates have none.
    checksum: Option<String>,
}

/// The crates of others, without those that only tests or build scripts take.
///
/// # Errors
/// When cargo fails, or Cargo.lock cannot be read.
pub fn of_programs(workspace: &Path) -> Result<Vec<Component>> {
    let packages = PROGRAMS.iter().flat_map(|(package, _)| ["-p", package]);
    let tree = pinned("cargo")
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}", "--target", TARGET])
        .args(packages)
        .dir(workspace)
        .read()
        .context("asking cargo for the crates of the programs")?;
    let path = workspace.join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    parts(&tree, &lock)
}

fn parts(tree: &str, lock: &str) -> Result<Vec<Component>> {
    let lock: Lock = toml::from_str(lock).context("reading Cargo.lock")?;
    let sums: BTreeMap<(&str, &str), &str> = lock
        .package
        .iter()
        .filter_map(|one| {
            Some((
                (one.name.as_str(), one.version.as_str()),
                one.checksum.as_deref()?,
            ))
        })
        .collect();
    let used: BTreeSet<(&str, &str)> = tree.lines().filter_map(line).collect();
    let part = |(name, version): &(&str, &str)| {
        let sum = sums.get(&(*name, *version))?;
        let hash = Hash {
            alg: "SHA-256".into(),
            content: (*sum).to_owned(),
        };
        Some(Component {
            hashes: vec![hash],
            ..Component::package("cargo", "", name, version, "")
        })
    };
    Ok(used.iter().filter_map(part).collect())
}

/// `anyhow v1.0.104`, also with ` (*)` behind it where it was said before.
fn line(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split(' ');
    Some((words.next()?, words.next()?.strip_prefix('v')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_of_others_that_are_compiled_in_are_listed_once() {
        let tree = "firn v0.1.0 (/firn/host)\nanyhow v1.0.1\nfirn-image v0.1.0 (/firn/crates/image)\nserde v1.0.2\n\nserde v1.0.2 (*)\n";
        let lock = "version = 4\n[[package]]\nname = \"firn\"\nversion = \"0.1.0\"\n[[package]]\nname = \"anyhow\"\nversion = \"1.0.1\"\nchecksum = \"aa\"\n\
                    [[package]]\nname = \"serde\"\nversion = \"1.0.2\"\nchecksum = \"bb\"\n[[package]]\nname = \"proptest\"\nversion = \"1.0.0\"\nchecksum = \"cc\"\n";
        let found = parts(tree, lock).unwrap();
        let shown: Vec<_> = found
            .iter()
            .map(|part| (part.reference.as_str(), part.hashes[0].content.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("pkg:cargo/anyhow@1.0.1", "aa"),
                ("pkg:cargo/serde@1.0.2", "bb")
            ]
        );
    }

    #[test]
    fn this_workspace_has_crates_that_it_compiles_in_and_no_others() {
        let found = of_programs(&crate::workspace()).unwrap();
        let has = |name: &str| found.iter().any(|part| part.name == name);
        assert!(has("anyhow") && has("serde"));
        assert!(!has("proptest") && !has("firn-image") && !has("firn"));
    }
}
