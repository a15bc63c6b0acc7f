//! What an image is, for all that make, find, copy and start one: every name and format that two programs must agree on. No I/O.
//!
//! [`file`] names the files, [`Manifest`] says what they must be, [`Keys`] whose signature it takes. [`disk`] is the installed disk,
//! [`Host`] the file on it that says whose it is. [`cmdline`] is what the kernel is told, [`Handover`] what the initrd tells the installer after a start over the
//! network, and [`run`] where things lie in the running system, [`state`] where on an installed host's state,
//! [`shadow`] root's line among the users', [`mac`] a card's address.

pub mod cmdline;
pub mod disk;
pub mod file;
mod handover;
mod host;
mod keys;
pub mod mac;
mod manifest;
pub mod run;
pub mod shadow;
pub mod state;

pub use handover::Handover;
pub use host::Host;
pub use keys::{Flaw, Keys, Role, signatures};
pub use manifest::{Entry, FORMAT, Manifest, Needs, SettingsVersions};

/// A description as the text of its file.
fn text(value: &impl serde::Serialize) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
