//! root's password over images: users come from the image, and the host keeps the hash of root's password alone, in a file of its own. One
//! that `passwd` has set since is taken over.

use super::change::below;
use super::record::Record;
use anyhow::{Context, Result};
use firn_config::File;
use firn_image::shadow;
use firn_image::state::ROOT_HASH;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

/// Where the users' hashes lie.
pub const SHADOW: &str = "/etc/shadow";

/// What is to be done about root's hash.
#[derive(Debug, PartialEq, Eq)]
enum Step<'h> {
    Nothing,
    /// The one in shadow is newer: it is kept.
    Keep(&'h str),
    /// The kept one is newer, or the only one: shadow gets it.
    Give(&'h str),
}

/// `ours`: shadow is as it was made the last time.
fn decide<'h>(shadow: Option<&'h str>, kept: Option<&'h str>, ours: bool) -> Step<'h> {
    match (shadow, kept) {
        (Some(shadow), Some(kept)) if shadow == kept => Step::Nothing,
        (None, None) => Step::Nothing,
        (Some(_), Some(kept)) if ours => Step::Give(kept),
        (Some(shadow), _) => Step::Keep(shadow),
        (None, Some(kept)) => Step::Give(kept),
    }
}

/// Brings the kept hash and shadow in line, and puts down in the record how shadow is now. The hash; none if root has none anywhere.
pub fn follow(root: &Path, record: &mut Record) -> Result<Option<String>> {
    let path = below(root, SHADOW);
    let text = firn_visible::read_text(&path).unwrap_or_default();
    let kept = kept(root);
    let ours = record.is_ours(root, SHADOW);
    let (hash, text) = match decide(shadow::root(&text), kept.as_deref(), ours) {
        Step::Nothing => (kept.clone(), text),
        Step::Keep(hash) => {
            keep(root, hash)?;
            (Some(hash.to_owned()), text.clone())
        }
        Step::Give(hash) => {
            let text = shadow::with_root(&text, hash);
            write(&path, &text)?;
            (Some(hash.to_owned()), text)
        }
    };
    record.set(&File {
        path: SHADOW.into(),
        mode: 0o640,
        content: text,
        link: None,
    });
    Ok(hash)
}

/// The hash that the host keeps. A file that a power cut has left empty, or that could break shadow, is none.
fn kept(root: &Path) -> Option<String> {
    let text = firn_visible::read_text(below(root, ROOT_HASH)).ok()?;
    let hash = text.trim_end_matches('\n');
    let sound = |byte: u8| byte.is_ascii_graphic() && byte != b':';
    (!hash.is_empty() && hash.bytes().all(sound)).then(|| hash.to_owned())
}

fn keep(root: &Path, hash: &str) -> Result<()> {
    let path = below(root, ROOT_HASH);
    if let Some(folder) = path.parent() {
        let making = || format!("making {}", folder.display());
        fs::create_dir_all(folder).with_context(making)?;
        fs::set_permissions(folder, Permissions::from_mode(0o700)).with_context(making)?;
    }
    crate::files::write(&path, &format!("{hash}\n"), 0o600)
}

/// Mode and owner stay; one that is gone is root's alone, until the image's is put in its place.
fn write(path: &Path, text: &str) -> Result<()> {
    let found = fs::metadata(path).ok();
    let owner = found.as_ref().map(|found| (found.uid(), found.gid()));
    let mode = found.map_or(0o600, |found| found.permissions().mode() & 0o7777);
    crate::files::write_for(path, text, mode, owner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A host of which the record knows the shadow file `made`.
    fn host(shadow: &str, kept: Option<&str>, made: &str) -> (tempfile::TempDir, Record) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("etc")).unwrap();
        fs::write(root.path().join("etc/shadow"), shadow).unwrap();
        if let Some(kept) = kept {
            keep(root.path(), kept).unwrap();
        }
        let mut record = Record::default();
        record.set(&File {
            path: SHADOW.into(),
            mode: 0o640,
            content: made.into(),
            link: None,
        });
        (root, record)
    }

    fn line(hash: &str) -> String {
        format!("root:{hash}:19000:0:99999:7:::\ndaemon:*:19000::::::\n")
    }

    #[test]
    fn the_first_start_keeps_what_the_installer_has_set() {
        let (root, mut record) = host(&line("$y$1"), None, "");
        assert_eq!(
            follow(root.path(), &mut record).unwrap().as_deref(),
            Some("$y$1")
        );
        let path = below(root.path(), ROOT_HASH);
        assert_eq!(fs::read_to_string(&path).unwrap(), "$y$1\n");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let folder = fs::metadata(path.parent().unwrap()).unwrap();
        assert_eq!(folder.mode() & 0o777, 0o700);
        assert!(record.is_ours(root.path(), SHADOW));
    }

    #[test]
    fn what_passwd_has_set_is_taken_over() {
        let (root, mut record) = host(&line("$y$2"), Some("$y$1"), &line("$y$1"));
        assert_eq!(
            follow(root.path(), &mut record).unwrap().as_deref(),
            Some("$y$2")
        );
        assert_eq!(kept(root.path()).as_deref(), Some("$y$2"));
        assert!(record.is_ours(root.path(), SHADOW));
    }

    #[test]
    fn a_kept_hash_that_was_set_alone_gets_into_shadow_and_one_that_lost_root_is_mended() {
        for shadow in [line("$y$1"), "daemon:*:19000::::::\n".into(), String::new()] {
            let (root, mut record) = host(&shadow, Some("$y$3"), &shadow);
            follow(root.path(), &mut record).unwrap();
            let text = fs::read_to_string(root.path().join("etc/shadow")).unwrap();
            assert_eq!(shadow::root(&text), Some("$y$3"));
            assert!(record.is_ours(root.path(), SHADOW));
            assert_eq!(text.contains("daemon:"), shadow.contains("daemon:"));
        }
    }

    #[test]
    fn a_damaged_kept_hash_is_none() {
        let (root, mut record) = host(&line("$y$1"), None, &line("$y$1"));
        for damage in ["", "\n", "a:b\n", "a\nroot::1\n", "\0\0\0"] {
            let path = below(root.path(), ROOT_HASH);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, damage).unwrap();
            assert_eq!(kept(root.path()), None, "{damage:?}");
            follow(root.path(), &mut record).unwrap();
            assert_eq!(kept(root.path()).as_deref(), Some("$y$1"), "{damage:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

        /// Afterwards both say the same, it is one of the two, and a second time there is nothing to do.
        #[test]
        fn both_agree_and_stay_so(
            shadow in prop::option::of("[!*$.a-c]{1,4}"),
            kept in prop::option::of("[!*$.a-c]{1,4}"),
            ours in any::<bool>(),
        ) {
            let (shadow, kept) = (shadow.as_deref(), kept.as_deref());
            let after = match decide(shadow, kept, ours) {
                Step::Nothing => {
                    prop_assert_eq!(shadow, kept);
                    shadow
                }
                Step::Keep(hash) | Step::Give(hash) => Some(hash),
            };
            prop_assert!(after == shadow || after == kept);
            prop_assert_eq!(after.is_none(), shadow.is_none() && kept.is_none());
            for ours in [true, false] {
                prop_assert_eq!(decide(after, after, ours), Step::Nothing);
            }
        }
    }
}
