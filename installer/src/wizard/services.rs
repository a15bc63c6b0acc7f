//! What the wizard has done for it by the rest of the installer.

use super::task::{Ability, Finding, Reply, Situation, Task};
use crate::execute::{Done, Event, Failure, Secrets};
use crate::machine::{Machine, Nic};
use crate::plan::Plan;
use firn_words::Text;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// The installer's deeds, so that a demonstration and tests can put others in their place. All may take long; the
/// wizard calls them on a thread.
pub trait Services: Send + Sync {
    /// Reads the machine anew.
    ///
    /// # Errors
    /// What could not be read.
    fn probe(&self) -> anyhow::Result<Machine>;

    /// The names of all block devices, whatever they are; does not take long.
    fn block_devices(&self) -> Vec<String>;

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

    /// What [`Services::perform`] can do here.
    fn abilities(&self) -> BTreeSet<Ability> {
        Ability::ALL.iter().copied().collect()
    }

    /// Does what a page asks for. `meanwhile` gets parts of the answer, and may say that nobody wants to know any more.
    fn perform(
        &self,
        task: &Task,
        situation: &Situation,
        meanwhile: &mut dyn FnMut(Reply) -> ControlFlow<()>,
    ) -> Reply;

    /// Tries the network of the answers; `each` gets every result as soon as it is there.
    ///
    /// # Errors
    /// Why it could not be tried at all.
    fn test_network(
        &self,
        situation: &Situation,
        each: &mut dyn FnMut(Finding),
    ) -> Result<(), Text>;

    /// Makes the lights of the NIC with this name blink; comes back when they have stopped.
    ///
    /// # Errors
    /// Why they do not.
    fn blink(&self, nic: &str) -> Result<(), Text>;

    /// How late it is in a time zone, as `2026-11-23 16:30`; does not take long.
    fn time_in(&self, zone: &str) -> Option<String> {
        crate::desk::clock::now(zone)
    }

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
