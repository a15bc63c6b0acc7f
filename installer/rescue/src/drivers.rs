//! "Load a driver": kernel modules that the image does not have, from a stick or a second CD.
//!
//! A driver is a module (`.ko`, also compressed) or a Debian package with modules or firmware that were built for the running
//! kernel. [`find`] looks for them on sticks, [`load`] checks one and loads it; the caller then looks at the hardware again.
//! What was loaded is kept in memory ([`list`]), and [`install`] gives it to the installed host: on its state, and in an
//! `initrd-local.img` beside the image's files, for the disk that the host starts from may need it.

mod command;
mod find;
mod firmware;
mod insert;
mod install;
mod kept;
mod kernel;
mod load;
mod module;
mod order;
mod package;
#[cfg(test)]
mod tests;

pub use command::{list_on_terminal, load_on_terminal};
pub use find::{Candidate, find};
pub use install::install;
pub use kept::list;
pub use load::{load, load_file};
