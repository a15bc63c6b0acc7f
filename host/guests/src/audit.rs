//! Whether everything that exists for guests belongs to one, to a task or to the trash.

use crate::book::{BOOT, Book};
use crate::definition::{Definition, Machine};
use crate::{BootFile, Hands, Id, Result};
use firn_words::{Text, say};
use std::collections::BTreeSet;

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stray {
    /// A volume that nobody owns.
    Volume {
        /// Where it lies.
        store: String,
        /// Its name.
        volume: String,
    },
    /// A domain that Firn has not started.
    Domain {
        /// Its name.
        name: String,
    },
    /// A file that nobody owns.
    File {
        /// Where it lies.
        path: String,
    },
    /// A disk of a guest whose volume is not there.
    Lacking {
        /// The guest's name.
        guest: String,
        /// The store that should have it.
        store: String,
        /// Its name.
        volume: String,
    },
}

impl Stray {
    /// What is found, as a sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::Volume { store, volume } => {
                say!("guests-stray-volume", volume = volume, store = store)
            }
            Self::Domain { name } => say!("guests-stray-domain", name = name),
            Self::File { path } => say!("guests-stray-file", path = path),
            Self::Lacking {
                guest,
                store,
                volume,
            } => {
                say!(
                    "guests-lacking",
                    name = guest,
                    volume = volume,
                    store = store
                )
            }
        }
    }
}

/// Looks through stores, domains and files for what does not fit. Nothing is changed.
///
/// # Errors
/// When one of them cannot be read.
pub fn audit(hands: &Hands, book: &Book) -> Result<Vec<Stray>> {
    let owners = Owners::of(book);
    let mut found = owners.volumes(hands)?;
    found.extend(owners.domains(hands)?);
    found.extend(owners.files(hands)?);
    found.sort();
    Ok(found)
}

/// Who can own something.
struct Owners<'a> {
    book: &'a Book,
    /// Guests whose files cannot be read, or on which a task works: what is theirs stays theirs.
    unclear: BTreeSet<&'a str>,
    tasks: BTreeSet<&'a str>,
    volumes: BTreeSet<(String, String)>,
}

impl<'a> Owners<'a> {
    fn of(book: &'a Book) -> Self {
        let damaged = book
            .troubles
            .iter()
            .filter_map(|trouble| trouble.id.as_ref());
        let busy = book.journals.iter().map(|journal| &journal.plan.guest);
        Self {
            book,
            unclear: damaged.chain(busy).map(Id::as_str).collect(),
            tasks: book
                .journals
                .iter()
                .map(|journal| journal.task.id.as_str())
                .collect(),
            volumes: all(book).flat_map(Definition::volumes).collect(),
        }
    }

    fn volumes(&self, hands: &Hands) -> Result<Vec<Stray>> {
        let mut missing = self.volumes.clone();
        let mut found = Vec::new();
        for (store, of) in &hands.stores {
            for volume in of.volumes()? {
                let defined = missing.remove(&(store.clone(), volume.name.clone()));
                if !defined && !self.is_owned(&volume) {
                    found.push(Stray::Volume {
                        store: store.clone(),
                        volume: volume.name,
                    });
                }
            }
        }
        found.extend(
            missing
                .into_iter()
                .filter_map(|(store, volume)| self.lacking(store, volume)),
        );
        Ok(found)
    }

    fn is_owned(&self, volume: &firn_stores::Volume) -> bool {
        let (guest, task) = (volume.owner.guest.as_deref(), volume.owner.task.as_deref());
        // What has no owner and no guest's name is not a guest's: the library, the volume for suspended guests.
        let other = guest.is_none() && task.is_none() && !volume.name.starts_with(['g', 't']);
        other
            || task.is_some_and(|task| self.tasks.contains(task))
            || guest.is_some_and(|guest| self.unclear.contains(guest))
    }

    fn lacking(&self, store: String, volume: String) -> Option<Stray> {
        let has = |guest: &&Definition| guest.volumes().contains(&(store.clone(), volume.clone()));
        let guest = all(self.book).find(has)?;
        let busy = self.unclear.contains(guest.id.as_str());
        let guest = guest.name.clone();
        (!busy).then_some(Stray::Lacking {
            guest,
            store,
            volume,
        })
    }

    fn domains(&self, hands: &Hands) -> Result<Vec<Stray>> {
        let known = |name: &str| {
            let guest = Id::parse(name).is_some_and(|id| self.book.guests.contains_key(&id));
            guest || self.unclear.contains(name)
        };
        let domains = hands
            .engine
            .domains()?
            .into_iter()
            .filter(|domain| !known(&domain.name));
        Ok(domains
            .map(|domain| Stray::Domain { name: domain.name })
            .collect())
    }

    fn files(&self, hands: &Hands) -> Result<Vec<Stray>> {
        let known: BTreeSet<String> = all(self.book).flat_map(boot_files).collect();
        let found = hands.files.list(BOOT)?.into_iter().filter(|name| {
            let guest = name.split('.').next().unwrap_or_default();
            !self.unclear.contains(guest) && !known.contains(&format!("{BOOT}/{name}"))
        });
        Ok(found
            .map(|name| Stray::File {
                path: format!("{BOOT}/{name}"),
            })
            .collect())
    }
}

fn all(book: &Book) -> impl Iterator<Item = &Definition> {
    book.guests.values().chain(book.trash.values())
}

fn boot_files(guest: &Definition) -> Vec<String> {
    let Machine::Kernel { ramdisk, .. } = guest.machine else {
        return Vec::new();
    };
    let ramdisk = ramdisk.then(|| BootFile::Ramdisk.path(&guest.id));
    [BootFile::Kernel.path(&guest.id)]
        .into_iter()
        .chain(ramdisk)
        .collect()
}
