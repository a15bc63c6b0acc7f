//! What was rendered last, and by which image: what another image has rendered goes with it, and what is none of it was changed by hand.

use super::change::below;
use anyhow::Result;
use firn_config::File;
use firn_image::state::RENDERED;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

/// The files that Firn has rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Id of the image that has rendered all of them; empty while they are written.
    pub image: String,
    /// Id of the image that the users are of; empty likewise.
    #[serde(default)]
    pub users: String,
    /// Paths, each with the sums of what may be in the file: one, and while it is written two.
    files: BTreeMap<String, BTreeSet<String>>,
}

impl Record {
    /// The record of the host whose root is `root`. A damaged one is none.
    pub fn read(root: &Path) -> Self {
        let text = firn_visible::read_text(below(root, RENDERED)).unwrap_or_default();
        let mut record: Self = serde_json::from_str(&text).unwrap_or_default();
        record.files.retain(|path, _| is_below_etc(path));
        record
    }

    /// Writes it.
    pub fn keep(&self, root: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        crate::files::write(&below(root, RENDERED), &text, 0o600)
    }

    /// What is true before the first of these files is written, and until the last one is.
    pub fn begun(&self, files: &[File]) -> Self {
        let mut record = self.clone();
        for file in files {
            let sums = record.files.entry(file.path.clone()).or_default();
            sums.insert(sum_of(file));
        }
        record
    }

    /// Puts down that a file now is so.
    pub fn set(&mut self, file: &File) {
        let sums = BTreeSet::from([sum_of(file)]);
        self.files.insert(file.path.clone(), sums);
    }

    /// Takes all files out that are not among these paths.
    pub fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.files.retain(|path, _| wanted(path));
    }

    /// The paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether what is in a file of the host was rendered, and not changed since.
    pub fn is_ours(&self, root: &Path, path: &str) -> bool {
        let sum = sum_at(&below(root, path));
        let sums = self.files.get(path);
        sums.zip(sum).is_some_and(|(sums, sum)| sums.contains(&sum))
    }
}

/// The record decides what is removed, so it must not lead elsewhere.
fn is_below_etc(path: &str) -> bool {
    let inside = path.strip_prefix("/etc/").map(Path::new);
    inside.is_some_and(|inside| {
        inside.file_name().is_some()
            && inside
                .components()
                .all(|part| matches!(part, Component::Normal(_)))
    })
}

fn sum_of(file: &File) -> String {
    match &file.link {
        Some(target) => format!("link {target}"),
        None => hex::encode(Sha256::digest(&file.content)),
    }
}

fn sum_at(path: &Path) -> Option<String> {
    match fs::read_link(path) {
        Ok(target) => Some(format!("link {}", target.to_string_lossy())),
        Err(_) => Some(hex::encode(Sha256::digest(fs::read(path).ok()?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(path: &str, content: &str) -> File {
        File {
            path: path.into(),
            mode: 0o644,
            content: content.into(),
            link: None,
        }
    }

    #[test]
    fn a_record_knows_what_was_rendered_also_in_the_middle() {
        let root = tempfile::tempdir().unwrap();
        let write = |text: &str| {
            fs::create_dir_all(root.path().join("etc")).unwrap();
            fs::write(root.path().join("etc/hosts"), text).unwrap();
        };
        let mut record = Record {
            image: "aa".into(),
            ..Record::default()
        };
        record.set(&file("/etc/hosts", "old"));
        record.keep(root.path()).unwrap();
        assert_eq!(Record::read(root.path()), record);
        let begun = record.begun(&[file("/etc/hosts", "new")]);
        for (text, after, meanwhile) in [
            ("old", true, true),
            ("new", false, true),
            ("x", false, false),
        ] {
            write(text);
            assert_eq!(record.is_ours(root.path(), "/etc/hosts"), after, "{text}");
            assert_eq!(
                begun.is_ours(root.path(), "/etc/hosts"),
                meanwhile,
                "{text}"
            );
        }
        assert!(!record.is_ours(root.path(), "/etc/other"));
    }

    #[test]
    fn a_link_is_known_by_its_target() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("etc")).unwrap();
        let zone = |target: &str| File {
            link: Some(target.into()),
            ..file("/etc/localtime", "")
        };
        let mut record = Record::default();
        record.set(&zone("/usr/share/zoneinfo/UTC"));
        let link = root.path().join("etc/localtime");
        std::os::unix::fs::symlink("/usr/share/zoneinfo/UTC", &link).unwrap();
        assert!(record.is_ours(root.path(), "/etc/localtime"));
        record.set(&zone("/usr/share/zoneinfo/Europe/Berlin"));
        assert!(!record.is_ours(root.path(), "/etc/localtime"));
    }

    #[test]
    fn paths_lead_nowhere_else() {
        for (path, good) in [
            ("/etc/hosts", true),
            ("/etc/systemd/network/20-nic0.network", true),
            ("/etc/", false),
            ("/etc/../root/.bashrc", false),
            ("/var/lib/x", false),
            ("etc/hosts", false),
            ("/etc//./hosts/..", false),
        ] {
            assert_eq!(is_below_etc(path), good, "{path}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damage_is_no_record_and_leads_nowhere(at in any::<prop::sample::Index>(), byte in any::<u8>(), path in "/etc/[a-z./]{0,12}|.{0,12}") {
            let root = tempfile::tempdir().unwrap();
            let mut record = Record { image: "aa".into(), ..Record::default() };
            record.set(&file(&path, "x"));
            record.keep(root.path()).unwrap();
            let place = below(root.path(), RENDERED);
            let mut bytes = fs::read(&place).unwrap();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            fs::write(&place, bytes).unwrap();
            for path in Record::read(root.path()).paths() {
                let place = below(root.path(), path);
                prop_assert!(place.starts_with(root.path().join("etc")));
                prop_assert!(!path.split('/').any(|part| part == ".."));
            }
        }
    }
}
