//! Keeps guests as they shall be: what has ended by itself is restarted, cleaned up or kept, also what ended while firnd was away; and
//! at the host's start those start that shall.

use crate::daemon::{Daemon, Request, find, find_trashed};
use crate::uploads::Uploads;
use firn_engine::{Domain, Reason, State};
use firn_guests::{Definition, Ground, Next, Nothing, Planned, after_end, autostart};
use firn_words::say;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Without an event all is looked at anew after this time: addresses come without one.
const LOOK: Duration = Duration::from_secs(5);
/// After a look that failed.
const PAUSE: Duration = Duration::from_secs(2);
/// How long deleted guests are kept, and how often they are looked at.
const TRASH: SignedDuration = SignedDuration::from_hours(7 * 24);
const TRASH_LOOK: Duration = Duration::from_secs(3600);
/// Who asks for what the watcher does.
const BY: &str = "firnd";
/// Says that every guest that starts with the host has had its turn.
const ALL: &str = "all";

/// What the watcher remembers of guests.
#[derive(Default)]
struct Memory {
    /// The domains that were there at the last look, by name.
    there: BTreeSet<String>,
    /// The guests that tasks had worked on before it.
    touched: BTreeSet<String>,
    /// When the trash was looked at last.
    looked: Option<Instant>,
    /// When each crashed.
    crashes: BTreeMap<String, Vec<Instant>>,
    /// Domains that are left as they are, by their numbers.
    kept: Vec<u32>,
    /// When what has ended is to be restarted, by the domain's number.
    due: BTreeMap<u32, Instant>,
}

/// Watches for ever.
pub fn watch(daemon: &Arc<Daemon>) {
    let mut memory = Memory::default();
    loop {
        let wait = memory.next().unwrap_or(LOOK).min(LOOK);
        // Each event means: read the state again.
        if let Err(error) = daemon.engine().watch(wait) {
            tracing::warn!("watching guests: {error}");
            thread::sleep(PAUSE);
        }
        look(daemon, &mut memory);
        daemon.tell_guests();
        daemon.uploads_if_any().into_iter().for_each(Uploads::clear);
        empty_trash(daemon, &mut memory);
    }
}

fn look(daemon: &Arc<Daemon>, memory: &mut Memory) {
    // Before the domains are read: a task that ends meanwhile explains what the next look finds.
    let touched = daemon.take_touched();
    let domains = match daemon.engine().domains() {
        Ok(domains) => domains,
        Err(error) => {
            memory.touched.extend(touched);
            return tracing::warn!("looking at guests: {error}");
        }
    };
    memory.forget(&domains);
    vanished(daemon, memory, touched, &domains);
    let Ok(book) = daemon.book() else { return };
    for domain in &domains {
        let State::Ended(reason) = domain.state else {
            continue;
        };
        let guest = book
            .guests
            .values()
            .find(|guest| guest.id.as_str() == domain.name);
        if let Some(guest) = guest {
            ended(daemon, memory, guest, domain, reason);
        }
    }
}

/// Removes for good what has been in the trash for long enough.
fn empty_trash(daemon: &Arc<Daemon>, memory: &mut Memory) {
    if memory
        .looked
        .is_some_and(|when| when.elapsed() < TRASH_LOOK)
    {
        return;
    }
    memory.looked = Some(Instant::now());
    let Ok(book) = daemon.book() else { return };
    let now = Timestamp::now();
    for guest in book.trash.values().filter(|guest| is_over(guest, now)) {
        tracing::info!("the guest {:?} leaves the trash", guest.name);
        begin(daemon, |ground| {
            ground.empty(find_trashed(ground.book, guest.id.as_str())?)
        });
    }
    for guest in book.guests.values().filter(|guest| has_over(guest, now)) {
        tracing::info!(
            "removed disks of the guest {:?} leave the trash",
            guest.name
        );
        begin(daemon, |ground| {
            ground.disk_empty(find(ground.book, guest.id.as_str())?)
        });
    }
}

