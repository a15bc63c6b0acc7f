//! `cargo xtask audit`: the bill of materials against advisories that were fetched before. Nothing is asked of the network.

mod crates;
mod debian;
mod xen;

use crate::bom::{Bom, SUITE};
use anyhow::{Context, Result};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Look for known security holes in what the last ISO is made from.
///
/// FOLDER holds debian.json (the Debian security tracker's data as JSON), advisory-db (a checkout of the RustSec advisory database)
/// and xsa.json (Xen's list of advisories). Ends with status 1 when there is a hole that could be closed.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// The folder with the advisories
    #[arg(long, value_name = "FOLDER")]
    pub data: PathBuf,
    /// Another bill of materials than that of this workspace's ISO
    #[arg(long, value_name = "FILE.cdx.json")]
    pub sbom: Option<PathBuf>,
    /// Count those as well for which there is no fix yet
    #[arg(long)]
    pub unfixed: bool,
}

/// A known hole in a part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The advisory: `CVE-2026-1234`.
    pub id: String,
    /// The part, with its version.
    pub part: String,
    /// What closes it, a sentence; nothing where there is no fix yet.
    pub fix: Option<String>,
}

/// Prints what is open.
///
/// # Errors
/// When the bill of materials or an advisory cannot be read.
pub fn run(args: &AuditArgs) -> Result<ExitCode> {
    let path = args
        .sbom
        .clone()
        .unwrap_or_else(|| crate::iso::beside("cdx.json"));
    let bom =
        Bom::read(&path).context("reading the bill of materials; `cargo xtask iso` writes it")?;
    let findings = findings(&bom, &args.data)?;
    print!("{}", report(&bom, &findings));
    let counts = |finding: &&Finding| args.unfixed || finding.fix.is_some();
    Ok(ExitCode::from(u8::from(
        findings.iter().any(|finding| counts(&finding)),
    )))
}

fn findings(bom: &Bom, data: &Path) -> Result<Vec<Finding>> {
    let suite = bom
        .metadata
        .component
        .property(SUITE)
        .context("the bill of materials does not name Debian's suite")?;
    let mut all = debian::findings(bom, suite, &data.join("debian.json"))?;
    all.extend(crates::findings(bom, &data.join("advisory-db"))?);
    all.extend(xen::findings(bom, &data.join("xsa.json"))?);
    all.sort();
    all.dedup();
    Ok(all)
}

/// A line for each finding, those that can be closed first, and one about all.
fn report(bom: &Bom, findings: &[Finding]) -> String {
    let (open, waiting): (Vec<_>, Vec<_>) =
        findings.iter().partition(|finding| finding.fix.is_some());
    let line = |finding: &&Finding| match &finding.fix {
        Some(fix) => format!("open {} in {}: {fix}\n", finding.id, finding.part),
        None => format!(
            "waiting {} in {}: there is no fix yet\n",
            finding.id, finding.part
        ),
    };
    let lines: String = open.iter().chain(&waiting).map(line).collect();
    let count = |kind: &str| bom.of(kind).count();
    format!(
        "{lines}Firn {}: {} open, {} without a fix yet (packages: {}, crates: {}, Xen)\n",
        bom.metadata.component.version,
        open.len(),
        waiting.len(),
        count("deb"),
        count("cargo")
    )
}

#[cfg(test)]
mod tests;
