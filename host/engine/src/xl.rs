//! Xen, by its own tools: `xl` and xenstore.

mod calls;
mod check;
mod config;
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
use crate::{Ask, Disk, Domain, Engine, Error, Host, Nic, Problem, Reported, Result, Shape, State};
use calls::Call;
use firn_command::limited::{Programs, Run, Trouble};
use paths::Paths;
use queue::Queue;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
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

impl Engine for Xen {
    fn host(&self) -> Result<Host> {
        let info = self.call(&calls::info())?;
        let meminfo = std::fs::read_to_string(&self.paths.meminfo).unwrap_or_default();
        info::host(&info, &meminfo)
            .ok_or_else(|| Error::failed("xl info", &"its output lacks something"))
    }

    fn domains(&self) -> Result<Vec<Domain>> {
        let text = self.call(&calls::list())?;
        let domains = list::domains(&text, &BTreeSet::new());
        if !list::is_unsure(&domains) {
            return Ok(domains);
        }
        let details = self.call(&calls::details())?;
        let built = list::built(&details).map_err(|error| Error::failed("xl list", &error))?;
        Ok(list::domains(&text, &built))
    }

    fn check(&self, shape: &Shape) -> Vec<Problem> {
        let mut found = match self.host() {
            Ok(host) => crate::check::all(shape, &host),
            Err(error) => vec![Problem::new("machine", error.text())],
        };
        found.extend(check::problems(shape, &self.paths));
        found
    }

    fn start(&self, shape: &Shape) -> Result<u32> {
        let _turn = self.starts.turn();
        start::start(self, shape)
    }

    fn ask(&self, name: &str, what: Ask) -> Result<()> {
        let hvm = self.is_hvm(name)?;
        match self.change(name, &calls::ask(name, what, hvm)) {
            Err(Error::Failed { reason, .. }) if said::is_deaf(&reason) => Err(Error::Deaf {
                guest: name.to_owned(),
            }),
            other => other,
        }
    }

    fn destroy(&self, name: &str) -> Result<()> {
        if self.domain(name)?.is_none() {
            return Ok(());
        }
        let destroyed = self.call(&calls::destroy(name));
        match self.domain(name)? {
            // Its last pages may still be in somebody else's hands; without a name it is nobody's guest any more.
            None => Ok(()),
            Some(domain) if domain.state == State::Dying => Ok(()),
            Some(_) => destroyed.map(drop),
        }
    }

    fn reset(&self, name: &str) -> Result<()> {
        self.needs_hvm(name)?;
        let number = self.ask_store(name, |_, number| Ok(number))?;
        let socket = self.paths.qemu.join(format!("qmp-libxl-{number}"));
        qmp::reset(&socket).map_err(|error| Error::failed("QEMU", &error))
    }

    fn pause(&self, name: &str) -> Result<()> {
        self.change(name, &calls::pause(name))
    }

    fn unpause(&self, name: &str) -> Result<()> {
        self.change(name, &calls::unpause(name))
    }

    fn set_memory(&self, name: &str, bytes: u64) -> Result<()> {
        self.change(name, &calls::set_memory(name, bytes))
    }

    fn set_cpus(&self, name: &str, cpus: u32) -> Result<()> {
        self.change(name, &calls::set_cpus(name, cpus))
    }

    fn attach_disk(&self, name: &str, disk: &Disk) -> Result<()> {
        let hvm = self.is_hvm(name)?;
        if self.disk(name, &disk.target)?.is_some() {
            return Err(self.taken(name, &disk.target));
        }
        self.change(name, &calls::attach_disk(name, disk, hvm))
    }

    fn detach_disk(&self, name: &str, target: &str) -> Result<()> {
        match self.disk(name, target)? {
            Some(number) => self.change(name, &calls::detach_disk(name, number)),
            None => Ok(()),
        }
    }

    fn attach_nic(&self, name: &str, nic: &Nic) -> Result<()> {
        let macs = self.ask_store(name, Xenstore::macs)?;
        if macs.contains(&nic.mac.to_ascii_lowercase()) {
            return Err(self.taken(name, &nic.mac));
        }
        self.change(name, &calls::attach_nic(name, nic))
    }

    fn detach_nic(&self, name: &str, mac: &str) -> Result<()> {
        let macs = self.ask_store(name, Xenstore::macs)?;
        if !macs.contains(&mac.to_ascii_lowercase()) {
            return Ok(());
        }
        self.change(name, &calls::detach_nic(name, mac))
    }

    fn insert_cd(&self, name: &str, target: &str, image: &Path) -> Result<()> {
        self.drive(name, target, &calls::insert_cd(name, target, image))
    }

    fn eject_cd(&self, name: &str, target: &str) -> Result<()> {
        self.drive(name, target, &calls::eject_cd(name, target))
    }

    fn watch(&self, timeout: Duration) -> Result<bool> {
        self.wait(timeout)
            .map_err(|error| Error::failed("xenstored", &error))
    }

    fn console(&self, name: &str) -> Result<PathBuf> {
        let tty = self.ask_store(name, Xenstore::console)?;
        tty.ok_or_else(|| Error::NoDevice {
            guest: name.to_owned(),
            device: "console".into(),
        })
    }

    fn addresses(&self, name: &str) -> Vec<Reported> {
        self.ask_store(name, Xenstore::addresses)
            .unwrap_or_default()
    }
}
