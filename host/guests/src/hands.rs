//! What steps work with.

use crate::{Failed, Files, Machine, Networks, Result, Source, step::BootFile};
use firn_engine::{Domain, Engine};
use firn_stores::Store;
use firn_words::{Text, say};
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The stores, by name.
pub type Stores = BTreeMap<String, Arc<dyn Store>>;

/// What steps work with.
pub struct Hands {
    /// Definitions, journals and kernels.
    pub files: Arc<dyn Files>,
    /// What runs guests.
    pub engine: Arc<dyn Engine>,
    /// Where their volumes lie.
    pub stores: Stores,
    /// What their NICs plug into.
    pub networks: Networks,
    /// The folder of the sockets on which guests' screens are served.
    pub screens: PathBuf,
}

/// What a new guest is made from: it comes with the request, and only a task that was not interrupted needs it.
pub trait Materials {
    /// Writes to a new volume. `told` hears how many bytes of how many are done, and whether to go on.
    ///
    /// # Errors
    /// When it cannot, or `told` said to break off.
    fn fill(&mut self, from: Source, target: &Path, told: &Told<'_>) -> Result<()>;

    /// How a guest with this disk starts, once the image is on it; nothing where that was decided before.
    fn machine(&mut self, disk: &Path) -> Option<Machine> {
        let _ = disk;
        None
    }

    /// A file that the guest starts from.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn open(&mut self, file: BootFile) -> Result<Box<dyn Read>>;
}

/// Hears how many bytes of how many are done, and says whether to go on.
pub type Told<'a> = dyn Fn(u64, u64) -> ControlFlow<()> + 'a;

/// Whoever wants to know how a task goes.
pub trait Watcher: Sync {
    /// A step begins, the `n`th of `of`; `can_stop` says whether the task can still be broken off.
    fn begins(&self, text: Text, n: usize, of: usize, can_stop: bool);
    /// So many percent of the whole are done.
    fn reached(&self, percent: u8);
    /// Whether the task is to be broken off. It is undone then, if it still can.
    fn is_cancelled(&self) -> bool;
}

/// Nothing to make a guest from.
pub struct Nothing;

impl Materials for Nothing {
    fn fill(&mut self, _: Source, _: &Path, _: &Told<'_>) -> Result<()> {
        Err(Failed(say!("guests-no-material")))
    }

    fn open(&mut self, _: BootFile) -> Result<Box<dyn Read>> {
        Err(Failed(say!("guests-no-material")))
    }
}

impl Hands {
    pub(crate) fn store(&self, name: &str) -> Result<&dyn Store> {
        let store = self.stores.get(name).map(AsRef::as_ref);
        store.ok_or_else(|| Failed(say!("guests-store-gone", store = name)))
    }

    /// The domain of a guest, whatever it does.
    pub(crate) fn domain(&self, guest: &str) -> Result<Option<Domain>> {
        let domains = self.engine.domains()?;
        Ok(domains.into_iter().find(|domain| domain.name == guest))
    }
}
