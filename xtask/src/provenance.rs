//! How an ISO was made: a statement in in-toto's form, with SLSA's predicate. It says nothing of the day or the machine, so the same
//! inputs give the same bytes.

use crate::hash;
use crate::step::Output;
use anyhow::{Context, Result};
use firn_command::cmd;
use firn_image::Manifest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// What kind of build it is, for those who read the parameters.
const BUILD: &str = "urn:firn:xtask-iso:1";

/// The text of the statement about the ISO and the bill of materials beside it.
///
/// # Errors
/// When a file cannot be read.
pub fn statement(
    workspace: &Path,
    files: &[&Path],
    manifest: &Manifest,
    outputs: &BTreeMap<&'static str, Output>,
) -> Result<String> {
    let subjects = files
        .iter()
        .map(|path| subject(path))
        .collect::<Result<Vec<_>>>()?;
    let lock = hash::file(&workspace.join("Cargo.lock"))?;
    let keys = outputs
        .iter()
        .map(|(step, output)| ((*step).to_owned(), output.key.clone()));
    let statement = text(
        &subjects,
        manifest,
        &Source {
            commit: commit(workspace),
            lock,
        },
        keys.collect(),
    )?;
    Ok(statement)
}

/// Which sources it was made from.
struct Source {
    /// The commit, if it is known and nothing was changed since.
    commit: Option<String>,
    /// sha256 of Cargo.lock.
    lock: String,
}

fn text(
    subjects: &[Value],
    manifest: &Manifest,
    source: &Source,
    steps: BTreeMap<String, String>,
) -> Result<String> {
    let digest = |kind: &str, value: &str| json!({ kind: value });
    let mut materials = vec![
        json!({"uri": "urn:firn:Cargo.lock", "digest": digest("sha256", &source.lock)}),
        json!({"uri": format!("pkg:generic/xen@{}", manifest.xen), "digest": digest("sha256", &manifest.xen_source_sha256)}),
    ];
    if let Some(commit) = &source.commit {
        materials.insert(
            0,
            json!({"uri": "urn:firn:source", "digest": digest("gitCommit", commit)}),
        );
    }
    let statement = json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subjects,
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD,
                "externalParameters": {
                    "version": manifest.version,
                    "release": manifest.release,
                    "image": manifest.id,
                    "keys": manifest.keys,
                },
                "internalParameters": {"steps": steps, "epoch": crate::EPOCH},
                "resolvedDependencies": materials,
            },
            "runDetails": {"builder": {"id": BUILD, "version": {"firn": manifest.version}}},
        },
    });
    Ok(serde_json::to_string_pretty(&statement)? + "\n")
}

fn subject(path: &Path) -> Result<Value> {
    let name = path
        .file_name()
        .context("finding a file's name")?
        .to_string_lossy();
    Ok(json!({"name": name, "digest": {"sha256": hash::file(path)?}}))
}

/// The commit of the sources. Where something was changed since, or there is no git, it would say less than the steps' keys do.
fn commit(workspace: &Path) -> Option<String> {
    let git = |words: &[&str]| cmd("git", words).dir(workspace).read().ok();
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    let commit = git(&["rev-parse", "HEAD"])?;
    changed.trim().is_empty().then(|| commit.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_inputs_make_the_same_statement() {
        let folder = tempfile::tempdir().unwrap();
        let iso = folder.path().join("firn-0.1.0-x86_64.iso");
        std::fs::write(&iso, "abc").unwrap();
        let manifest = Manifest {
            version: "0.1.0".into(),
            release: 2026120100,
            id: "0123456789abcdef".into(),
            xen: "4.20.4".into(),
            xen_source_sha256: "ab".into(),
            keys: Some(1),
            ..Manifest::default()
        };
        let source = Source {
            commit: Some("5f".into()),
            lock: "cd".into(),
        };
        let steps = BTreeMap::from([
            ("root".to_owned(), "01".to_owned()),
            ("image".to_owned(), "02".to_owned()),
        ]);
        let subjects = [subject(&iso).unwrap()];
        insta::assert_snapshot!(text(&subjects, &manifest, &source, steps).unwrap());
    }
}
