//! Files that go from one folder to another.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// A copy.
///
/// # Errors
/// When one cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .with_context(|| format!("copying {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// The same file under another name: a hard link where the file systems allow, else a copy. What has the name is replaced.
///
/// # Errors
/// When one cannot be read or written.
pub fn link(from: &Path, to: &Path) -> Result<()> {
    let partial = to.with_extension("partial");
    let _ = fs::remove_file(&partial);
    if fs::hard_link(from, &partial).is_err() {
        copy(from, &partial)?;
    }
    fs::rename(&partial, to).with_context(|| format!("writing {}", to.display()))?;
    // Where both names were the same file already, rename(2) leaves both.
    let _ = fs::remove_file(&partial);
    Ok(())
}
