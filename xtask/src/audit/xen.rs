//! Xen's list of security advisories. It does not say which versions are concerned, so all that came after the source count.

use super::Finding;
use crate::bom::{ADVISORIES_TO, Bom};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct List {
    xsas: Vec<Advisory>,
}

#[derive(Deserialize)]
struct Advisory {
    xsa: Number,
    /// There once it is public.
    title: Option<String>,
}

/// The list has been written with numbers as texts, too.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Number(u32),
    Text(String),
}

/// How the list marks numbers that were never given to an advisory.
const UNUSED: &str = "Unused";

/// The holes in Xen.
pub fn findings(bom: &Bom, path: &Path) -> Result<Vec<Finding>> {
    let what = || format!("reading {}", path.display());
    let text = std::fs::read_to_string(path).with_context(what)?;
    let lists: Vec<List> = serde_json::from_str(&text).with_context(what)?;
    let xen = bom
        .of("generic")
        .find(|part| part.name == "xen")
        .context("the bill of materials has no Xen")?;
    let to = xen.property(ADVISORIES_TO).context(
        "nobody says which advisories are in this Xen: it was built from a tarball that no pin in recipes/xen.toml describes",
    )?;
    let to: u32 = to
        .parse()
        .with_context(|| format!("reading {ADVISORIES_TO}"))?;
    let mut all = Vec::new();
    let mut count = 0;
    for advisory in lists.iter().flat_map(|list| &list.xsas) {
        count += 1;
        let Some(title) = advisory
            .title
            .as_deref()
            .filter(|title| !title.starts_with(UNUSED))
        else {
            continue;
        };
        let number = number(&advisory.xsa)?;
        if number > to {
            let fix = format!("{title}; build from a newer Xen, by a new pin in recipes/xen.toml");
            all.push(Finding {
                id: format!("XSA-{number}"),
                part: format!("xen {}", xen.version),
                fix: Some(fix),
            });
        }
    }
    ensure!(count > 0, "{} names no advisory", path.display());
    Ok(all)
}

fn number(number: &Number) -> Result<u32> {
    match number {
        Number::Number(number) => Ok(*number),
        Number::Text(text) => text
            .trim()
            .parse()
            .with_context(|| format!("reading the number {text} of an advisory")),
    }
}
