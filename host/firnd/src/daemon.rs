//! What all requests share.

mod begin;
mod materials;

pub use begin::Request;
use begin::Taken;
pub use materials::Made;

use crate::events::Events;
use crate::http::limits::Limits;
use crate::library;
use crate::neighbours::Neighbours;
use crate::shown::{self, Knowledge};
use crate::tasks::Tasks;
use crate::uploads::Uploads;
use firn_api::{Found, Guest, Kind, Snapshot};
use firn_engine::Engine;
use firn_guests::{Book, Definition, Hands, Problem};
use firn_stores::Store;
use firn_words::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A guest by its id.
///
/// # Errors
/// When there is none.
pub fn find<'a>(book: &'a Book, id: &str) -> Result<&'a Definition, Vec<Problem>> {
    book.find(&format!("id:{id}"))
        .map_err(|problem| vec![problem])
}

/// A guest in the trash by its id.
///
/// # Errors
/// When there is none.
pub fn find_trashed<'a>(book: &'a Book, id: &str) -> Result<&'a Definition, Vec<Problem>> {
    book.find_trashed(&format!("id:{id}"))
        .map_err(|problem| vec![problem])
}

/// The name of the store that is meant where none is named.
pub const STORE: &str = "local";

/// What all requests share.
pub struct Daemon {
    /// What steps work with.
    pub hands: Hands,
    /// The default store.
    pub store: Arc<dyn Store>,
    /// What listeners hear.
    pub events: Arc<Events>,
    /// The tasks.
    pub tasks: Tasks,
    /// Guests' addresses.
    pub neighbours: Arc<Neighbours>,
    /// How much may last at once.
    pub limits: Limits,
    /// The list of images that are known; see [`firn_images::LIST`].
    pub images: PathBuf,
    /// The folder of the library.
    library: PathBuf,
    uploads: OnceLock<Uploads>,
    /// Held while the uploads' folder is made: whoever makes it empties it.
    preparing: Mutex<()>,
    /// Held while a plan is made and its task begins: no two plans count on the same room or name.
    planning: Mutex<()>,
    /// What tasks will take, by their ids.
    taken: Mutex<BTreeMap<String, Taken>>,
    /// Guests that a task has worked on since the watcher looked last: if their domains are gone, that was meant.
    touched: Mutex<BTreeSet<String>>,
    /// Why guests do not run that nobody here has stopped.
    pub vanished: Mutex<BTreeMap<String, Text>>,
    /// The guests as they were told last.
    told: Mutex<BTreeMap<String, Guest>>,
}

impl Daemon {
    /// Nothing is begun yet.
    pub fn new(
        hands: Hands,
        store: Arc<dyn Store>,
        neighbours: Arc<Neighbours>,
        library: PathBuf,
        images: PathBuf,
    ) -> Self {
        let events = Arc::new(Events::beginning_now());
        Self {
            hands,
            store,
            tasks: Tasks::new(Arc::clone(&events)),
            events,
            neighbours,
            images,
            limits: Limits::default(),
            library,
            uploads: OnceLock::new(),
            preparing: Mutex::default(),
            planning: Mutex::default(),
            taken: Mutex::default(),
            touched: Mutex::default(),
            vanished: Mutex::default(),
            told: Mutex::default(),
        }
    }

    /// What runs guests.
    pub fn engine(&self) -> &dyn Engine {
        self.hands.engine.as_ref()
    }

    /// All definitions.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn book(&self) -> firn_guests::Result<Book> {
        Book::load(self.hands.files.as_ref())
    }

    /// The uploads, in the library, which is made at its first use.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn uploads(&self) -> anyhow::Result<&Uploads> {
        let _one = self
            .preparing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(uploads) = self.uploads.get() {
            return Ok(uploads);
        }
        let folder = library::ready(self.store.as_ref(), &self.library)?;
        let uploads = Uploads::new(folder.join("uploads"))?;
        Ok(self.uploads.get_or_init(|| uploads))
    }

    /// The uploads, where somebody has asked for them.
    pub fn uploads_if_any(&self) -> Option<&Uploads> {
        self.uploads.get()
    }

    /// All guests, by name.
    ///
    /// # Errors
    /// When the definitions cannot be read.
    pub fn guests(&self) -> firn_guests::Result<Vec<Guest>> {
        let used = self.used();
        self.guests_with(used)
    }

    fn guests_with(
        &self,
        used: BTreeMap<(String, String), u64>,
    ) -> firn_guests::Result<Vec<Guest>> {
        let book = self.book()?;
        if book.guests.is_empty() {
            return Ok(Vec::new());
        }
        // Xen takes its time to answer. A guest whose restart ends meanwhile was off when Xen was asked: it is not shown as off and idle.
        let before = self.tasks.busy();
        let knowledge = self.knowledge(used);
        let after = self.tasks.busy();
        let guest = |definition: &Definition| {
            let id = definition.id.as_str();
            let task = after.get(id).or_else(|| before.get(id));
            shown::guest(definition, &knowledge, task.cloned())
        };
        let mut guests: Vec<_> = book.guests.values().map(guest).collect();
        guests.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(guests)
    }

    fn knowledge(&self, used: BTreeMap<(String, String), u64>) -> Knowledge<'_> {
        self.neighbours.ask_kernel();
        let domains = self.engine().domains();
        let by_name = |domain: firn_engine::Domain| (domain.name.clone(), domain);
        Knowledge {
            domains: domains
                .map(|domains| domains.into_iter().map(by_name).collect())
                .map_err(|error| error.text()),
            used,
            neighbours: &self.neighbours,
            vanished: self
                .vanished
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            engine: self.engine(),
        }
    }

    /// The guests that tasks have worked on since this was asked last.
    pub fn take_touched(&self) -> BTreeSet<String> {
        let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut touched)
    }

    /// Bytes that each volume takes, by store and volume.
    pub fn used(&self) -> BTreeMap<(String, String), u64> {
        let stores = self.hands.stores.iter();
        let used = stores.flat_map(|(name, store)| {
            let volumes = store.volumes().unwrap_or_default().into_iter();
            volumes.map(move |volume| ((name.clone(), volume.name), volume.used))
        });
        used.collect()
    }

    /// The folder of the library.
    pub fn library(&self) -> &Path {
        &self.library
    }

    /// Tells listeners which guests have changed since they were told last.
    pub fn tell_guests(&self) {
        // How full their disks are is told on request: asking the stores takes its time.
        let Ok(guests) = self.guests_with(BTreeMap::new()) else {
            return;
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let new: BTreeMap<String, Guest> = guests.into_iter().map(|g| (g.id.clone(), g)).collect();
        for (id, guest) in &new {
            if told.get(id).is_none_or(|old| !alike(old, guest)) {
                self.events.tell(Kind::Guest, id, Some(guest));
            }
        }
        for id in told.keys().filter(|id| !new.contains_key(*id)) {
            self.events.tell(Kind::Guest, id, None::<&Guest>);
        }
        *told = new;
    }

    /// Everything that events tell about.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            guests: self.guests().unwrap_or_default(),
            tasks: self.tasks.list(),
        }
    }
}

/// Whether a guest is as it was, but for how long ago its addresses were seen.
fn alike(old: &Guest, new: &Guest) -> bool {
    let ageless = |guest: &Guest| {
        let mut guest = guest.clone();
        let forget = |found: &mut Found| found.age = 0;
        guest.addresses.iter_mut().for_each(forget);
        guest
    };
    ageless(old) == ageless(new)
}
