//! Hashes: of files, of source trees, of a step's inputs. Always sha256, in hex.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The hash of a file's bytes.
///
/// # Errors
/// When the file cannot be read.
pub fn file(path: &Path) -> Result<String> {
    let mut hasher = Sha256::new();
    let mut source = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut block = vec![0; 1 << 20];
    loop {
        let read = source
            .read(&mut block)
            .with_context(|| format!("reading {}", path.display()))?;
        if read == 0 {
            break;
        }
        hasher.update(&block[..read]);
    }
    Ok(hex::encode(hasher.finalize()))
}

/// The hash of a text.
pub fn text(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

/// The hash of names and values.
pub fn map(values: &BTreeMap<String, String>) -> String {
    let mut hasher = Sha256::new();
    for (name, value) in values {
        for part in [name, value] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hex::encode(hasher.finalize())
}

/// One entry for each file below a folder of the workspace: its path, and its mode and hash (or link target).
///
/// # Errors
/// When something cannot be read.
pub fn tree(workspace: &Path, folder: &str) -> Result<BTreeMap<String, String>> {
    use std::os::unix::fs::PermissionsExt;
    let mut found = BTreeMap::new();
    let mut open = vec![workspace.join(folder)];
    while let Some(path) = open.pop() {
        let meta = path
            .symlink_metadata()
            .with_context(|| format!("reading {}", path.display()))?;
        let name = path
            .strip_prefix(workspace)
            .unwrap_or(&path)
            .display()
            .to_string();
        if meta.is_dir() {
            for entry in path.read_dir()? {
                open.push(entry?.path());
            }
        } else if meta.is_symlink() {
            found.insert(name, format!("-> {}", path.read_link()?.display()));
        } else {
            let run = meta.permissions().mode() & 0o111 != 0;
            found.insert(
                name,
                format!("{}{}", file(&path)?, if run { " x" } else { "" }),
            );
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_known_hash() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(text(""), empty);
    }

    #[test]
    fn names_and_values_cannot_be_shifted_into_each_other() {
        let one = BTreeMap::from([("ab".to_owned(), "c".to_owned())]);
        let two = BTreeMap::from([("a".to_owned(), "bc".to_owned())]);
        assert_ne!(map(&one), map(&two));
    }
}
