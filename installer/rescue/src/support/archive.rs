//! The archive: a folder of text files as one tar.gz.

use super::{Scrub, sha256};
use firn_words::{Text, say};
use flate2::{Compression, write::GzEncoder};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Text files that are to be packed; secrets are taken out of each as it comes in.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The folder inside the archive, and the archive's name without ending.
    pub name: String,
    files: Vec<(String, String)>,
    scrub: Scrub,
    made: u64,
}

impl Bundle {
    /// An empty one about a machine or host of this name.
    pub fn new(about: &str, scrub: Scrub) -> Self {
        let made = SystemTime::now().duration_since(UNIX_EPOCH);
        let made = made.unwrap_or_default().as_secs();
        Self {
            name: format!("firn-support-{}-{made}", sound(about)),
            files: Vec::new(),
            scrub,
            made,
        }
    }

    /// Adds a file; an empty one says so.
    pub fn add(&mut self, name: &str, text: &str) {
        self.files.push((name.to_owned(), self.scrub.text(text)));
    }

    /// The text of a file in it.
    #[cfg(test)]
    pub fn file(&self, name: &str) -> Option<&str> {
        let found = self.files.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.as_str())
    }

    /// The bytes of the archive.
    ///
    /// # Errors
    /// When a name does not fit into an archive.
    pub fn tar_gz(&self) -> io::Result<Vec<u8>> {
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
        for (name, text) in &self.files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_mtime(self.made);
            let path = format!("{}/{name}", self.name);
            tar.append_data(&mut header, path, text.as_bytes())?;
        }
        tar.into_inner()?.finish()
    }

    /// Writes `NAME.tar.gz` into a folder, such as a mounted stick; gives its path and its sha256.
    /// A name that is there already stays whole until the new one is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, folder: &Path) -> io::Result<(PathBuf, String)> {
        let path = self.path(folder);
        let bytes = self.tar_gz()?;
        put(&path, &bytes)?;
        Ok((path, sha256(&bytes)))
    }

    /// As [`Bundle::save`], where nobody knows more about the folder.
    ///
    /// # Errors
    /// One sentence, when it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(PathBuf, String), Text> {
        self.save(folder).map_err(|error| {
            say!(
                "support-not-written",
                path = self.path(folder).display().to_string(),
                reason = error.to_string()
            )
        })
    }

    fn path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.tar.gz", self.name))
    }
}

/// Writes beside and renames, so that no half of it is left.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("part");
    let result = (|| {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    })();
    if result.is_err() {
        let _ = fs::remove_file(&beside);
    }
    result?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Only what every file system takes in a name.
fn sound(name: &str) -> String {
    let letter = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => c,
        _ => '-',
    };
    let name: String = name.chars().take(40).map(letter).collect();
    match name.trim_matches('-') {
        "" => "machine".into(),
        name => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Secret;
    use firn_execute::Secrets;
    use std::io::Read;

    #[test]
    fn the_archive_has_the_files_and_no_secret() {
        let scrub = Scrub::new(Secrets {
            password: Some(Secret("CANARY".into())),
            password_hash: None,
            ..Secrets::default()
        });
        let mut bundle = Bundle::new("xen1.example.net/../x", scrub);
        bundle.add("log.txt", "the password CANARY was typed");
        bundle.add("empty.txt", "");
        let folder = tempfile::tempdir().unwrap();
        let (path, hash) = bundle.write(folder.path()).unwrap();
        let bytes = fs::read(&path).unwrap();
        assert_eq!(hash, sha256(&bytes));
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let mut seen = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().display().to_string();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            seen.push((path, text));
        }
        let name = &bundle.name;
        assert!(name.starts_with("firn-support-xen1-example-net-"), "{name}");
        assert_eq!(
            seen,
            [
                (
                    format!("{name}/log.txt"),
                    "the password [secret] was typed".to_owned()
                ),
                (format!("{name}/empty.txt"), String::new()),
            ]
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_a_sentence() {
        let error = Bundle::new("x", Scrub::default())
            .write(Path::new("/proc/no-such-folder"))
            .unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("The support bundle /proc/no-such-folder/firn-support-x-"),
            "{text}"
        );
    }
}
