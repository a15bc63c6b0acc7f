//! The cache folder: `$FIRN_CACHE`, else the user's cache folder.

use anyhow::{Context, Result, bail};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Outputs of one step that are kept: the newest, so that going back and forth between two states stays cheap.
const KEPT: usize = 2;

const REFRESHED: &str = "records/refreshed";

/// Where outputs, logs and records lie.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// Opens the cache and makes its folders.
    ///
    /// # Errors
    /// When there is no home, or a folder cannot be made.
    pub fn open() -> Result<Self> {
        Self::at(folder()?)
    }

    /// The same in this folder.
    ///
    /// # Errors
    /// When a folder cannot be made.
    pub fn at(root: PathBuf) -> Result<Self> {
        let cache = Self { root };
        for part in ["outputs", "logs", "records", "work"] {
            let path = cache.root.join(part);
            std::fs::create_dir_all(&path)
                .with_context(|| format!("making the cache folder {}", path.display()))?;
        }
        Ok(cache)
    }

    /// Keeps other builds out as long as its value lives; waits for one that runs.
    ///
    /// # Errors
    /// When the lock cannot be made.
    pub fn lock(&self) -> Result<File> {
        let path = self.root.join("lock");
        let what = || format!("locking the cache by {}", path.display());
        let file = File::create(&path).with_context(what)?;
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error).with_context(what),
        }
        eprintln!(
            "another build works in {}; waiting for its end",
            self.root.display()
        );
        file.lock().with_context(what)?;
        Ok(file)
    }

    /// A folder for things that survive between builds but are no outputs (compiler caches).
    pub fn work(&self, name: &str) -> PathBuf {
        self.root.join("work").join(name)
    }

    pub fn output(&self, step: &str, key: &str) -> PathBuf {
        self.root
            .join("outputs")
            .join(format!("{step}-{}", &key[..16]))
    }

    pub fn log(&self, step: &str) -> PathBuf {
        self.root.join("logs").join(format!("{step}.log"))
    }

    pub fn record(&self, step: &str) -> PathBuf {
        self.root.join("records").join(format!("{step}.json"))
    }

    /// When packages were last to be taken anew, in seconds since 1970; nothing when they never were.
    pub fn refreshed(&self) -> String {
        std::fs::read_to_string(self.root.join(REFRESHED)).unwrap_or_default()
    }

    /// Has packages taken anew: from now on no tree that was made before counts.
    ///
    /// # Errors
    /// When the time cannot be written.
    pub fn refresh(&self) -> Result<()> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let path = self.root.join(REFRESHED);
        std::fs::write(&path, now.to_string())
            .with_context(|| format!("writing {}", path.display()))
    }

    /// Removes a file or a tree, also one that holds files of subordinate ids.
    ///
    /// # Errors
    /// When something is left.
    pub fn remove(&self, path: &Path) -> Result<()> {
        if path.symlink_metadata().is_err() {
            return Ok(());
        }
        let words = firn_tree::namespaces();
        firn_command::cmd(&words[0], &words[1..])
            .args(["rm", "-rf", "--one-file-system", "--"])
            .arg(path)
            .run()
            .with_context(|| format!("removing {}", path.display()))
    }

    /// Removes the oldest outputs of a step.
    ///
    /// # Errors
    /// When an output cannot be listed or removed.
    pub fn forget_older(&self, step: &str, newest: &Path) -> Result<()> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(self.root.join("outputs"))? {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let own = name
                .strip_prefix(step)
                .and_then(|rest| rest.strip_prefix('-'));
            if path != newest && own.is_some_and(|key| key.len() == 16) {
                found.push((path.metadata().and_then(|m| m.modified()).ok(), path));
            }
        }
        found.sort();
        let surplus = (found.len() + 1).saturating_sub(KEPT);
        found
            .iter()
            .take(surplus)
            .try_for_each(|(_, path)| self.remove(path))
    }

    /// Empties the cache.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn clean(&self) -> Result<()> {
        self.remove(&self.root)
    }

    pub fn path(&self) -> &Path {
        &self.root
    }
}

fn folder() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("FIRN_CACHE") {
        return std::path::absolute(path).context("reading FIRN_CACHE");
    }
    if let Some(path) = std::env::var_os("XDG_CACHE_HOME") {
        return Ok(PathBuf::from(path).join("firn"));
    }
    match std::env::home_dir() {
        Some(home) => Ok(home.join(".cache/firn")),
        None => bail!("there is no home folder to keep the cache in; name one with FIRN_CACHE"),
    }
}
