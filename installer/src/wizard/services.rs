//! What the wizard has done for it by the rest of the installer.

use crate::execute::{Done, Event, Failure, Secrets};
use crate::machine::{Machine, Nic};
use crate::plan::Plan;

/// The installer's deeds, so that a demonstration and tests can put others in their place. All may take long; the
/// wizard calls them on a thread.
pub trait Services: Send + Sync {
    /// Reads the machine anew.
    ///
    /// # Errors
    /// What could not be read.
    fn probe(&self) -> anyhow::Result<Machine>;

    /// Brings every NIC up, so that its link shows.
    ///
    /// # Errors
    /// What could not be brought up.
    fn bring_up(&self) -> anyhow::Result<()>;

    /// Reads the NICs and their links.
    ///
    /// # Errors
    /// What could not be read.
    fn nics(&self) -> anyhow::Result<Vec<Nic>>;

    /// Makes a keyboard layout work on the screen.
    ///
    /// # Errors
    /// Why it does not.
    fn keyboard(&self, layout: &str) -> anyhow::Result<()>;

    /// Installs.
    ///
    /// # Errors
    /// The step that failed, and what was undone.
    fn execute(
        &self,
        plan: &Plan,
        secrets: &Secrets,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, Failure>;
}