fn begin(daemon: &Arc<Daemon>, plan: impl FnOnce(&Ground<'_>) -> Planned) {
    if let Err(refusal) = daemon.request(BY, false, Nothing, plan) {
        tracing::warn!("{refusal}");
    }
}

/// Whether a deleted guest has been in the trash for long enough.
fn is_over(guest: &Definition, now: Timestamp) -> bool {
    let deleted = guest.deleted.as_deref();
    deleted.is_some_and(|when| is_past(when, guest, now))
}

/// Whether a guest has removed disks, all of which have been in the trash for long enough.
fn has_over(guest: &Definition, now: Timestamp) -> bool {
    let mut removed = guest.removed.iter();
    !guest.removed.is_empty() && removed.all(|of| is_past(&of.when, guest, now))
}

/// Whether the time in the trash is over. A time that cannot be read, or lies ahead, is none, and neither is one before the guest was
/// made: the clock was wrong then.
fn is_past(when: &str, guest: &Definition, now: Timestamp) -> bool {
    let read = |text: &str| text.parse::<Timestamp>().ok();
    let before_it_was = |when: Timestamp| read(&guest.created).is_some_and(|made| when < made);
    read(when).is_some_and(|when| !before_it_was(when) && now.duration_since(when) > TRASH)
}

/// Notes which guests have gone without a task and without an end of their own: somebody has used `xl` directly.
fn vanished(daemon: &Daemon, memory: &mut Memory, touched: BTreeSet<String>, domains: &[Domain]) {
    let there: BTreeSet<String> = domains.iter().map(|domain| domain.name.clone()).collect();
    let mut noted = daemon
        .vanished
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    noted.retain(|id, _| !there.contains(id));
    for id in memory.there.difference(&there) {
        let meant = touched.contains(id) || memory.touched.contains(id);
        if !meant && daemon.tasks.of_guest(id).is_none() {
            noted.insert(id.clone(), say!("firnd-vanished"));
        }
    }
    memory.touched = touched;
    memory.there = there;
}

fn ended(
    daemon: &Arc<Daemon>,
    memory: &mut Memory,
    guest: &Definition,
    domain: &Domain,
    reason: Reason,
) {
    let busy = daemon.tasks.of_guest(guest.id.as_str()).is_some();
    if busy || memory.kept.contains(&domain.number) {
        return;
    }
    let next = after_end(&guest.name, reason, guest.crash, &memory.crashes_of(guest));
    match &next {
        Next::Keep(why) => {
            tracing::warn!("{why}");
            memory.kept.push(domain.number);
            memory.due.remove(&domain.number);
            return;
        }
        Next::Restart { pause, .. } if !memory.is_due(domain.number, *pause) => return,
        Next::Restart { .. } | Next::Clean => {}
    }
    let name = &guest.name;
    tracing::info!("the guest {name:?} has ended ({reason:?}): {next:?}");
    let done = daemon.request(BY, false, Nothing, |ground| {
        ground.ended(find(ground.book, guest.id.as_str())?, &next)
    });
    memory.not_before(domain.number, LOOK);
    match done {
        // A crash counts once, when its restart begins, however often that was refused.
        Ok(_) if matches!(next, Next::Restart { crashed: true, .. }) => memory.crashed(guest),
        Ok(_) => {}
        Err(_) => tracing::warn!("{}", say!("firnd-not-restarted", name = name)),
    }
}

impl Memory {
    /// Forgets what concerns domains that are gone.
    fn forget(&mut self, domains: &[Domain]) {
        let there = |number: &u32| domains.iter().any(|domain| domain.number == *number);
        self.kept.retain(there);
        self.due.retain(|number, _| there(number));
    }

    /// How long until a restart is due.
    fn next(&self) -> Option<Duration> {
        let first = self.due.values().min()?;
        Some(first.saturating_duration_since(Instant::now()))
    }

    fn is_due(&mut self, number: u32, pause: Duration) -> bool {
        let due = self
            .due
            .entry(number)
            .or_insert_with(|| Instant::now() + pause);
        *due <= Instant::now()
    }

    /// Leaves a restart that is due alone for this long: its domain is there until it has been cleaned up.
    fn not_before(&mut self, number: u32, pause: Duration) {
        if let Some(due) = self.due.get_mut(&number) {
            *due = Instant::now() + pause;
        }
    }

    fn crashed(&mut self, guest: &Definition) {
        self.crashes
            .entry(guest.id.to_string())
            .or_default()
            .push(Instant::now());
    }

    fn crashes_of(&self, guest: &Definition) -> Vec<Duration> {
        let crashes = self.crashes.get(guest.id.as_str()).into_iter().flatten();
        crashes.map(Instant::elapsed).collect()
    }
}

/// Starts the guests that start with the host, in their order, once in the host's life: a guest that somebody has stopped since stays
/// stopped when firnd starts anew. The mark has a line for each whose turn has come, and [`ALL`] as its last.
pub fn start_all(daemon: &Arc<Daemon>, mark: &Path) {
    let Ok(book) = daemon.book() else { return };
    let had = fs::read_to_string(mark).unwrap_or_default();
    if had.lines().any(|line| line == ALL) {
        return;
    }
    for (id, delay) in autostart(book.guests.values()) {
        if had.lines().any(|line| line == id.as_str()) {
            continue;
        }
        let begun = daemon.request(BY, false, Nothing, |ground| {
            ground.start(find(ground.book, id.as_str())?)
        });
        note(mark, id.as_str());
        match begun {
            Ok(Request::Begun(task)) => {
                daemon.tasks.wait_for_end(&task.id);
                thread::sleep(delay);
            }
            Ok(Request::Planned(_)) => {}
            Err(refusal) => tracing::warn!("starting the guest {id}: {refusal}"),
        }
    }
    note(mark, ALL);
}

fn note(mark: &Path, line: &str) {
    let file = OpenOptions::new().create(true).append(true).open(mark);
    let written = file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
    if let Err(error) = written {
        tracing::warn!("writing {}: {error}", mark.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_leaves_the_trash_after_seven_days_and_not_when_the_clock_is_wrong() {
        let guest = |deleted: &str| {
            let text = format!(
                r#"{{"version":1,"id":"a1b2c3d4","name":"web1","template":"linux","created":"2026-11-01T00:00:00Z","deleted":"{deleted}","uuid":"",
                "cpus":1,"cpus_max":1,"memory":1,"memory_max":1,"machine":{{"kind":"pvh"}}}}"#
            );
            serde_json::from_str::<Definition>(&text).unwrap()
        };
        let now: Timestamp = "2026-12-08T00:00:01Z".parse().unwrap();
        let over = |deleted: &str| is_over(&guest(deleted), now);
        assert!(over("2026-12-01T00:00:00Z"));
        assert!(!over("2026-12-01T00:00:02Z"));
        assert!(!over("2027-01-01T00:00:00Z"));
        assert!(!over("yesterday"));
        assert!(!over("2000-01-01T00:00:00Z"));
    }
}
