//! `manifest.json`: which image this is, and what its files must be.

use crate::file;
use serde::de::Error;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Result;
use std::collections::BTreeMap;

/// Hex digits of an image id.
const ID_DIGITS: usize = 16;

/// The image's table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// What this is, `firn`.
    #[serde(default)]
    pub name: String,
    /// Firn's version.
    pub version: String,
    /// The image id, which tells one image from another.
    pub id: String,
    /// Xen's version.
    #[serde(default)]
    pub xen: String,
    /// The sha256 of the archive that Xen was built from.
    #[serde(default)]
    pub xen_source_sha256: String,
    /// The last of Xen's security advisories whose fix is in it.
    #[serde(default)]
    pub xen_advisories_to: Option<u32>,
    /// The kernel's version.
    #[serde(default)]
    pub kernel: String,
    /// The files by name.
    #[serde(default, serialize_with = "in_order")]
    pub files: BTreeMap<String, Entry>,
}

/// One of the image's files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its checksum, 64 hex digits.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

impl Manifest {
    /// Reads the file's text. Its names become paths and its sums decide what is started, so both are looked at first.
    ///
    /// # Errors
    /// When it is no such JSON, or has a name or a sum that is none.
    pub fn parse(text: &str) -> Result<Manifest> {
        let manifest: Manifest = serde_json::from_str(text)?;
        manifest.files.iter().try_for_each(check)?;
        Ok(manifest)
    }

    /// The file's text.
    ///
    /// # Errors
    /// None that is known: it is text and numbers alone.
    pub fn text(&self) -> Result<String> {
        super::text(self)
    }

    /// The files in the order in which they are written: the image's own first.
    pub fn in_order(&self) -> Vec<(&str, &Entry)> {
        ordered(&self.files)
    }

    /// Bytes of all files together.
    pub fn size(&self) -> u64 {
        let sizes = self.files.values().map(|entry| entry.size);
        sizes.fold(0, u64::saturating_add)
    }

    /// Sets the id that belongs to the files: the beginning of what `sha256` makes of what is written about them.
    ///
    /// # Errors
    /// None that is known: it is text and numbers alone.
    pub fn identify(&mut self, sha256: impl Fn(&str) -> String) -> Result<()> {
        let mut bytes = Vec::new();
        in_order(&self.files, &mut serde_json::Serializer::new(&mut bytes))?;
        self.id = sha256(&String::from_utf8_lossy(&bytes));
        self.id.truncate(ID_DIGITS);
        Ok(())
    }
}

fn ordered(files: &BTreeMap<String, Entry>) -> Vec<(&str, &Entry)> {
    let place = |name: &str| file::ALL.iter().position(|known| *known == name);
    let mut files: Vec<_> = files.iter().map(|(name, e)| (name.as_str(), e)).collect();
    files.sort_by_key(|(name, _)| place(name).unwrap_or(file::ALL.len()));
    files
}

fn in_order<S: Serializer>(
    files: &BTreeMap<String, Entry>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_map(ordered(files))
}

/// An image to come may have other files than those of today, but all lie in one folder.
fn check((name, entry): (&String, &Entry)) -> Result<()> {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if name.is_empty() || name.starts_with('.') || !name.bytes().all(letters) {
        let text = format!("{name:?} is no name of a file in an image");
        return Err(Error::custom(text));
    }
    let sum = &entry.sha256;
    if sum.len() != 64 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let text = format!("the sha256 of {name} is not 64 hex digits");
        return Err(Error::custom(text));
    }
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
        assert!(Manifest::parse("{").is_err());
    }

    #[test]
    fn names_lead_nowhere_else_and_sums_are_whole() {
        let sum = "0f".repeat(32);
        let parsed = |name: &str, sum: &str| {
            let file = serde_json::json!({"sha256": sum, "size": 1});
            let text = serde_json::json!({"version": "1", "id": "ab", "files": {name: file}});
            Manifest::parse(&text.to_string()).map_err(|error| error.to_string())
        };
        assert!(parsed("root.squashfs", &sum).is_ok());
        for name in ["", ".", "..", "../init", "a/b", "/init", "a\n"] {
            let said = format!("{name:?} is no name of a file in an image");
            assert_eq!(parsed(name, &sum).unwrap_err(), said);
        }
        for sum in ["", "0f", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64)] {
            assert_eq!(
                parsed("vmlinuz", sum).unwrap_err(),
                "the sha256 of vmlinuz is not 64 hex digits"
            );
        }
    }

    /// Whoever has this file finds these bytes in it, and images are told apart by the id.
    #[test]
    fn what_is_written_is_what_always_was() {
        let entry = |size| Entry {
            sha256: "0f".repeat(32),
            size,
        };
        let files = (1..).zip(file::ALL);
        let mut manifest = Manifest {
            name: "firn".into(),
            version: "0.1.0".into(),
            xen: "4.20.1".into(),
            xen_source_sha256: "ab".into(),
            kernel: "6.12".into(),
            files: files.map(|(n, name)| (name.into(), entry(n))).collect(),
            ..Manifest::default()
        };
        let seen = std::cell::RefCell::new(String::new());
        let sum = |text: &str| {
            seen.replace(text.to_owned());
            "00112233445566778899".to_owned()
        };
        manifest.identify(sum).unwrap();
        let hash = "0f".repeat(32);
        let files = format!(
            r#"{{"xen.gz":{{"sha256":"{hash}","size":1}},"vmlinuz":{{"sha256":"{hash}","size":2}},"initrd.img":{{"sha256":"{hash}","size":3}},"root.squashfs":{{"sha256":"{hash}","size":4}},"boot.cfg":{{"sha256":"{hash}","size":5}}}}"#
        );
        assert_eq!(*seen.borrow(), files);
        let whole = format!(
            r#"{{"name":"firn","version":"0.1.0","id":"0011223344556677","xen":"4.20.1","xen-source-sha256":"ab","xen-advisories-to":null,"kernel":"6.12","files":{files}}}"#
        );
        assert_eq!(serde_json::to_string(&manifest).unwrap(), whole);
        let text = manifest.text().unwrap();
        assert!(text.starts_with("{\n  \"name\": \"firn\",\n") && text.ends_with("\n}\n"));
        assert_eq!(Manifest::parse(&text).unwrap(), manifest);
    }

    fn odd_name() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => prop::sample::select(vec!["xen.gz", "vmlinuz", "initrd.img", "root.squashfs", "boot.cfg"]).prop_map(str::to_owned),
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
                    prop_assert_eq!(entry.sha256.chars().filter(char::is_ascii_hexdigit).count(), 64);
                    prop_assert!(manifest.size() >= entry.size);
                }
            }
        }
    }
}
