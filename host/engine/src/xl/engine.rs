//! What every engine can do, by Xen's tools.

use super::{Xen, calls, check, info, list, qmp, said, start};
use crate::xenstore::Xenstore;
use crate::{Ask, Disk, Domain, Engine, Error, Host, Nic, Problem, Reported, Result, Shape, State};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

impl Engine for Xen {
    fn host(&self) -> Result<Host> {
        let info = self.call(&calls::info())?;
        let meminfo = std::fs::read_to_string(&self.paths.meminfo).unwrap_or_default();
        info::host(&info, &meminfo)
            .ok_or_else(|| Error::failed("xl info", &"its output lacks something"))
    }

    fn domains(&self) -> Result<Vec<Domain>> {
        let text = self.call(&calls::list())?;
        let lacking = || Error::failed("xl list", &"its output lacks something");
        let domains = list::domains(&text, &BTreeSet::new()).ok_or_else(lacking)?;
        if !list::is_unsure(&domains) {
            return Ok(domains);
        }
        let details = self.call(&calls::details())?;
        let built = list::built(&details).map_err(|error| Error::failed("xl list", &error))?;
        list::domains(&text, &built).ok_or_else(lacking)
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
