//! All definitions, and what is wrong with those that cannot be read.

use crate::definition::{self, Definition};
use crate::{Failed, Files, Id, Journal, Problem, Result, Step, journals, name};
use firn_words::{Text, say};
use std::collections::BTreeMap;

pub(crate) const GUESTS: &str = "definitions/guests";
pub(crate) const TRASH: &str = "definitions/trash";
pub(crate) const BOOT: &str = "boot";

/// All definitions.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The guests.
    pub guests: BTreeMap<Id, Definition>,
    /// Those in the trash.
    pub trash: BTreeMap<Id, Definition>,
    /// The tasks that are not over.
    pub journals: Vec<Journal>,
    /// Files that cannot be read. They are left as they are.
    pub troubles: Vec<Trouble>,
}

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The guest that it is about, where its name says so.
    pub id: Option<Id>,
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub text: Text,
}

/// Where a definition lies.
pub(crate) fn place(of: &Definition) -> String {
    let folder = if of.is_trashed() { TRASH } else { GUESTS };
    format!("{folder}/{}.toml", of.id)
}

impl Book {
    /// Reads all of them.
    ///
    /// # Errors
    /// When a folder cannot be read; a file that cannot is one of the troubles.
    pub fn load(files: &dyn Files) -> Result<Self> {
        let (journals, troubles) = journals(files)?;
        let mut book = Self {
            journals,
            troubles,
            ..Self::default()
        };
        for folder in [GUESTS, TRASH] {
            for name in files.list(folder)? {
                book.add(files, folder, &name);
            }
        }
        Ok(book)
    }

    fn add(&mut self, files: &dyn Files, folder: &str, name: &str) {
        let file = format!("{folder}/{name}");
        let id = name.strip_suffix(".toml").and_then(Id::parse);
        let read = id.as_ref().map_or_else(
            || Err(Failed(say!("guests-file-name"))),
            |id| one(files, &file, id),
        );
        match read {
            // It has moved since the folder was listed.
            Ok(None) => {}
            Ok(Some(guest)) if place(&guest) != file => {
                self.trouble(id, file, say!("guests-file-place"))
            }
            Ok(Some(guest)) if guest.is_trashed() => {
                drop(self.trash.insert(guest.id.clone(), guest))
            }
            Ok(Some(guest)) => drop(self.guests.insert(guest.id.clone(), guest)),
            Err(Failed(text)) => self.trouble(id, file, text),
        }
    }

    fn trouble(&mut self, id: Option<Id>, file: String, text: Text) {
        let text = say!("guests-file", file = &file, reason = text);
        self.troubles.push(Trouble { id, file, text });
    }

    /// The guest that somebody names: by its name, or as `id:ID`.
    ///
    /// # Errors
    /// When there is none, with one that may be meant; when two have this name; when its file cannot be read.
    pub fn find(&self, words: &str) -> std::result::Result<&Definition, Problem> {
        find(&self.guests, words).unwrap_or_else(|| Err(self.unknown(words)))
    }

    /// The same for those in the trash.
    ///
    /// # Errors
    /// As [`Book::find`].
    pub fn find_trashed(&self, words: &str) -> std::result::Result<&Definition, Problem> {
        let unknown = || Problem::missing("name", say!("guests-trash-unknown", name = words));
        find(&self.trash, words).unwrap_or_else(|| Err(unknown()))
    }

    fn unknown(&self, words: &str) -> Problem {
        let id = words.strip_prefix("id:").unwrap_or_default();
        let damaged = self
            .troubles
            .iter()
            .find(|t| t.id.as_ref().is_some_and(|t| t.as_str() == id));
        if let Some(trouble) = damaged {
            return Problem::refused("name", trouble.text.clone());
        }
        let text = match self.near(words) {
            Some(near) => say!("guests-unknown-near", name = words, near = near),
            None => say!("guests-unknown", name = words),
        };
        Problem::missing("name", text)
    }

    fn near(&self, words: &str) -> Option<&str> {
        let wanted = name::folded(words);
        let allowed = match wanted.chars().count() {
            0 | 1 => 0,
            2..=4 => 1,
            n => n / 3,
        };
        let names = self.guests.values().map(|guest| guest.name.as_str());
        let far = names.map(|name| {
            (
                strsim::damerau_levenshtein(&wanted, &name::folded(name)),
                name,
            )
        });
        far.filter(|(far, _)| *far <= allowed)
            .min()
            .map(|(_, name)| name)
    }

    /// The guest that has a name already, or will have it, other than `but`.
    pub(crate) fn named(&self, wanted: &str, but: Option<&Id>) -> Option<&Definition> {
        let wanted = name::folded(wanted);
        let all = self.guests.values().chain(self.coming());
        let mut others = all.filter(|guest| Some(&guest.id) != but);
        others.find(|guest| name::folded(&guest.name) == wanted)
    }

    /// What guests will be once the tasks that are not over have defined them.
    pub(crate) fn coming(&self) -> impl Iterator<Item = &Definition> {
        let steps = self.journals.iter().flat_map(|of| &of.plan.steps);
        let defined = steps.filter_map(|step| match step {
            Step::Define { after, .. } => after.as_deref(),
            _ => None,
        });
        defined.filter(|guest| !guest.is_trashed())
    }

    /// The task that has not come to an end with a guest.
    pub fn unfinished(&self, guest: &Id) -> Option<&Journal> {
        self.journals
            .iter()
            .find(|journal| journal.plan.guest == *guest)
    }
}

fn one(files: &dyn Files, file: &str, id: &Id) -> Result<Option<Definition>> {
    let Some(bytes) = files.read(file)? else {
        return Ok(None);
    };
    Ok(Some(definition::read(id, &bytes)?))
}

type Found<'a> = std::result::Result<&'a Definition, Problem>;

fn find<'a>(guests: &'a BTreeMap<Id, Definition>, words: &str) -> Option<Found<'a>> {
    if let Some(id) = words.strip_prefix("id:") {
        return Id::parse(id).and_then(|id| guests.get(&id)).map(Ok);
    }
    let wanted = name::folded(words);
    let mut found = guests
        .values()
        .filter(|guest| name::folded(&guest.name) == wanted);
    let first = found.next()?;
    let one = || {
        Problem::refused(
            "name",
            say!("guests-two", name = words, id = first.id.as_str()),
        )
    };
    Some(found.next().map_or(Ok(first), |_| Err(one())))
}
