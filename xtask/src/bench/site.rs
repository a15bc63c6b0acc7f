//! What the sections share: a folder, the ISO with a place to start it in, and what one section measures and another uses, too.

use super::install::{self, Installed};
use super::start::{self, Hosts};
use crate::cache::Cache;
use crate::iso::{self, Built};
use crate::run::iso_args;
use anyhow::{Context, Result, anyhow};
use firn_lab::qemu::{Key, Lab};
use firn_tree::Root;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};

/// Made on the first use, once: an error is kept as text.
type Once<T> = OnceCell<Result<T, String>>;

/// One call of `cargo xtask bench`.
pub struct Bench {
    /// Logs, disks and trees.
    pub folder: PathBuf,
    keep: bool,
    site: Once<Site>,
    installed: Once<Installed>,
    hosts: Once<Hosts>,
}

/// The ISO, and where it is started.
pub struct Site {
    /// The ISO and the tools root.
    pub built: Built,
    /// Where machines run.
    pub lab: Lab,
    /// What the answers put on every host.
    pub key: Key,
}

impl Bench {
    /// With this folder, which may hold an earlier call's files.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(folder: &Path, keep: bool) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("making the folder {}", folder.display()))?;
        Ok(Self {
            folder: folder.canonicalize()?,
            keep,
            site: Once::new(),
            installed: Once::new(),
            hosts: Once::new(),
        })
    }

    /// Builds the ISO if it is not built.
    ///
    /// # Errors
    /// When the ISO cannot be built.
    pub fn site(&self) -> Result<&Site> {
        get(&self.site, || Site::open(&self.folder))
    }

    /// Installs, if nobody has yet.
    ///
    /// # Errors
    /// When the installation fails.
    pub fn installed(&self) -> Result<&Installed> {
        get(&self.installed, || install::measure(self))
    }

    /// Starts Firn and its peer, if nobody has yet.
    ///
    /// # Errors
    /// When Firn cannot be installed.
    pub fn hosts(&self) -> Result<&Hosts> {
        get(&self.hosts, || start::measure(self))
    }

    /// A file or folder for this call.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Removes what is large, unless it is to be kept; logs stay.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn tidy(&self) -> Result<()> {
        if self.keep {
            return Ok(());
        }
        let cache = Cache::open()?;
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.is_dir() || path.extension().is_some_and(|ending| ending == "img") {
                cache.remove(&path)?;
            }
        }
        Ok(())
    }
}

fn get<T>(cell: &Once<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    cell.get_or_init(|| make().map_err(|error| format!("{error:#}")))
        .as_ref()
        .map_err(|text| anyhow!("{text}"))
}

impl Site {
    fn open(folder: &Path) -> Result<Self> {
        let built = iso::build(&iso_args())?;
        let root = Root::open(&built.tools)?.bind(folder).bind(&built.iso);
        let key = Key::in_folder(&root, folder)?;
        Ok(Self {
            lab: Lab::new(root)?,
            built,
            key,
        })
    }
}
