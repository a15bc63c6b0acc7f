//! What an installation has reported, for the host that came of it.

use super::state::{Access, State};
use super::{Result, parts, sentence};
use anyhow::Context;
use firn_machine::Disk;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// Below /etc: the host's /var is made at its first start, which takes the file there (tmpfiles.d/firn.conf).
const FILE: &str = "firn/report.jsonl";

/// Leaves the reports, one JSON object a line, on the host that was installed on this disk.
///
/// # Errors
/// When the host's state cannot be written.
pub fn keep_reports(disk: &Disk, reports: &[u8]) -> Result<()> {
    sentence(keep(disk, reports))
}

fn keep(disk: &Disk, reports: &[u8]) -> anyhow::Result<()> {
    let state = State::open(&parts::read(disk)?, Access::Write)?;
    let path = state.etc(FILE);
    fs::write(&path, reports).with_context(|| format!("writing {FILE}"))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    state.close()
}
