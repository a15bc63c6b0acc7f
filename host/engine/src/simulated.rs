//! An engine without a hypervisor, for tests and for trying Firn on any machine. All happens at once and in the same way each time;
//! guests with agreed names fail.

mod engine;
mod guest;
#[cfg(test)]
mod tests;

use crate::{Error, Host, Reason, Result, Shape, State};
use guest::Guest;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A guest that people called this does not start.
pub const FAIL_START: &str = "fail-start";
/// A guest that people called this does not do what it is asked for.
pub const SLOW_STOP: &str = "slow-stop";
/// A guest that people called this crashes as soon as it runs.
pub const CRASH_START: &str = "crash-start";

/// The simulated engine. What it holds outlives whoever calls it, as Xen outlives firnd.
#[derive(Debug)]
pub struct Simulated {
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Debug)]
struct Inner {
    host: Host,
    guests: Vec<Guest>,
    last_number: u32,
    /// Whether something has changed since the last watch.
    news: bool,
}

impl Default for Simulated {
    fn default() -> Self {
        Self::new(16 << 30, 8)
    }
}

impl Simulated {
    /// A machine with so many bytes of memory for guests, and so many processors.
    pub fn new(memory: u64, cpus: u32) -> Self {
        let host = Host {
            memory,
            memory_free: memory,
            dom0_free: memory / 4,
            cpus,
            version: "4.20-simulated".into(),
            hvm: true,
            hap: true,
        };
        Self {
            inner: Mutex::new(Inner {
                host,
                guests: Vec::new(),
                last_number: 0,
                news: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Has a running guest end by itself: it reboots, shuts down, crashes.
    ///
    /// # Errors
    /// When it does not run.
    pub fn end(&self, name: &str, reason: Reason) -> Result<()> {
        self.with(name, |guest| {
            guest.state = State::Ended(reason);
            Ok(())
        })
    }

    /// The shape of a domain as it is by now, with what was attached.
    pub fn shape(&self, name: &str) -> Option<Shape> {
        let inner = self.inner();
        let guest = inner.guests.iter().find(|g| g.shape.name == name);
        guest.map(|guest| guest.shape.clone())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes a guest that has not ended.
    fn with<T>(&self, name: &str, change: impl FnOnce(&mut Guest) -> Result<T>) -> Result<T> {
        let mut inner = self.inner();
        let alive = |guest: &&mut Guest| guest.shape.name == name && guest.is_alive();
        let guest = inner.guests.iter_mut().find(alive);
        let done = change(guest.ok_or_else(|| not_running(name))?)?;
        self.tell(&mut inner);
        Ok(done)
    }

    fn tell(&self, inner: &mut Inner) {
        inner.news = true;
        self.changed.notify_all();
    }
}

impl Inner {
    fn host(&self) -> Host {
        let used: u64 = self.guests.iter().map(Guest::memory).sum();
        Host {
            memory_free: self.host.memory.saturating_sub(used),
            ..self.host.clone()
        }
    }
}

fn not_running(name: &str) -> Error {
    Error::NotRunning {
        guest: name.to_owned(),
    }
}
