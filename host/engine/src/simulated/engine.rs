//! What every engine can do, without a hypervisor.

use super::guest::Guest;
use super::{FAIL_START, Inner, Simulated};
use crate::{
    Ask, Disk, Domain, Engine, Error, Host, Nic, Problem, Reported, Result, Shape, State, check,
};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::Duration;

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
