//! An engine without a hypervisor, for tests and for trying Firn on any machine. All happens at once and in the same way each time;
//! guests with agreed names fail.

mod guest;
#[cfg(test)]
mod tests;

use crate::{
    Ask, Disk, Domain, Engine, Error, Host, Nic, Problem, Reason, Reported, Result, Shape, State,
    check,
};
use guest::Guest;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

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

impl Engine for Simulated {
    fn host(&self) -> Result<Host> {
        Ok(self.inner().host())
    }

    fn domains(&self) -> Result<Vec<Domain>> {
        Ok(self.inner().guests.iter().map(Guest::domain).collect())
    }

    fn check(&self, shape: &Shape) -> Vec<Problem> {
        check::all(shape, &self.inner().host())
    }

    fn start(&self, shape: &Shape) -> Result<u32> {
        let mut inner = self.inner();
        if inner.guests.iter().any(|g| g.shape.name == shape.name) {
            let guest = shape.name.clone();
            return Err(Error::Running { guest });
        }
        let problems = check::all(shape, &inner.host());
        if !problems.is_empty() {
            return Err(Error::Refused(problems));
        }
        if shape.called == FAIL_START {
            let reason = "the guest is called fail-start";
            return Err(Error::failed("xl create", &reason));
        }
        inner.last_number += 1;
        let guest = Guest::new(inner.last_number, shape);
        inner.guests.push(guest);
        self.tell(&mut inner);
        Ok(inner.last_number)
    }

    fn ask(&self, name: &str, what: Ask) -> Result<()> {
        self.with(name, |guest| {
            guest.hear(what);
            Ok(())
        })
    }

    fn destroy(&self, name: &str) -> Result<()> {
        let mut inner = self.inner();
        inner.guests.retain(|guest| guest.shape.name != name);
        self.tell(&mut inner);
        Ok(())
    }

    fn reset(&self, name: &str) -> Result<()> {
        self.with(name, Guest::reset)
    }

    fn pause(&self, name: &str) -> Result<()> {
        self.with(name, |guest| {
            guest.state = State::Paused;
            Ok(())
        })
    }

    fn unpause(&self, name: &str) -> Result<()> {
        self.with(name, |guest| {
            guest.state = State::Running;
            Ok(())
        })
    }

    fn set_memory(&self, name: &str, bytes: u64) -> Result<()> {
        let free = self.inner().host().memory_free;
        self.with(name, |guest| guest.set_memory(bytes, free))
    }

    fn set_cpus(&self, name: &str, cpus: u32) -> Result<()> {
        self.with(name, |guest| guest.set_cpus(cpus))
    }

    fn attach_disk(&self, name: &str, disk: &Disk) -> Result<()> {
        self.with(name, |guest| guest.attach_disk(disk))
    }

    fn detach_disk(&self, name: &str, target: &str) -> Result<()> {
        self.with(name, |guest| {
            guest.shape.disks.retain(|disk| disk.target != target);
            Ok(())
        })
    }

    fn attach_nic(&self, name: &str, nic: &Nic) -> Result<()> {
        self.with(name, |guest| guest.attach_nic(nic))
    }

    fn detach_nic(&self, name: &str, mac: &str) -> Result<()> {
        self.with(name, |guest| {
            guest.shape.nics.retain(|nic| nic.mac != mac);
            Ok(())
        })
    }

    fn insert_cd(&self, name: &str, target: &str, image: &Path) -> Result<()> {
        self.with(name, |guest| guest.change_cd(target, Some(image)))
    }

    fn eject_cd(&self, name: &str, target: &str) -> Result<()> {
        self.with(name, |guest| guest.change_cd(target, None))
    }

    fn watch(&self, timeout: Duration) -> Result<bool> {
        let waiting = |inner: &mut Inner| !inner.news;
        let waited = self
            .changed
            .wait_timeout_while(self.inner(), timeout, waiting);
        let (mut inner, _) = waited.unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::take(&mut inner.news))
    }

    fn console(&self, name: &str) -> Result<PathBuf> {
        self.with(name, |_| Ok(PathBuf::from("/dev/null")))
    }

    fn addresses(&self, name: &str) -> Vec<Reported> {
        let inner = self.inner();
        let guest = inner.guests.iter().find(|g| g.shape.name == name);
        guest.map(Guest::addresses).unwrap_or_default()
    }
}
