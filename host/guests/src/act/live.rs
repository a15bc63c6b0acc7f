//! Changes of a guest that runs.

use crate::run::Doing;
use crate::{Result, Step, shape};
use firn_engine::Error;

impl Doing<'_> {
    /// Does a step that changes a running guest.
    pub(super) fn live(&self, step: &Step) -> Result<()> {
        let done = self.change(step)?;
        self.foreign.set(matches!(done, Err(Error::Taken { .. })));
        Ok(done?)
    }

    /// What the engine says, where it comes as far.
    fn change(&self, step: &Step) -> Result<firn_engine::Result<()>> {
        let (engine, name) = (&self.hands.engine, self.guest().as_str());
        Ok(match step {
            Step::Reset => engine.reset(name),
            Step::Pause => engine.pause(name),
            Step::Unpause => engine.unpause(name),
            Step::Memory { to, .. } => engine.set_memory(name, *to),
            Step::Cpus { to, .. } => engine.set_cpus(name, *to),
            Step::AttachDisk { definition, disk } => {
                engine.attach_disk(name, &shape::disk(self.hands, definition, disk)?)
            }
            Step::DetachDisk { disk, .. } => engine.detach_disk(name, &disk.target),
            Step::AttachNic { definition, nic } => {
                engine.attach_nic(name, &shape::nic(self.hands, definition, nic)?)
            }
            Step::DetachNic { nic, .. } => engine.detach_nic(name, &nic.mac),
            _ => Ok(()),
        })
    }

    /// Takes it back, as far as the guest still runs.
    pub(super) fn live_undo(&self, step: &Step) -> Result<()> {
        let back = match step.clone() {
            Step::Memory { from, to } => Step::Memory { from: to, to: from },
            Step::Cpus { from, to } => Step::Cpus { from: to, to: from },
            Step::AttachDisk { definition, disk } => Step::DetachDisk { definition, disk },
            Step::DetachDisk { definition, disk } => Step::AttachDisk { definition, disk },
            Step::AttachNic { definition, nic } => Step::DetachNic { definition, nic },
            Step::DetachNic { definition, nic } => Step::AttachNic { definition, nic },
            _ => return Ok(()),
        };
        if !self.is_alive()? {
            return Ok(());
        }
        match self.change(&back)? {
            Err(Error::Taken { .. }) => Ok(()),
            done => Ok(done?),
        }
    }
}
