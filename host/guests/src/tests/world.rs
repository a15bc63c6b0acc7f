//! A whole host that can be killed, looked at as a whole, and made again.

use super::fuse::{Fuse, Fused, Quick, Shelf};
use crate::{
    Book, BootFile, Definition, Folder, Ground, Hands, Id, Machine, Materials, Networks, Outcome,
    Plan, Planned, Result, Source, Task, Told, Watcher, after_end, audit, run, shape,
};
use firn_engine::{Engine, Simulated, State};
use firn_stores::{Owner, Store};
use firn_words::Text;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

pub(super) const NOW: &str = "2026-12-01T01:00:00Z";

/// A folder in memory, where there is a place for it: thousands of hosts are made.
pub(super) fn memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Nobody listens, and nobody cancels.
pub(super) struct Quiet;

impl Watcher for Quiet {
    fn begins(&self, _: Text, _: usize, _: usize, _: bool) {}
    fn reached(&self, _: u8) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// What guests are made from.
pub(super) struct Stuff(pub(super) Fuse);

impl Materials for Stuff {
    fn fill(&mut self, from: Source, target: &Path, told: &Told<'_>) -> Result<()> {
        let bytes = format!("all of the {from:?}");
        if told(1, 2).is_break() {
            return Err(firn_words::say!("guests-cancelled").into());
        }
        Ok(self.0.fill(target, bytes.as_bytes())?)
    }

    fn open(&mut self, file: BootFile) -> Result<Box<dyn Read>> {
        Ok(Box::new(std::io::Cursor::new(bzimage(file))))
    }
}

/// As much of a kernel as the engine looks at: the header of a bzImage whose payload is packed in a way that it cannot read.
fn bzimage(file: BootFile) -> Vec<u8> {
    let mut bytes = vec![b' '; 2048];
    bytes[0x1f1] = 1;
    bytes[0x202..0x206].copy_from_slice(b"HdrS");
    bytes[0x206..0x208].copy_from_slice(&[0x0f, 0x02]);
    bytes[0x248..0x24c].fill(0);
    bytes.extend(format!("the {file:?}").bytes());
    bytes
}

/// A host.
pub(super) struct World {
    pub(super) root: tempfile::TempDir,
    pub(super) fuse: Fuse,
    pub(super) engine: Arc<Fused>,
    pub(super) shelf: Arc<Shelf>,
    pub(super) hands: Hands,
}

type Volumes = BTreeMap<String, (u64, Owner, Vec<u8>)>;

/// All of a host at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) files: BTreeMap<String, String>,
    pub(super) volumes: Volumes,
    /// State, memory, processors and what was attached.
    pub(super) domains: BTreeMap<String, String>,
}

impl World {
    pub(super) fn new() -> Self {
        let root = memory();
        let fuse = Fuse::default();
        let volumes = root.path().join("volumes");
        fs::create_dir(&volumes).unwrap();
        let engine = Arc::new(Fused {
            engine: Simulated::default(),
            fuse: fuse.clone(),
        });
        let shelf = Shelf {
            folder: volumes,
            volumes: Default::default(),
            fuse: fuse.clone(),
        };
        let shelf = Arc::new(shelf);
        let folder = Folder::new(root.path().join("firn"));
        let hands = Hands {
            files: Arc::new(Quick {
                folder,
                fuse: fuse.clone(),
            }),
            engine: engine.clone(),
            stores: [("local".to_owned(), shelf.clone() as Arc<dyn Store>)].into(),
            networks: Networks::default(),
            screens: "/run/firn/vnc".into(),
        };
        Self {
            root,
            fuse,
            engine,
            shelf,
            hands,
        }
    }

    pub(super) fn book(&self) -> Book {
        Book::load(self.hands.files.as_ref()).unwrap()
    }

