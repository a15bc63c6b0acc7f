//! `manifest.json`: which image this is, and what its files must be.

use anyhow::{Context, Result, ensure};
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
    /// Reads the text of the file. Its names become paths and its sums decide what is started, so both are looked at first.
    pub fn parse(text: &str) -> Result<Manifest> {
        let read = || -> Result<Manifest> {
            let manifest: Manifest = serde_json::from_str(text)?;
            manifest.files.iter().try_for_each(check)?;
            Ok(manifest)
        };
        read().context("a broken manifest.json")
    }

    /// Bytes of all files together.
    pub fn size(&self) -> u64 {
        let sizes = self.files.values().map(|entry| entry.size);
        sizes.fold(0, u64::saturating_add)
    }
}

/// An image to come may have other files than the four of today, but all lie in one folder.
fn check((name, entry): (&String, &Entry)) -> Result<()> {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let plain = !name.is_empty() && !name.starts_with('.') && name.bytes().all(letters);
    ensure!(plain, "{name:?} is no name of a file in an image");
    let sum = &entry.sha256;
    let whole = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    ensure!(whole, "the sha256 of {name} is not 64 hex digits");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn files_are_optional_and_summed_up() {
        let text = r#"{"name":"firn","version":"1","id":"ab","files":{"a":{"sha256":"SUM","size":3},"b":{"sha256":"SUM","size":4}}}"#;
        let text = text.replace("SUM", &"0f".repeat(32));
        assert_eq!(Manifest::parse(&text).unwrap().size(), 7);
        assert_eq!(
            Manifest::parse(r#"{"version":"1","id":"ab"}"#).unwrap().id,
            "ab"
        );
        assert_eq!(
            Manifest::parse("{").unwrap_err().to_string(),
            "a broken manifest.json"
        );
    }

    #[test]
    fn names_lead_nowhere_else_and_sums_are_whole() {
        let sum = "0f".repeat(32);
        let parsed = |name: &str, sum: &str| {
            let file = serde_json::json!({"sha256": sum, "size": 1});
            let text = serde_json::json!({"version": "1", "id": "ab", "files": {name: file}});
            Manifest::parse(&text.to_string()).map_err(|error| format!("{error:#}"))
        };
        assert!(parsed("root.squashfs", &sum).is_ok());
        for name in ["", ".", "..", "../init", "a/b", "/init", "a\n"] {
            let said = format!("a broken manifest.json: {name:?} is no name of a file in an image");
            assert_eq!(parsed(name, &sum).unwrap_err(), said);
        }
        for sum in ["", "0f", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64)] {
            assert_eq!(
                parsed("vmlinuz", sum).unwrap_err(),
                "a broken manifest.json: the sha256 of vmlinuz is not 64 hex digits"
            );
        }
    }

    fn odd_name() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => prop::sample::select(vec!["xen.gz", "vmlinuz", "initrd.img", "root.squashfs"]).prop_map(str::to_owned),
            1 => "[a-z./\\\\-]{0,12}",
            1 => any::<String>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What is believed has file names that stay in their folder, and whole sums.
        #[test]
        fn what_is_taken_is_well_formed(
            files in prop::collection::btree_map(odd_name(), ("[0-9a-f]{64}|[0-9a-fA-F]{62,66}|.{0,70}", any::<u64>()), 0..5),
            (id, version) in any::<(String, String)>(),
            change in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
            text in any::<String>(),
        ) {
            let entry = |(name, (sum, size)): (&String, &(String, u64))| {
                (name.clone(), serde_json::json!({"sha256": sum, "size": size}))
            };
            let files: serde_json::Map<_, _> = files.iter().map(entry).collect();
            let mut bytes = serde_json::json!({"version": version, "id": id, "files": files}).to_string().into_bytes();
            if let Some((at, byte)) = change {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = Manifest::parse(&text);
            if let Ok(manifest) = Manifest::parse(&String::from_utf8_lossy(&bytes)) {
                for (name, entry) in &manifest.files {
                    let path = std::path::Path::new("/run/firn/medium").join(name);
                    prop_assert_eq!(path.parent(), Some(std::path::Path::new("/run/firn/medium")));
                    prop_assert_eq!(path.file_name().and_then(|n| n.to_str()), Some(name.as_str()));
                    prop_assert_eq!(hex::decode(&entry.sha256).map(|sum| sum.len()), Ok(32));
                    prop_assert!(manifest.size() >= entry.size);
                }
            }
        }
    }
}
