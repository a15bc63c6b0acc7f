//! `manifest.json`: what an image consists of.

use anyhow::{Context, Result, ensure};
use firn_words::{Said, say};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The name of the file, on the medium and in a slot.
pub const NAME: &str = "manifest.json";
/// The four files.
pub const FILES: [&str; 4] = ["xen.gz", "vmlinuz", "initrd.img", "root.squashfs"];

/// The image's table of contents.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Manifest {
    /// Firn's version.
    pub version: String,
    /// The image id, 16 hex digits.
    pub id: String,
    /// The four files by name.
    pub files: BTreeMap<String, FileEntry>,
}

/// One file of the image.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct FileEntry {
    /// Its checksum, 64 hex digits.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// Reads the manifest of the image in `folder`.
pub fn read(folder: &Path) -> Result<Manifest> {
    let path = folder.join(NAME);
    let file = path.display().to_string();
    let text = fs::read_to_string(&path)
        .with_context(|| Said(say!("execute-medium-gone", file = &file)))?;
    let manifest: Manifest =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    for name in FILES {
        ensure!(
            manifest.files.contains_key(name),
            Said(say!(
                "execute-manifest-incomplete",
                file = &file,
                name = name
            ))
        );
    }
    Ok(manifest)
}
