//! Reading `manifest.json`, which must name all that is installed.

use super::context::Result;
use super::failure::Said;
use anyhow::{Context, ensure};
use firn_words::say;
use std::fs;
use std::path::Path;

pub use firn_image::file::{ALL as FILES, MANIFEST as NAME};
pub use firn_image::{Entry as FileEntry, Manifest};

/// Reads the manifest of the image in `folder`.
pub fn read(folder: &Path) -> Result<Manifest> {
    let path = folder.join(NAME);
    let file = path.display().to_string();
    let text = fs::read_to_string(&path)
        .with_context(|| Said(say!("execute-medium-gone", file = &file)))?;
    let manifest = Manifest::parse(&text).with_context(|| format!("reading {}", path.display()))?;
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
