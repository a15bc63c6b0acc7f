//! One simulated guest.

use super::{CRASH_START, SLOW_STOP};
use crate::{Ask, Disk, Domain, Error, Nic, Reason, Reported, Result, Shape, State, check};
use std::net::Ipv4Addr;
use std::path::Path;
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Guest {
    number: u32,
    pub(super) state: State,
    /// As it is by now, with what was attached and set.
    pub(super) shape: Shape,
}

impl Guest {
    pub(super) fn new(number: u32, shape: &Shape) -> Self {
        let state = match shape.called.as_str() {
            CRASH_START => State::Ended(Reason::Crash),
            _ => State::Running,
        };
        Self {
            number,
            state,
            shape: shape.clone(),
        }
    }

    pub(super) fn is_alive(&self) -> bool {
        matches!(self.state, State::Running | State::Paused)
    }

    /// Bytes of the machine's memory that are gone while it is there.
    pub(super) fn memory(&self) -> u64 {
        check::need(&self.shape, true).xen
    }

    pub(super) fn domain(&self) -> Domain {
        Domain {
            number: self.number,
            name: self.shape.name.clone(),
            state: self.state,
            memory: self.shape.memory,
            cpus: self.shape.cpus,
            cpu_time: Duration::ZERO,
        }
    }

    /// A paused guest hears nothing.
    pub(super) fn hear(&mut self, what: Ask) {
        if self.shape.called == SLOW_STOP || self.state == State::Paused {
            return;
        }
        self.state = State::Ended(match what {
            Ask::Shutdown => Reason::PowerOff,
            Ask::Reboot => Reason::Reboot,
        });
    }

    pub(super) fn reset(&mut self) -> Result<()> {
        if self.shape.is_hvm() {
            return Ok(());
        }
        let guest = self.shape.name.clone();
        Err(Error::Unsupported { guest })
    }

    pub(super) fn set_memory(&mut self, bytes: u64, free: u64) -> Result<()> {
        if bytes > self.shape.memory_max || bytes.saturating_sub(self.shape.memory) > free {
            return Err(Error::failed("xl mem-set", &"cannot give that much memory"));
        }
        self.shape.memory = bytes;
        Ok(())
    }

    pub(super) fn set_cpus(&mut self, cpus: u32) -> Result<()> {
        if cpus == 0 || cpus > self.shape.cpus_max {
            return Err(Error::failed(
                "xl vcpu-set",
                &"the guest has not that many processors",
            ));
        }
        self.shape.cpus = cpus;
        Ok(())
    }

    pub(super) fn attach_disk(&mut self, disk: &Disk) -> Result<()> {
        if self.shape.disk(&disk.target).is_some() {
            return Err(self.taken(&disk.target));
        }
        self.shape.disks.push(disk.clone());
        Ok(())
    }

    pub(super) fn attach_nic(&mut self, nic: &Nic) -> Result<()> {
        if self.shape.nics.iter().any(|own| own.mac == nic.mac) {
            return Err(self.taken(&nic.mac));
        }
        self.shape.nics.push(nic.clone());
        Ok(())
    }

    pub(super) fn change_cd(&mut self, target: &str, image: Option<&Path>) -> Result<()> {
        if !self.shape.is_hvm() {
            let guest = self.shape.name.clone();
            return Err(Error::Unsupported { guest });
        }
        let mut drives = self.shape.disks.iter_mut();
        let Some(drive) = drives.find(|disk| disk.cd && disk.target == target) else {
            return Err(Error::NoDevice {
                guest: self.shape.name.clone(),
                device: target.to_owned(),
            });
        };
        drive.path = image.map(Path::to_owned);
        Ok(())
    }

    /// One for each card, from its hardware address and the network for documentation.
    pub(super) fn addresses(&self) -> Vec<Reported> {
        if self.state != State::Running {
            return Vec::new();
        }
        let address = |(nic, card): (u32, &Nic)| {
            let last = card.mac.rsplit(':').next().unwrap_or_default();
            let byte = u8::from_str_radix(last, 16).unwrap_or(1).clamp(1, 254);
            Reported {
                nic,
                address: Ipv4Addr::new(192, 0, 2, byte).into(),
            }
        };
        (0..).zip(&self.shape.nics).map(address).collect()
    }

    fn taken(&self, device: &str) -> Error {
        Error::Taken {
            guest: self.shape.name.clone(),
            device: device.to_owned(),
        }
    }
}
