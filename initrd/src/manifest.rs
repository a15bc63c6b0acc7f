//! `manifest.json`: which image this is, and what its files must be.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The name of the file, beside the image's files.
pub const NAME: &str = "manifest.json";

/// What the initrd needs of it.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    /// Tells one image from another.
    pub id: String,
    pub version: String,
    #[serde(default)]
    pub files: BTreeMap<String, Entry>,
}

/// One of the image's files.
#[derive(Debug, Deserialize)]
pub struct Entry {
    pub sha256: String,
    pub size: u64,
}

impl Manifest {
    /// Reads the text of the file.
    pub fn parse(text: &str) -> Result<Manifest> {
        serde_json::from_str(text).context("a broken manifest.json")
    }

    /// Bytes of all files together.
    pub fn size(&self) -> u64 {
        let sizes = self.files.values().map(|entry| entry.size);
        sizes.fold(0, u64::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_optional_and_summed_up() {
        let text = r#"{"name":"firn","version":"1","id":"ab","files":{"a":{"sha256":"0","size":3},"b":{"sha256":"1","size":4}}}"#;
        assert_eq!(Manifest::parse(text).unwrap().size(), 7);
        assert_eq!(
            Manifest::parse(r#"{"version":"1","id":"ab"}"#).unwrap().id,
            "ab"
        );
        assert_eq!(
            Manifest::parse("{").unwrap_err().to_string(),
            "a broken manifest.json"
        );
    }
}
