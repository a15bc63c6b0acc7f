//! The answers folder: which files make up a machine's answers, and what is filled in on the way.
//!
//! ```text
//! DIR/by-mac/52-54-00-12-34-56.toml    the machine's own, most special first: MAC, UUID, serial number
//! DIR/by-uuid/4c4c4544-….toml
//! DIR/by-serial/ABC1234.toml
//! DIR/rules.toml                       below it: base (site) and the rules (groups) that fit
//! DIR/default.toml                     for machines that no file and no rule is for
//! ```

mod check;
mod choose;
mod fill;
mod folder;
mod rules;

pub use choose::Choice;
pub use fill::{fill, wants_token};
pub use folder::Folder;
