//! What fields of requests may be.

use super::Ground;
use crate::definition::Definition;
use crate::request::{NewDisk, NewNic};
use crate::{Id, Problem, name};
use firn_config::Size;
use firn_image::mac;
use firn_stores::FULL;
use firn_words::say;

/// Less starts no system.
const LEAST_MEMORY: u64 = 32 << 20;
/// Xen's limit for guests without a special build.
const MOST_CPUS: u32 = 128;
const MOST_NOTES: usize = 4096;
const LEAST_DISK: u64 = 1 << 20;
/// More than any file system of a host holds: a slip of the unit.
const MOST_DISK: u64 = 1 << 50;

impl Ground<'_> {
    pub(super) fn check_name(&self, wanted: &str, but: Option<&Id>) -> Vec<Problem> {
        if let Some(text) = name::wrong(wanted) {
            return vec![Problem::wrong("name", text)];
        }
        let taken = self
            .book
            .named(wanted, but)
            .map(|guest| guest.name.as_str());
        let problem = |taken| Problem::refused("name", say!("guests-name-taken", name = taken));
        taken.map(problem).into_iter().collect()
    }

    pub(super) fn check_cpus(&self, cpus: u32, field: &str) -> Option<Problem> {
        let most = self.host.cpus.min(MOST_CPUS);
        let text = || say!("guests-cpus", found = cpus, most = most);
        (!(1..=most).contains(&cpus)).then(|| Problem::wrong(field, text()))
    }

    pub(super) fn check_memory(&self, memory: u64, field: &str) -> Option<Problem> {
        let most = self.host.memory;
        let (least, most) = (Size(LEAST_MEMORY), Size(most));
        let text = || {
            say!(
                "guests-memory-size",
                found = Size(memory),
                least = least,
                most = most
            )
        };
        (!(least.0..=most.0).contains(&memory)).then(|| Problem::wrong(field, text()))
    }

    /// A new disk: its store and its size, rounded up to what every store can hold exactly. `field` stands before its fields' names.
    pub(super) fn check_disk(
        &self,
        new: &NewDisk,
        at_least: Option<u64>,
        field: &str,
    ) -> Result<(String, u64), Vec<Problem>> {
        let store = new.store.as_deref().unwrap_or(self.default_store);
        let mut problems: Vec<Problem> = self.check_store(store, field).into_iter().collect();
        let size = new.size.or(at_least);
        problems.extend(check_size(size, at_least, field));
        match size {
            Some(size) if problems.is_empty() => Ok((store.to_owned(), rounded(size))),
            _ => Err(problems),
        }
    }

    fn check_store(&self, store: &str, field: &str) -> Option<Problem> {
        let field = format!("{field}store");
        let Some(facts) = self.stores.get(store) else {
            return Some(Problem::missing(
                field,
                say!("guests-store-unknown", store = store),
            ));
        };
        let percent = facts.percent();
        let trash = self.in_trash(store);
        let text = || {
            say!(
                "guests-store-full",
                store = store,
                percent = u32::from(percent),
                trash = Size(trash)
            )
        };
        (percent >= FULL).then(|| Problem::refused(field, text()))
    }

    /// Bytes of the disks in the trash, at most what emptying it would free.
    fn in_trash(&self, store: &str) -> u64 {
        let deleted = self.book.trash.values().flat_map(|guest| &guest.disks);
        let all = self.book.guests.values().chain(self.book.trash.values());
        let removed = all
            .flat_map(|guest| &guest.removed)
            .map(|removed| &removed.disk);
        deleted
            .chain(removed)
            .filter(|disk| disk.store == store)
            .map(|disk| disk.size)
            .sum()
    }

    pub(super) fn check_nic(&self, new: &NewNic, field: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.networks.bridge(&new.network).is_none() {
            let text = say!("guests-network-unknown", network = &new.network);
            problems.push(Problem::missing(format!("{field}network"), text));
        }
        if let Some(mac) = &new.mac {
            problems.extend(self.check_mac(mac, &format!("{field}mac")));
        }
        problems
    }

    fn check_mac(&self, mac: &str, field: &str) -> Option<Problem> {
        if !is_mac(mac) {
            return Some(Problem::wrong(field, say!("guests-mac-wrong", mac = mac)));
        }
        let lower = mac.to_lowercase();
        let has = |guest: &&Definition| guest.nics.iter().any(|nic| nic.mac == lower);
        let other = self
            .book
            .guests
            .values()
            .chain(self.book.trash.values())
            .chain(self.book.coming())
            .find(has)?;
        Some(Problem::refused(
            field,
            say!("guests-mac-taken", mac = mac, name = &other.name),
        ))
    }
}

pub(super) fn check_notes(notes: &str) -> Option<Problem> {
    let found = notes.chars().count();
    let text = || say!("guests-notes-long", found = found, most = MOST_NOTES);
    (found > MOST_NOTES).then(|| Problem::wrong("notes", text()))
}

fn check_size(size: Option<u64>, at_least: Option<u64>, field: &str) -> Option<Problem> {
    let field = format!("{field}size");
    let Some(size) = size else {
        return Some(Problem::wrong(field, say!("guests-disk-no-size")));
    };
    if let Some(image) = at_least.filter(|image| size < *image) {
        let text = say!("guests-disk-image", found = Size(size), image = Size(image));
        return Some(Problem::wrong(field, text));
    }
    let (least, most) = (Size(LEAST_DISK), Size(MOST_DISK));
    let text = || {
        say!(
            "guests-disk-size",
            found = Size(size),
            least = least,
            most = most
        )
    };
    (!(least.0..=most.0).contains(&size)).then(|| Problem::wrong(field, text()))
}

/// LVM makes whole extents.
pub(super) fn rounded(size: u64) -> u64 {
    size.next_multiple_of(4 << 20)
}

/// The address of one card and not of all.
fn is_mac(text: &str) -> bool {
    mac::parse(text).is_some_and(|bytes| bytes[0] & 1 == 0)
}
