//! Which packages a tree is made of: those of its lock, or where one of them can no longer be had, those of the mirror's index of today.
//!
//! The choice is made before the steps, because the packages are part of their keys.

mod choose;
pub mod fetch;
mod kept;
pub mod repository;

use crate::cache::Cache;
use crate::debian::Mirror;
use crate::hash;
use crate::lock::resolve::Index;
use crate::lock::{self, Lock};
use crate::recipe::Roots;
use anyhow::{Context, Result};
use choose::Ways;
use fetch::{Lacking, Places};
use kept::Kept;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};

pub use choose::Choice;

/// Where the choice is made, and what it depends on.
pub struct Chooser<'a> {
    pub cache: &'a Cache,
    pub workspace: &'a Path,
    pub roots: &'a Roots,
    pub mirror: &'a Mirror,
    pub places: &'a Places,
    /// Whether the mirror's newest packages are wanted, whatever the locks say.
    pub refresh: bool,
    pub index: OnceCell<Index<'a>>,
}

/// The folder of the cache that holds package files, by their sha256.
pub fn folder(cache: &Cache) -> PathBuf {
    cache.path().join("debs")
}

impl Chooser<'_> {
    /// What a tree is made of; its packages are then in the cache, unless `made` says that the tree itself is.
    ///
    /// # Errors
    /// When a lock cannot be read, or packages are nowhere to be had.
    pub fn choose(
        &self,
        tree: &'static str,
        packages: &[String],
        made: &dyn Fn(&Lock) -> Result<bool>,
    ) -> Result<Choice> {
        let (locked, kept) = self.known(tree, packages)?;
        let ways = Ways {
            made,
            fetch: &|lock| self.fetch(tree, lock),
            today: &|| self.today(packages),
            say: &|text| eprintln!("{text}"),
        };
        let first = kept.read().or_else(|| locked.clone());
        let first = first.filter(|_| !self.refresh);
        let lock = choose::choose(tree, first, &ways)?;
        let choice = Choice::new(tree, lock, locked.as_ref());
        kept.keep(&choice)?;
        Ok(choice)
    }

    /// The same as far as it is known without asking the mirror: no packages where it has to be asked.
    ///
    /// # Errors
    /// When a lock cannot be read.
    pub fn expected(&self, tree: &'static str, packages: &[String]) -> Result<Choice> {
        let (locked, kept) = self.known(tree, packages)?;
        let lock = kept.read().or_else(|| locked.clone()).unwrap_or_default();
        Ok(Choice::new(tree, lock, locked.as_ref()))
    }

    /// The lock of the workspace, if it is for this recipe, and what took its place in an earlier build.
    fn known(&self, tree: &str, packages: &[String]) -> Result<(Option<Lock>, Kept)> {
        let wish = lock::wish(self.roots, packages);
        let locked = Lock::read(&self.workspace.join(lock::path(tree)))?;
        let locked = locked.filter(|lock| lock.wish == wish);
        let key = locked.as_ref().map(Lock::key).unwrap_or_default();
        let path = self.cache.work("debs").join(format!("{tree}.lock"));
        let kept = Kept::at(path, hash::text(&format!("{wish} {key}")));
        Ok((locked, kept))
    }

    fn fetch(&self, tree: &str, lock: &Lock) -> Result<Lacking> {
        let folder = folder(self.cache);
        let absent = fetch::absent(&folder, lock);
        if absent.is_empty() {
            return Ok(Lacking::default());
        }
        let size = absent.iter().map(|deb| deb.size).sum::<u64>() as f64 / 1e6;
        let packages = match absent.len() {
            1 => "1 package".to_owned(),
            count => format!("{count} packages"),
        };
        eprintln!("{tree}: fetching {packages}, {size:.1} MB");
        // Two builds would fetch into the same files.
        let _lock = self.cache.lock()?;
        fetch::fetch(&folder, lock, self.mirror, self.places)
    }

    fn today(&self, packages: &[String]) -> Result<Lock> {
        let index = match self.index.get() {
            Some(index) => index,
            None => {
                let index = Index::fetch(self.mirror, self.roots)?;
                self.index.get_or_init(|| index)
            }
        };
        index.lock(packages)
    }
}

/// Removes package files that none of these trees is made of.
///
/// # Errors
/// When one cannot be removed.
pub fn forget_others(cache: &Cache, choices: &[&Choice]) -> Result<()> {
    let debs = || choices.iter().flat_map(|choice| &choice.lock.debs);
    for entry in folder(cache).read_dir().into_iter().flatten() {
        let path = entry.context("reading the cache's packages")?.path();
        let wanted = debs().any(|deb| path.ends_with(&deb.sha256));
        if path.is_file() && !wanted {
            std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        }
    }
    Ok(())
}
