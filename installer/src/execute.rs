//! Installing, with the drivers that were loaded for it.

pub use firn_execute::*;

use crate::drivers;
use firn_plan::Plan;
use std::path::Path;

/// Installs, and gives the host the drivers that were loaded.
///
/// # Errors
/// As [`firn_execute::execute`].
pub fn execute(
    plan: &Plan,
    secrets: &Secrets,
    image: &Path,
    events: &mut dyn FnMut(Event),
) -> Result<Done, Failure> {
    let drivers = Drivers {
        any: || !drivers::list().is_empty(),
        give: drivers::install,
    };
    firn_execute::execute(plan, secrets, image, drivers, events)
}
