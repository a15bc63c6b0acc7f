//! Debian's security tracker: for each source package its holes, and in which version they are closed.

use super::Finding;
use crate::bom::{Bom, Component, SOURCE, SOURCE_VERSION};
use anyhow::{Context, Result};
use debversion::Version;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Source packages, their holes by id.
type Tracker = BTreeMap<String, BTreeMap<String, Hole>>;

#[derive(Deserialize)]
struct Hole {
    #[serde(default)]
    releases: BTreeMap<String, State>,
}

/// How it is with one hole in one suite.
#[derive(Deserialize)]
struct State {
    status: String,
    fixed_version: Option<String>,
    #[serde(default)]
    urgency: String,
}

/// The holes in the packages. What Debian calls unimportant is none, and what it has not looked into yet is not known to be one.
pub fn findings(bom: &Bom, suite: &str, path: &Path) -> Result<Vec<Finding>> {
    let what = || format!("reading {}", path.display());
    let text = std::fs::read_to_string(path).with_context(what)?;
    let tracker: Tracker = serde_json::from_str(&text).with_context(what)?;
    let mut all = Vec::new();
    for part in bom.of("deb") {
        all.extend(of_part(part, suite, &tracker)?);
    }
    Ok(all)
}

fn of_part(part: &Component, suite: &str, tracker: &Tracker) -> Result<Vec<Finding>> {
    let source = part.property(SOURCE).unwrap_or(&part.name);
    let version = part.property(SOURCE_VERSION).unwrap_or(&part.version);
    let mut all = Vec::new();
    for (id, hole) in tracker.get(source).into_iter().flatten() {
        let Some(state) = hole
            .releases
            .get(suite)
            .filter(|state| state.urgency != "unimportant")
        else {
            continue;
        };
        let fix = match (state.status.as_str(), &state.fixed_version) {
            ("resolved", Some(fixed)) if is_older(version, fixed)? => Some(format!(
                "fixed in {fixed}; take it in with `cargo xtask iso --refresh`"
            )),
            ("open", _) => None,
            _ => continue,
        };
        all.push(Finding {
            id: id.clone(),
            part: format!("{source} {version}"),
            fix,
        });
    }
    Ok(all)
}

fn is_older(version: &str, fixed: &str) -> Result<bool> {
    let read = |text: &str| {
        text.parse::<Version>()
            .with_context(|| format!("reading the version {text}"))
    };
    Ok(read(version)? < read(fixed)?)
}
