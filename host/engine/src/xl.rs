//! Xen, by its own tools: `xl` and xenstore.

mod calls;
mod check;
mod config;
mod engine;
mod info;
mod list;
mod paths;
mod qmp;
mod queue;
mod said;
mod start;
#[cfg(test)]
mod tests;

use crate::xenstore::Xenstore;
use crate::{Domain, Engine, Error, Result, State};
use calls::Call;
use firn_command::limited::{Programs, Run, Trouble};
use paths::Paths;
use queue::Queue;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What changes when a domain comes, or ends.
const EVENTS: [&str; 2] = ["@introduceDomain", "@releaseDomain"];

/// Xen on this host.
pub struct Xen {
    run: Box<dyn Run>,
    paths: Paths,
    starts: Queue,
    watch: Mutex<Option<Xenstore>>,
}

impl Default for Xen {
    fn default() -> Self {
        Self::with(Box::new(Programs), Paths::default())
    }
}

impl fmt::Debug for Xen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Xen")
            .field("paths", &self.paths)
            .finish_non_exhaustive()
    }
}

impl Xen {
    fn with(run: Box<dyn Run>, paths: Paths) -> Self {
        Self {
            run,
            paths,
            starts: Queue::default(),
            watch: Mutex::new(None),
        }
    }

    /// What a call writes to standard output.
    fn call(&self, call: &Call) -> Result<String> {
        let output = self.run.run(call.program, &call.args, call.limit);
        let output = output.map_err(|trouble| match trouble {
            Trouble::Late(..) => Error::Late {
                program: call.title(),
                limit: call.limit,
            },
            Trouble::Start(_, reason) => Error::failed(&call.title(), &reason),
        })?;
        if output.success {
            return Ok(output.text);
        }
        let reason = said::reason(&output.said, &output.last_words);
        Err(Error::failed(&call.title(), &reason))
    }

    /// A call about a guest. Where it fails and the guest does not run, that is the reason.
    fn change(&self, name: &str, call: &Call) -> Result<()> {
        let Err(error) = self.call(call) else {
            return Ok(());
        };
        match self.domain(name)? {
            Some(domain) if matches!(domain.state, State::Running | State::Paused) => Err(error),
            _ => Err(self.not_running(name)),
        }
    }

    fn domain(&self, name: &str) -> Result<Option<Domain>> {
        let domains = self.domains()?;
        Ok(domains.into_iter().find(|domain| domain.name == name))
    }

    fn not_running(&self, name: &str) -> Error {
        let guest = name.to_owned();
        Error::NotRunning { guest }
    }

    /// What xenstore has of a guest that is there.
    fn ask_store<T>(
        &self,
        name: &str,
        ask: impl FnOnce(&mut Xenstore, u32) -> io::Result<T>,
    ) -> Result<T> {
        let found = Xenstore::connect(&self.paths.xenstored).and_then(|mut store| {
            let number = store.number(name)?;
            number.map(|number| ask(&mut store, number)).transpose()
        });
        let found = found.map_err(|error| Error::failed("xenstored", &error))?;
        found.ok_or_else(|| self.not_running(name))
    }

    /// Whether QEMU emulates a guest's hardware.
    ///
    /// # Errors
    /// When it is not there.
    fn is_hvm(&self, name: &str) -> Result<bool> {
        self.ask_store(name, Xenstore::is_hvm)
    }

    fn needs_hvm(&self, name: &str) -> Result<()> {
        match self.is_hvm(name)? {
            true => Ok(()),
            false => Err(Error::Unsupported {
                guest: name.to_owned(),
            }),
        }
    }

    /// The number under which Xen counts a guest's disk, if it has it.
    fn disk(&self, name: &str, target: &str) -> Result<Option<u32>> {
        let disks = self.ask_store(name, Xenstore::disks)?;
        Ok(number(target).filter(|number| disks.contains(number)))
    }

    fn drive(&self, name: &str, target: &str, call: &Call) -> Result<()> {
        self.needs_hvm(name)?;
        if self.disk(name, target)?.is_none() {
            return Err(Error::NoDevice {
                guest: name.to_owned(),
                device: target.to_owned(),
            });
        }
        self.change(name, call)
    }

    fn taken(&self, name: &str, device: &str) -> Error {
        Error::Taken {
            guest: name.to_owned(),
            device: device.to_owned(),
        }
    }

    /// Waits on a connection that stays; one that has broken is made anew the next time.
    fn wait(&self, timeout: Duration) -> io::Result<bool> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut store = match watch.take() {
            Some(store) => store,
            None => watching(&self.paths.xenstored)?,
        };
        let fired = store.wait(timeout)?;
        *watch = Some(store);
        Ok(fired)
    }
}

fn watching(socket: &Path) -> io::Result<Xenstore> {
    let mut store = Xenstore::connect(socket)?;
    for event in EVENTS {
        store.watch(event)?;
    }
    Ok(store)
}

/// The number that Xen has for a disk (docs/man/xen-vbd-interface.7 of Xen).
fn number(target: &str) -> Option<u32> {
    let place = crate::check::place(target).map(u32::from)?;
    match (target.starts_with("hd"), place) {
        (false, 0..16) => Some(202 << 8 | place << 4),
        (false, _) => Some(1 << 28 | place << 8),
        (true, 0..2) => Some(3 << 8 | place << 6),
        (true, 2..4) => Some(22 << 8 | (place - 2) << 6),
        (true, _) => None,
    }
}
