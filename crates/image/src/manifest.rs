//! `manifest.json`: which image this is, and what its files must be.

use crate::file;
use serde::de::Error;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Result;
use std::collections::BTreeMap;

/// Hex digits of an image id.
const ID_DIGITS: usize = 16;

/// The format of the manifests that this program writes, and the newest that it understands as a whole. Each format so far has
/// only more fields than the one before it, so that programs that know an older one read the newer.
pub const FORMAT: u32 = 2;

/// The image's table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// What this is, `firn`.
    #[serde(default)]
    pub name: String,
    /// Its format, at most [`FORMAT`]; the first one does not say it.
    #[serde(default = "first_format")]
    pub format: u32,
    /// Firn's version.
    pub version: String,
    /// The release number, YYYYMMDDNN. It only grows; 0 for an image of the first format.
    #[serde(default)]
    pub release: u64,
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
    /// Of which versions the settings on a host may be.
    #[serde(default)]
    pub settings: SettingsVersions,
    /// What a host must have.
    #[serde(default)]
    pub needs: Needs,
    /// What it mends that the release before it does not: XSA-523, CVE-2026-1234.
    #[serde(default)]
    pub fixes: Vec<String>,
    /// Version of the [`file::KEYS`] in it; without one a host that runs it cannot be updated from signed sources.
    #[serde(default)]
    pub keys: Option<u32>,
    /// Whether its packages are exactly those that the locks in its sources name; older images do not say it.
    #[serde(default)]
    pub locked: bool,
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
    /// What the kernel says that it is once fs-verity is on for it, sha256 over blocks of 4096 bytes without salt: 64 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fsverity: Option<String>,
}

/// Versions of the settings, `host.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsVersions {
    /// Those that the image reads.
    pub reads: Vec<u32>,
    /// The one that it writes.
    pub writes: u32,
}

/// What a host must have so that the image can be put onto it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// At least this generation of the start menu, which no update writes anew.
    pub grub: u32,
    /// The oldest release from which a host may come to this one.
    pub from: u64,
}

fn first_format() -> u32 {
    1
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

    /// The files in the order in which they are written: [`file::BOOT`] last.
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
    let last = file::ALL.len() - 1;
    let place = |name: &str| file::ALL.iter().position(|known| *known == name);
    let mut files: Vec<_> = files.iter().map(|(name, e)| (name.as_str(), e)).collect();
    // What not every image has stands right before the last one.
    files.sort_by_key(|(name, _)| place(name).map_or((last, false), |place| (place, true)));
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
    let sums = [
        ("sha256", Some(&entry.sha256)),
        ("fsverity", entry.fsverity.as_ref()),
    ];
    for (kind, sum) in sums {
        if sum
            .is_some_and(|sum| sum.len() != 64 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            return Err(Error::custom(format!(
                "the {kind} of {name} is not 64 hex digits"
            )));
        }
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

    #[test]
    fn a_manifest_of_the_first_format_is_read() {
        let text = r#"{"name":"firn","version":"0.1.0","id":"ab","xen":"4.20.4","files":{}}"#;
        let old = Manifest::parse(text).unwrap();
        assert_eq!((old.format, old.release, old.keys), (1, 0, None));
        assert!(!old.locked);
        assert_eq!((old.settings, old.needs), Default::default());
    }

    #[test]
    fn a_digest_of_fs_verity_is_whole() {
        let file = serde_json::json!({"sha256": "0f".repeat(32), "size": 1, "fsverity": "0f"});
        let text = serde_json::json!({"version": "1", "id": "ab", "files": {"xen.gz": file}});
        assert_eq!(
            Manifest::parse(&text.to_string()).unwrap_err().to_string(),
            "the fsverity of xen.gz is not 64 hex digits"
        );
    }

    /// Whoever has this file finds these bytes in it, and images are told apart by the id.
    #[test]
    fn what_is_written_is_these_bytes() {
        let entry = |size| Entry {
            sha256: "0f".repeat(32),
            size,
            fsverity: (size == 4).then(|| "ab".repeat(32)),
        };
        let files = (1..).zip([
            "xen.gz",
            "vmlinuz",
            "initrd.img",
            "root.squashfs",
            "keys.json",
            "boot.cfg",
        ]);
        let mut manifest = Manifest {
            name: "firn".into(),
            format: FORMAT,
            version: "0.1.0".into(),
            release: 2026120100,
            settings: SettingsVersions {
                reads: vec![1, 2],
                writes: 2,
            },
            needs: Needs {
                grub: 1,
                from: 2026110100,
            },
            fixes: vec!["XSA-523".into()],
            keys: Some(3),
            locked: true,
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
        let (hash, verity) = ("0f".repeat(32), "ab".repeat(32));
        let files = format!(
            r#"{{"xen.gz":{{"sha256":"{hash}","size":1}},"vmlinuz":{{"sha256":"{hash}","size":2}},"initrd.img":{{"sha256":"{hash}","size":3}},"root.squashfs":{{"sha256":"{hash}","size":4,"fsverity":"{verity}"}},"keys.json":{{"sha256":"{hash}","size":5}},"boot.cfg":{{"sha256":"{hash}","size":6}}}}"#
        );
        assert_eq!(*seen.borrow(), files);
        let whole = format!(
            r#"{{"name":"firn","format":2,"version":"0.1.0","release":2026120100,"id":"0011223344556677","xen":"4.20.1","xen-source-sha256":"ab","xen-advisories-to":null,"kernel":"6.12","settings":{{"reads":[1,2],"writes":2}},"needs":{{"grub":1,"from":2026110100}},"fixes":["XSA-523"],"keys":3,"locked":true,"files":{files}}}"#
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
