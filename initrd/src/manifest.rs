//! `manifest.json`: which image this is, and what its files must be.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The name of the file, beside the image's files.
pub const NAME: &str = "manifest.json";

/// The files of an image. Only these are taken: a name becomes a path and a part of a URL.
const FILES: [&str; 4] = ["xen.gz", "vmlinuz", "initrd.img", "root.squashfs"];

/// What the initrd needs of it.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    /// Tells one image from another.
    pub id: String,
    pub version: String,
    #[serde(default)]
    files: BTreeMap<String, Entry>,
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

    /// Its files, each by its name.
    ///
    /// # Errors
    /// One has a name that no file of an image has.
    pub fn files(&self) -> Result<Vec<(&'static str, &Entry)>> {
        let known = |name: &String| FILES.into_iter().find(|file| file == name);
        let file = |(name, entry)| match known(name) {
            Some(name) => Ok((name, entry)),
            None => bail!(
                "manifest.json names the file {name:?}, which no image has (it has {}): take the netboot.img that \
                 `cargo xtask netboot bundle` has made",
                FILES.join(", ")
            ),
        };
        self.files.iter().map(file).collect()
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

    #[test]
    fn only_the_files_of_an_image_are_taken() {
        let names = |names: &[&str]| -> Result<Vec<&str>> {
            let entry = |name: &&str| format!(r#""{name}":{{"sha256":"0","size":3}}"#);
            let files: Vec<String> = names.iter().map(entry).collect();
            let text = format!(
                r#"{{"version":"1","id":"ab","files":{{{}}}}}"#,
                files.join(",")
            );
            let manifest = Manifest::parse(&text)?;
            let files = manifest.files()?;
            Ok(files.into_iter().map(|(name, _)| name).collect())
        };
        let mut all = FILES;
        all.sort_unstable();
        assert_eq!(names(&FILES).unwrap(), all);
        assert!(names(&[]).unwrap().is_empty());
        for name in [
            "../../init",
            "/init",
            "a/xen.gz",
            "trust.toml",
            "manifest.json",
            "",
            "XEN.GZ",
            "xen.gz ",
        ] {
            let error = names(&["vmlinuz", name]).unwrap_err().to_string();
            assert_eq!(
                error,
                format!(
                    "manifest.json names the file {name:?}, which no image has (it has xen.gz, vmlinuz, initrd.img, root.squashfs): \
                     take the netboot.img that `cargo xtask netboot bundle` has made"
                )
            );
        }
    }
}
