//! What listeners hear: everything at one moment, then each change, by its number.

use firn_api::{Event, Kind};
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::broadcast;

/// Changes that are kept for listeners who were cut off.
const KEPT: usize = 1024;

/// The stream of changes.
pub struct Events {
    past: Mutex<Past>,
    listeners: broadcast::Sender<Event>,
}

struct Past {
    revision: u64,
    kept: VecDeque<Event>,
}

impl Default for Events {
    fn default() -> Self {
        Self::after(0)
    }
}

impl Events {
    /// The stream of a firnd that begins now. Its numbers are larger than those of all that ran before it, so that nobody who knew one of
    /// them misses anything; JavaScript, too, counts so far.
    pub fn beginning_now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Self::after(since.unwrap_or_default().as_secs() << 20)
    }

    fn after(revision: u64) -> Self {
        let past = Past {
            revision,
            kept: VecDeque::new(),
        };
        Self {
            past: Mutex::new(past),
            listeners: broadcast::channel(KEPT).0,
        }
    }

    /// Tells that something has changed; `None` when it is gone.
    pub fn tell(&self, kind: Kind, id: &str, object: Option<&impl Serialize>) {
        let object = object.and_then(|object| serde_json::to_value(object).ok());
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.revision += 1;
        let event = Event {
            revision: past.revision,
            kind,
            id: id.to_owned(),
            object,
        };
        if past.kept.len() == KEPT {
            past.kept.pop_front();
        }
        past.kept.push_back(event.clone());
        // Nobody may be listening.
        let _ = self.listeners.send(event);
    }

    /// The number of the last change, and what comes after it.
    pub fn listen(&self) -> (u64, broadcast::Receiver<Event>) {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        (past.revision, self.listeners.subscribe())
    }

    /// The changes after `revision`, and what comes after them; nothing when some of them are no longer kept, or never were.
    pub fn resume(&self, revision: u64) -> Option<(Vec<Event>, broadcast::Receiver<Event>)> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        let first = past.kept.front().map_or(past.revision + 1, |e| e.revision);
        if revision + 1 < first || revision > past.revision {
            return None;
        }
        let missed = past.kept.iter().filter(|event| event.revision > revision);
        Some((missed.cloned().collect(), self.listeners.subscribe()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(events: &Events, n: usize) {
        (0..n).for_each(|at| events.tell(Kind::Guest, &format!("g{at}"), Some(&at)));
    }

    #[test]
    fn who_was_cut_off_hears_what_was_missed_and_nothing_twice() {
        let events = Events::default();
        tell(&events, 3);
        let (missed, mut after) = events.resume(1).unwrap();
        let ids: Vec<_> = missed.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(ids, ["g1", "g2"]);
        events.tell(Kind::Guest, "gone", None::<&u8>);
        let event = after.try_recv().unwrap();
        assert_eq!((event.revision, event.id.as_str()), (4, "gone"));
        assert_eq!(event.object, None);
        assert!(after.try_recv().is_err());
    }

    #[test]
    fn who_was_away_too_long_or_comes_from_another_life_begins_anew() {
        let events = Events::default();
        tell(&events, KEPT + 2);
        assert!(events.resume(1).is_none());
        assert_eq!(events.resume(2).unwrap().0.len(), KEPT);
        assert!(events.resume(KEPT as u64 + 3).is_none());
        assert!(Events::default().resume(0).is_some());
        // The next life has told more than the listener knows of this one.
        let next = Events::beginning_now();
        tell(&next, 2);
        assert!(next.resume(1).is_none());
    }
}
