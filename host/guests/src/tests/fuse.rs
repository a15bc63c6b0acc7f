//! A kill at a chosen moment: the engine, the store and the files go through a fuse, and once it has blown nothing reaches them.

use crate::{Files, Folder};
use firn_engine::{
    Ask, Disk, Domain, Engine, Host, Nic, Problem, Reported, Result as Engines, Shape, Simulated,
};
use firn_stores::{Error, Facts, Kind, Owner, Result as Stores, Store, Volume};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fs, mem};

/// What happens at the chosen action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The program is killed before it.
    Before,
    /// In the middle of it, where it has one; else after it.
    Middle,
    /// After it, so that nobody knows that it was done.
    After,
    /// It fails, and the program goes on.
    Fails,
}

#[derive(Debug, Default)]
struct Inner {
    /// Actions until it happens.
    left: usize,
    how: Option<How>,
    blown: bool,
    struck: bool,
}

/// Blows at a chosen action.
#[derive(Clone, Debug, Default)]
pub(super) struct Fuse(Arc<Mutex<Inner>>);

/// What an action may do.
enum Hit {
    Whole,
    WholeUnknown,
    Half,
    Nothing,
}

impl Fuse {
    pub(super) fn set(&self, left: usize, how: How) {
        *self.0.lock().unwrap() = Inner {
            left,
            how: Some(how),
            ..Inner::default()
        };
    }

    /// Mends it; whether it had struck.
    pub(super) fn mend(&self) -> bool {
        mem::take(&mut *self.0.lock().unwrap()).struck
    }

    fn is_blown(&self) -> bool {
        self.0.lock().unwrap().blown
    }

    fn hit(&self) -> Hit {
        let mut inner = self.0.lock().unwrap();
        let Some(how) = inner.how.filter(|_| !inner.struck) else {
            return if inner.blown {
                Hit::Nothing
            } else {
                Hit::Whole
            };
        };
        if inner.left > 0 {
            inner.left -= 1;
            return Hit::Whole;
        }
        (inner.struck, inner.blown) = (true, how != How::Fails);
        match how {
            How::Before | How::Fails => Hit::Nothing,
            How::Middle => Hit::Half,
            How::After => Hit::WholeUnknown,
        }
    }

    /// An action that is done or not.
    fn act<T, E>(&self, dead: E, act: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        match self.hit() {
            Hit::Whole => act(),
            Hit::WholeUnknown | Hit::Half => act().and(Err(dead)),
            Hit::Nothing => Err(dead),
        }
    }

    fn read<T, E>(&self, dead: E, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if self.is_blown() { Err(dead) } else { read() }
    }

    /// Writing to a volume, half of which may be done.
    pub(super) fn fill(&self, target: &Path, bytes: &[u8]) -> io::Result<()> {
        match self.hit() {
            Hit::Whole => fs::write(target, bytes),
            Hit::WholeUnknown => fs::write(target, bytes).and(Err(killed())),
            Hit::Half => fs::write(target, &bytes[..bytes.len() / 2]).and(Err(killed())),
            Hit::Nothing => Err(killed()),
        }
    }
}

fn killed() -> io::Error {
    io::Error::other("killed")
}

/// Files that are not synced, for speed.
pub(super) struct Quick {
    pub(super) folder: Folder,
    pub(super) fuse: Fuse,
}

impl Quick {
    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap())?;
        fs::write(path, bytes)
    }
}

impl Files for Quick {
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        self.fuse.read(killed(), || self.folder.read(name))
    }

    fn write(&self, name: &str, contents: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        contents.read_to_end(&mut bytes)?;
        let (folder, file) = name.rsplit_once('/').unwrap();
        match self.fuse.hit() {
            Hit::Whole => self.put(name, &bytes),
            Hit::WholeUnknown => self.put(name, &bytes).and(Err(killed())),
            Hit::Half => {
                self.put(&format!("{folder}/.{file}.new"), &bytes[..bytes.len() / 2])?;
                Err(killed())
            }
            Hit::Nothing => Err(killed()),
        }
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.fuse
            .act(killed(), || match fs::remove_file(self.path(name)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed,
            })
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.fuse.read(killed(), || self.folder.list(folder))
    }

    fn sweep(&self, folder: &str) -> io::Result<()> {
        self.fuse.act(killed(), || self.folder.sweep(folder))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path(name)
    }
}

/// A store in memory, whose volumes' contents lie in files.
pub(super) struct Shelf {
    pub(super) folder: PathBuf,
    pub(super) volumes: Mutex<BTreeMap<String, (u64, Owner)>>,
    pub(super) fuse: Fuse,
}

fn dead() -> Error {
    Error::Command {
        program: "store".into(),
        reason: "killed".into(),
    }
}

impl Shelf {
    fn has(&self, name: &str) -> Stores<(u64, Owner)> {
        let found = self.volumes.lock().unwrap().get(name).cloned();
        found.ok_or_else(|| Error::NoVolume {
            volume: name.into(),
        })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn make(&self, name: &str, size: u64, owner: &Owner) -> Stores<PathBuf> {
        let path = self.file(name);
        match self.has(name) {
            Ok((_, other)) if other != *owner => {
                return Err(Error::Taken {
                    volume: name.into(),
                });
            }
            Ok(_) => return Ok(path),
            Err(_) => fs::write(&path, "").unwrap(),
        }
        self.volumes
            .lock()
            .unwrap()
            .insert(name.into(), (size, owner.clone()));
        Ok(path)
    }

    fn move_to(&self, from: &str, to: &str) -> Stores<()> {
        match (self.has(from), self.has(to)) {
            (Err(_), Ok(_)) => return Ok(()),
            (Ok(_), Ok(_)) => return Err(Error::Taken { volume: to.into() }),
            (found, _) => drop(found?),
        }
        let mut volumes = self.volumes.lock().unwrap();
        let volume = volumes.remove(from).unwrap();
        volumes.insert(to.into(), volume);
        fs::rename(self.file(from), self.file(to)).unwrap();
        Ok(())
    }

    fn enlarge(&self, name: &str, size: u64) -> Stores<()> {
        let (has, owner) = self.has(name)?;
        if has > size {
            return Err(Error::Shrink {
                volume: name.into(),
                size: has,
            });
        }
        self.volumes
            .lock()
            .unwrap()
            .insert(name.into(), (size, owner));
        Ok(())
    }
}

impl Store for Shelf {
    fn facts(&self) -> Stores<Facts> {
        let (size, used) = (1 << 40, 0);
        let kind = Kind::Files;
        Ok(Facts {
            kind,
            size,
            used,
            metadata_percent: None,
            snapshots: false,
            thin_clone: false,
        })
    }