    /// A plan on the host as it is.
    pub(super) fn plan(&self, of: impl FnOnce(&Ground<'_>, &Book) -> Planned) -> Planned {
        let book = self.book();
        let ground = Ground {
            book: &book,
            host: &self.engine.host().unwrap(),
            domains: &self.engine.domains().unwrap(),
            stores: &[("local".to_owned(), self.shelf.facts().unwrap())].into(),
            default_store: "local",
            networks: &Networks::default(),
            reserved: 0,
            now: NOW,
        };
        of(&ground, &book)
    }

    pub(super) fn run(&self, plan: &Plan) -> Outcome {
        self.watched(plan, &Quiet)
    }

    pub(super) fn watched(&self, plan: &Plan, watcher: &dyn Watcher) -> Outcome {
        let task = Task {
            id: Id::random(),
            begun: NOW.into(),
            by: "test".into(),
        };
        run(
            &self.hands,
            &mut Stuff(self.fuse.clone()),
            plan,
            &task,
            watcher,
        )
    }

    pub(super) fn done(&self, of: impl FnOnce(&Ground<'_>, &Book) -> Planned) {
        let plan = self.plan(of).unwrap();
        assert_eq!(self.run(&plan), Outcome::Done(Vec::new()));
    }

    /// What firnd does about guests that have ended by themselves.
    pub(super) fn settle(&self) {
        for domain in self.engine.domains().unwrap() {
            let State::Ended(reason) = domain.state else {
                continue;
            };
            let book = self.book();
            let guest = &book.guests[&Id::parse(&domain.name).unwrap()];
            let next = after_end(&guest.name, reason, guest.crash, &[]);
            self.done(|ground, _| ground.ended(guest, &next));
        }
    }

    pub(super) fn seen(&self) -> Seen {
        let mut files = BTreeMap::new();
        collect(&self.root.path().join("firn"), &mut files);
        let volumes = self.shelf.volumes.lock().unwrap();
        let whole = |(name, (size, owner)): (&String, &(u64, Owner))| {
            let bytes = fs::read(self.shelf.folder.join(name)).unwrap();
            (name.clone(), (*size, owner.clone(), bytes))
        };
        let domains = self.engine.engine.domains().unwrap().into_iter();
        let domains = domains.map(|domain| {
            let shape = self.engine.engine.shape(&domain.name);
            let text = format!(
                "{:?} {} {} {shape:?}",
                domain.state, domain.memory, domain.cpus
            );
            (
                domain.name,
                text.replace(self.root.path().to_str().unwrap(), ""),
            )
        });
        Seen {
            files,
            volumes: volumes.iter().map(whole).collect(),
            domains: domains.collect(),
        }
    }

    /// A host like the one that was seen, without its domains.
    pub(super) fn like(seen: &Seen) -> Self {
        let world = Self::new();
        for (name, text) in &seen.files {
            let path = world.root.path().join("firn").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        for (name, (size, owner, bytes)) in &seen.volumes {
            fs::write(world.shelf.folder.join(name), bytes).unwrap();
            let volume = (*size, owner.clone());
            world
                .shelf
                .volumes
                .lock()
                .unwrap()
                .insert(name.clone(), volume);
        }
        world
    }

    /// Starts guests by their names.
    pub(super) fn start(&self, names: &[&str]) {
        let book = self.book();
        for name in names {
            let shape = shape(&self.hands, book.find(name).unwrap()).unwrap();
            self.engine.start(&shape).unwrap();
        }
    }

    /// What belongs to nobody, what cannot be read, and tasks that are not over.
    pub(super) fn leftovers(&self) -> Vec<String> {
        let book = self.book();
        let strays = audit(&self.hands, &book).unwrap();
        let strays = strays.iter().map(|stray| stray.text().to_string());
        let troubles = book.troubles.iter().map(|trouble| trouble.text.to_string());
        let tasks = book.journals.iter().map(|journal| format!("{journal:?}"));
        strays.chain(troubles).chain(tasks).collect()
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let mut inner = BTreeMap::new();
            collect(&path, &mut inner);
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            files.extend(
                inner
                    .into_iter()
                    .map(|(file, text)| (format!("{name}/{file}"), text)),
            );
        } else {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// A guest to be made, as far as it needs no more than a name.
pub(super) fn wanted(name: &str, machine: Machine) -> crate::Create {
    crate::Create {
        name: name.into(),
        template: "debian-13".into(),
        machine,
        local_time: false,
        cpus: 1,
        cpus_max: Some(4),
        memory: 256 << 20,
        memory_max: Some(1 << 30),
        disks: vec![crate::NewDisk {
            size: Some(1 << 30),
            store: None,
        }],
        image: None,
        cd: None,
        seed: None,
        nics: vec![crate::NewNic {
            network: "host".into(),
            mac: None,
        }],
        autostart: Default::default(),
        crash: Default::default(),
        notes: String::new(),
        start: false,
    }
}

/// A guest of a name.
pub(super) fn named<'a>(book: &'a Book, name: &str) -> &'a Definition {
    book.find(name)
        .or_else(|_| book.find_trashed(name))
        .unwrap()
}
