//! A folder for hosts that the scenarios install and keep, so that the next scenario, and the next run, need not start from nothing.
//!
//! It depends on the image and on the tools root, and so on QEMU: a saved machine goes on only in the QEMU that has saved it. The builder
//! makes the folder and the key that all those hosts let in; a host is put there, whole, by the first scenario that needs it
//! (`tests/src/saved.rs`), and what it depends on besides is in its name.

use crate::step::Job;
use anyhow::{Context, Result};

/// Makes the folder with `id_ed25519`.
///
/// # Errors
/// When `ssh-keygen` fails.
pub fn build(job: &Job<'_>) -> Result<()> {
    std::fs::create_dir(job.out).with_context(|| format!("making {}", job.out.display()))?;
    let room = job.room("tools-root")?;
    let words = ["-q", "-t", "ed25519", "-N", "", "-C", "firn-tests", "-f"];
    room.run("ssh-keygen", words)
        .arg(room.inside(&job.out.join("id_ed25519")))
        .log_to(job.log)
        .run()?;
    Ok(())
}