    fn volumes(&self) -> Stores<Vec<Volume>> {
        let volume = |(name, (size, owner)): (&String, &(u64, Owner))| Volume {
            name: name.clone(),
            size: *size,
            used: 0,
            owner: owner.clone(),
        };
        self.fuse.read(dead(), || {
            Ok(self.volumes.lock().unwrap().iter().map(volume).collect())
        })
    }

    fn create(&self, name: &str, size: u64, owner: &Owner) -> Stores<PathBuf> {
        self.fuse.act(dead(), || self.make(name, size, owner))
    }

    fn remove(&self, name: &str) -> Stores<()> {
        self.fuse.act(dead(), || {
            let removed = self.volumes.lock().unwrap().remove(name);
            removed
                .iter()
                .for_each(|_| fs::remove_file(self.file(name)).unwrap());
            Ok(())
        })
    }

    fn rename(&self, from: &str, to: &str) -> Stores<()> {
        self.fuse.act(dead(), || self.move_to(from, to))
    }

    fn own(&self, name: &str, owner: &Owner) -> Stores<()> {
        self.fuse.act(dead(), || {
            let (size, _) = self.has(name)?;
            self.volumes
                .lock()
                .unwrap()
                .insert(name.into(), (size, owner.clone()));
            Ok(())
        })
    }

    fn grow(&self, name: &str, size: u64) -> Stores<()> {
        self.fuse.act(dead(), || self.enlarge(name, size))
    }

    fn path(&self, name: &str) -> Stores<PathBuf> {
        self.fuse
            .read(dead(), || self.has(name).map(|_| self.file(name)))
    }
}

/// The simulated engine behind the fuse.
pub(super) struct Fused {
    pub(super) engine: Simulated,
    pub(super) fuse: Fuse,
}

fn late() -> firn_engine::Error {
    firn_engine::Error::Failed {
        program: "xl".into(),
        reason: "killed".into(),
    }
}

impl Fused {
    fn act<T>(&self, act: impl FnOnce(&Simulated) -> Engines<T>) -> Engines<T> {
        self.fuse.act(late(), || act(&self.engine))
    }
}

impl Engine for Fused {
    fn host(&self) -> Engines<Host> {
        self.fuse.read(late(), || self.engine.host())
    }

    fn domains(&self) -> Engines<Vec<Domain>> {
        self.fuse.read(late(), || self.engine.domains())
    }

    fn check(&self, shape: &Shape) -> Vec<Problem> {
        self.engine.check(shape)
    }

    fn start(&self, shape: &Shape) -> Engines<u32> {
        self.act(|engine| engine.start(shape))
    }

    fn ask(&self, name: &str, what: Ask) -> Engines<()> {
        self.act(|engine| engine.ask(name, what))
    }

    fn destroy(&self, name: &str) -> Engines<()> {
        self.act(|engine| engine.destroy(name))
    }

    fn reset(&self, name: &str) -> Engines<()> {
        self.act(|engine| engine.reset(name))
    }

    fn pause(&self, name: &str) -> Engines<()> {
        self.act(|engine| engine.pause(name))
    }

    fn unpause(&self, name: &str) -> Engines<()> {
        self.act(|engine| engine.unpause(name))
    }

    fn set_memory(&self, name: &str, bytes: u64) -> Engines<()> {
        self.act(|engine| engine.set_memory(name, bytes))
    }

    fn set_cpus(&self, name: &str, cpus: u32) -> Engines<()> {
        self.act(|engine| engine.set_cpus(name, cpus))
    }

    fn attach_disk(&self, name: &str, disk: &Disk) -> Engines<()> {
        self.act(|engine| engine.attach_disk(name, disk))
    }

    fn detach_disk(&self, name: &str, target: &str) -> Engines<()> {
        self.act(|engine| engine.detach_disk(name, target))
    }

    fn attach_nic(&self, name: &str, nic: &Nic) -> Engines<()> {
        self.act(|engine| engine.attach_nic(name, nic))
    }

    fn detach_nic(&self, name: &str, mac: &str) -> Engines<()> {
        self.act(|engine| engine.detach_nic(name, mac))
    }

    fn insert_cd(&self, name: &str, target: &str, image: &Path) -> Engines<()> {
        self.act(|engine| engine.insert_cd(name, target, image))
    }

    fn eject_cd(&self, name: &str, target: &str) -> Engines<()> {
        self.act(|engine| engine.eject_cd(name, target))
    }

    fn watch(&self, timeout: Duration) -> Engines<bool> {
        self.engine.watch(timeout)
    }

    fn console(&self, name: &str) -> Engines<PathBuf> {
        self.engine.console(name)
    }

    fn addresses(&self, name: &str) -> Vec<Reported> {
        self.engine.addresses(name)
    }
}
