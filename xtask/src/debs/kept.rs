//! What takes the place of a lock, kept until the lock or the recipe changes: a mirror that moves on from day to day does not change
//! what the same call builds.

use super::Choice;
use crate::lock::Lock;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// The file of one tree.
pub struct Kept {
    path: PathBuf,
    /// Its first line, which says for which recipe and lock it holds.
    head: String,
}

impl Kept {
    /// The file here; `base` says for what it holds.
    pub fn at(path: PathBuf, base: String) -> Self {
        let head = format!("# instead of {base}\n");
        Self { path, head }
    }

    /// What an earlier build took instead. A file that is damaged says nothing.
    pub fn read(&self) -> Option<Lock> {
        let text = std::fs::read_to_string(&self.path).ok()?;
        Lock::parse(text.strip_prefix(&self.head)?).ok()
    }

    /// Keeps a choice that differs from the lock; forgets an earlier one where this one does not.
    ///
    /// # Errors
    /// When the file cannot be written or removed.
    pub fn keep(&self, choice: &Choice) -> Result<()> {
        let what = || format!("writing {}", self.path.display());
        if choice.is_locked() {
            return match self.path.exists() {
                true => std::fs::remove_file(&self.path).with_context(what),
                false => Ok(()),
            };
        }
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).with_context(what)?;
        }
        let text = format!("{}{}", self.head, choice.lock.text());
        std::fs::write(&self.path, text).with_context(what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::tests::lock;

    #[test]
    fn a_replacement_holds_for_its_lock_alone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |base: &str| Kept::at(folder.path().join("debs/tree.lock"), base.into());
        let (locked, other) = (lock(&["bash 5.2-1"]), lock(&["bash 5.2-2"]));
        let choice = |lock: &Lock| Choice::new("tree", lock.clone(), Some(&locked));
        assert_eq!(at("a").read(), None);
        at("a").keep(&choice(&locked)).unwrap();
        assert_eq!(at("a").read(), None);
        at("a").keep(&choice(&other)).unwrap();
        assert_eq!(at("a").read(), Some(other.clone()));
        assert_eq!(at("b").read(), None);
        at("a").keep(&choice(&locked)).unwrap();
        assert_eq!(at("a").read(), None);
    }
}
