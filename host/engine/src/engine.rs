//! What every engine can do.

use crate::{Disk, Domain, Host, Nic, Problem, Reported, Result, Shape};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a running guest is asked for. Whether it does so is its own affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To shut down.
    Shutdown,
    /// To restart.
    Reboot,
}

/// What runs guests. `name` is the `name` of the [`Shape`] that the guest was started with.
pub trait Engine: Send + Sync {
    /// What the machine has, and what of it is free.
    ///
    /// # Errors
    /// When the hypervisor does not say.
    fn host(&self) -> Result<Host>;

    /// All domains but dom0, also those that Firn did not start.
    ///
    /// # Errors
    /// When the hypervisor does not say.
    fn domains(&self) -> Result<Vec<Domain>>;

    /// Everything that would keep a guest of this shape from starting now; nothing is changed.
    fn check(&self, shape: &Shape) -> Vec<Problem>;

    /// Starts a guest, after all starts that were asked for before; its domain's number. It runs when this returns.
    ///
    /// # Errors
    /// [`crate::Error::Refused`] with what [`Engine::check`] finds; when it runs already, or does not start. Nothing of it remains then.
    fn start(&self, shape: &Shape) -> Result<u32>;

    /// Asks a guest for something, and does not wait for it.
    ///
    /// # Errors
    /// When it does not run, or has no way to be asked.
    fn ask(&self, name: &str, what: Ask) -> Result<()>;

    /// Ends a guest at once, and cleans up one that has ended. One that is not there is no error.
    ///
    /// # Errors
    /// When it is still there afterwards.
    fn destroy(&self, name: &str) -> Result<()>;

    /// Presses the reset button.
    ///
    /// # Errors
    /// When it does not run, or has none ([`crate::Error::Unsupported`]): destroy it and start it again.
    fn reset(&self, name: &str) -> Result<()>;

    /// Stops a guest's processors. One that is paused already is no error.
    ///
    /// # Errors
    /// When it does not run.
    fn pause(&self, name: &str) -> Result<()>;

    /// Lets them go on.
    ///
    /// # Errors
    /// When it does not run.
    fn unpause(&self, name: &str) -> Result<()>;

    /// Gives a running guest another amount of memory, in bytes. It gives memory back as fast as it can.
    ///
    /// # Errors
    /// When it does not run, or Xen has not got as much.
    fn set_memory(&self, name: &str, bytes: u64) -> Result<()>;

    /// Gives a running guest another number of processors, up to those that it was started with.
    ///
    /// # Errors
    /// When it does not run, or the number is too great.
    fn set_cpus(&self, name: &str, cpus: u32) -> Result<()>;

    /// Gives a running guest one more disk.
    ///
    /// # Errors
    /// When it does not run, or has a disk with this target already.
    fn attach_disk(&self, name: &str, disk: &Disk) -> Result<()>;

    /// Takes a disk from a running guest. One that is not there is no error.
    ///
    /// # Errors
    /// When it does not run, or does not let go of the disk.
    fn detach_disk(&self, name: &str, target: &str) -> Result<()>;

    /// Gives a running guest one more network card.
    ///
    /// # Errors
    /// When it does not run, or has a card with this address already.
    fn attach_nic(&self, name: &str, nic: &Nic) -> Result<()>;

    /// Takes the card with this address from a running guest. One that is not there is no error.
    ///
    /// # Errors
    /// When it does not run, or does not let go of the card.
    fn detach_nic(&self, name: &str, mac: &str) -> Result<()>;

    /// Puts a medium into a running guest's drive.
    ///
    /// # Errors
    /// When it does not run, or has no such drive.
    fn insert_cd(&self, name: &str, target: &str, image: &Path) -> Result<()>;

    /// Takes the medium out. An empty drive is no error.
    ///
    /// # Errors
    /// As [`Engine::insert_cd`].
    fn eject_cd(&self, name: &str, target: &str) -> Result<()>;

    /// Waits until a domain may have come, gone or changed its state; false when `timeout` passes without that. Either way
    /// [`Engine::domains`] says what is. What happens between two calls wakes the second.
    ///
    /// # Errors
    /// When the hypervisor cannot be watched.
    fn watch(&self, timeout: Duration) -> Result<bool>;

    /// The terminal of a running guest's text console.
    ///
    /// # Errors
    /// When it does not run, or has none.
    fn console(&self, name: &str) -> Result<PathBuf>;

    /// The addresses that an agent in the guest reports. None is no error.
    fn addresses(&self, name: &str) -> Vec<Reported>;
}
