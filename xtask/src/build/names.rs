//! Names of files that every file system has which the ISO's files may be copied to: FAT32 and exFAT, written on whatever system.

use anyhow::{Context, Result, ensure};
use std::collections::HashSet;
use std::path::Path;

/// What a name must not have on FAT, beside control characters.
const FORBIDDEN: [char; 9] = ['"', '*', '/', ':', '<', '>', '?', '\\', '|'];
/// Names of Windows' devices, with whatever ending.
const DEVICES: [&str; 6] = ["aux", "com", "con", "lpt", "nul", "prn"];
/// Joliet has no longer names.
const LONGEST: usize = 64;
/// FAT32 has no larger files.
const LARGEST: u64 = u32::MAX as u64;

/// Whether everything below the folder can be copied to FAT32.
///
/// # Errors
/// The first that cannot, and why.
pub fn portable(tree: &Path) -> Result<()> {
    let mut seen = HashSet::new();
    let entries = tree
        .read_dir()
        .with_context(|| format!("reading {}", tree.display()))?;
    for entry in entries {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let name = entry.file_name().to_string_lossy().into_owned();
        let fault = fault(&name);
        ensure!(
            fault.is_none(),
            "{} cannot be copied to FAT32: {}",
            path.display(),
            fault.unwrap_or_default()
        );
        ensure!(
            seen.insert(name.to_lowercase()),
            "{} cannot be copied to FAT32: another name beside it differs in upper and lower case only",
            path.display()
        );
        ensure!(
            kind.is_dir() || kind.is_file() && entry.metadata()?.len() <= LARGEST,
            "{} cannot be copied to FAT32: it is no file of less than 4 GiB",
            path.display()
        );
        if kind.is_dir() {
            portable(&path)?;
        }
    }
    Ok(())
}

/// What is wrong with the name.
fn fault(name: &str) -> Option<&'static str> {
    let forbidden = |c: char| FORBIDDEN.contains(&c) || c.is_control() || !c.is_ascii();
    if name.contains(forbidden) {
        Some("a character of its name does not exist there")
    } else if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        Some("a space or dot at the end of its name gets lost there")
    } else if name.len() > LONGEST {
        Some("its name is too long")
    } else if is_device(name) {
        Some("Windows takes its name for a device")
    } else {
        None
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_lowercase();
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.len() - letters.len() <= 1 && DEVICES.contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_fat_cannot_have_is_found() {
        for name in [
            "grub.cfg",
            ".disk",
            "0123456789abcdef.id",
            "console.txt",
            "xen-COPYING",
            "lpt10",
        ] {
            assert_eq!(fault(name), None, "{name}");
        }
        let long = "x".repeat(65);
        for name in [
            "a:b", "a?", "a|b", "tab\t", "ü", "end.", "end ", " start", "CON", "nul.txt", "com1",
            "LPT9.cfg", &long,
        ] {
            assert!(fault(name).is_some(), "{name}");
        }
    }

    #[test]
    fn trees_are_looked_at_whole() {
        let tree = tempfile::tempdir().unwrap();
        let deep = tree.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("File"), "").unwrap();
        portable(tree.path()).unwrap();
        fs::write(deep.join("FILE"), "").unwrap();
        let error = portable(tree.path()).unwrap_err().to_string();
        assert!(
            error.ends_with("differs in upper and lower case only"),
            "{error}"
        );
        fs::remove_file(deep.join("FILE")).unwrap();
        std::os::unix::fs::symlink("File", deep.join("link")).unwrap();
        let error = portable(tree.path()).unwrap_err().to_string();
        assert!(
            error.ends_with("it is no file of less than 4 GiB"),
            "{error}"
        );
    }
}
