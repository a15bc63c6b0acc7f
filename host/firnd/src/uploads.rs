//! Files that clients have sent: each lies in the library until a guest is made from it, for a day at most.
//!
//! What a file is called nobody says: an upload has an id, and its file is named after it. What an earlier life of firnd has left nobody
//! asks for any more; it is removed at the start.

use anyhow::{Context, Result, ensure};
use firn_api::Outcome;
use firn_guests::Id;
use firn_images::{Checksum, Summing};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long one is kept that nobody uses.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// The uploads of this life of firnd.
pub struct Uploads {
    folder: PathBuf,
    table: Mutex<BTreeMap<String, Upload>>,
}

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Where it lies.
    pub path: PathBuf,
    since: Instant,
}

/// An upload that is under way. When it is dropped before its end, nothing of it remains.
pub struct Incoming<'a> {
    uploads: &'a Uploads,
    id: Option<String>,
    path: PathBuf,
    file: File,
    sum: Summing,
    written: u64,
}

impl Uploads {
    /// None yet. They are to lie in this folder, which is emptied where it is there.
    ///
    /// # Errors
    /// When it cannot be emptied.
    pub fn new(folder: PathBuf) -> Result<Self> {
        if folder.is_dir() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("emptying {}", folder.display()))?;
        }
        Ok(Self {
            folder,
            table: Mutex::default(),
        })
    }

    /// Begins one, which should have this checksum.
    ///
    /// # Errors
    /// When no file can be made.
    pub fn begin(&self, expected: Option<Checksum>) -> Result<Incoming<'_>> {
        let shown = self.folder.display();
        fs::create_dir_all(&self.folder).with_context(|| format!("making {shown}"))?;
        let id = Id::random().to_string();
        let path = self.folder.join(&id);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("making {}", path.display()))?;
        Ok(Incoming {
            uploads: self,
            id: Some(id),
            path,
            file,
            sum: Summing::new(expected),
            written: 0,
        })
    }

    /// One of them.
    pub fn get(&self, id: &str) -> Option<Upload> {
        self.lock().get(id).cloned()
    }

    /// Removes one; whether there was one.
    ///
    /// # Errors
    /// When its file cannot be removed.
    pub fn remove(&self, id: &str) -> Result<bool> {
        let Some(upload) = self.lock().remove(id) else {
            return Ok(false);
        };
        fs::remove_file(&upload.path)
            .with_context(|| format!("removing {}", upload.path.display()))?;
        Ok(true)
    }

    /// Removes those that nobody has used for a day.
    pub fn clear(&self) {
        let table = self.lock();
        let old = table.iter().filter(|(_, u)| u.since.elapsed() > KEPT);
        let old: Vec<_> = old.map(|(id, _)| id.clone()).collect();
        drop(table);
        for id in old {
            if let Err(error) = self.remove(&id) {
                tracing::warn!("{error:#}");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Upload>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Incoming<'_> {
    /// Writes what has come.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.written += bytes.len() as u64;
        self.sum.add(bytes);
        self.file.write_all(bytes).context("storing the upload")
    }

    /// All has come: so many bytes, where that was announced.
    ///
    /// # Errors
    /// When it was another number, they are not on the disk, or a [`firn_images::Error`] when the checksum is another.
    pub fn end(mut self, announced: Option<u64>) -> Result<Outcome> {
        let whole = announced.is_none_or(|size| size == self.written);
        let size = self.written;
        ensure!(whole, "{size} of {} bytes came", announced.unwrap_or(0));
        let sha256 = self.sum.clone().finish()?;
        self.file.sync_all().context("storing the upload")?;
        let id = self.id.take().context("an upload that has ended")?;
        let upload = Upload {
            path: self.path.clone(),
            since: Instant::now(),
        };
        self.uploads.lock().insert(id.clone(), upload);
        Ok(Outcome {
            upload: id,
            size,
            sha256,
        })
    }
}

impl Drop for Incoming<'_> {
    fn drop(&mut self) {
        if self.id.take().is_some()
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!("removing {}: {error}", self.path.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn what_came_as_a_whole_is_kept_and_the_rest_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = Uploads::new(folder.path().join("uploads")).unwrap();
        let mut incoming = uploads.begin(None).unwrap();
        incoming.write(b"abc").unwrap();
        incoming.write(b"de").unwrap();
        let outcome = incoming.end(Some(5)).unwrap();
        let upload = uploads.get(&outcome.upload).unwrap();
        assert_eq!(fs::read(&upload.path).unwrap(), b"abcde");
        assert_eq!(outcome.sha256, hex::encode(Sha256::digest(b"abcde")));

        let mut short = uploads.begin(None).unwrap();
        short.write(b"abc").unwrap();
        let error = short.end(Some(5)).unwrap_err().to_string();
        assert_eq!(error, "3 of 5 bytes came");
        let files = || fs::read_dir(folder.path().join("uploads")).unwrap().count();
        assert_eq!(files(), 1);
        assert!(uploads.remove(&outcome.upload).unwrap());
        assert!(!uploads.remove(&outcome.upload).unwrap());
        assert_eq!(files(), 0);
    }
}
