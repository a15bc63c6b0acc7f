//! Writing files so that a power cut leaves the old one or the new one.

use anyhow::{Context, Result};
use std::fs::{self, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, fchown, symlink};
use std::path::{Path, PathBuf};

/// Replaces a file's content; it belongs to root.
pub fn write(path: &Path, content: &str, mode: u32) -> Result<()> {
    write_for(path, content, mode, None)
}

/// Replaces a file's content; it belongs to this user and group. Nobody else reads the new one before.
pub fn write_for(path: &Path, content: &str, mode: u32, owner: Option<(u32, u32)>) -> Result<()> {
    let context = || format!("writing {}", path.display());
    let new = beside(path)?;
    let _ = fs::remove_file(&new);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut file = options.open(&new).with_context(context)?;
    file.write_all(content.as_bytes()).with_context(context)?;
    if let Some((user, group)) = owner {
        fchown(&file, Some(user), Some(group)).with_context(context)?;
    }
    file.set_permissions(Permissions::from_mode(mode))
        .with_context(context)?;
    file.sync_all().with_context(context)?;
    fs::rename(&new, path).with_context(context)
}

/// Replaces a file or link by a symbolic link.
pub fn link(path: &Path, target: &str) -> Result<()> {
    let context = || format!("linking {} to {target}", path.display());
    let new = beside(path)?;
    let _ = fs::remove_file(&new);
    symlink(target, &new).with_context(context)?;
    fs::rename(&new, path).with_context(context)
}

/// Writes a file below `/run` only if that changes it, and tells whether it did.
pub fn update(path: &Path, content: &str) -> Result<bool> {
    if fs::read_to_string(path).is_ok_and(|old| old == content) {
        return Ok(false);
    }
    write(path, content, 0o644)?;
    Ok(true)
}

/// A name in the same folder, which is made if it is missing.
fn beside(path: &Path) -> Result<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(folder.join(format!(".{name}.new")))
}
