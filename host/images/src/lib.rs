//! Disk images from outside: what they are, turned into a guest's disk, and the seed for cloud-init.
//!
//! An image is hostile until the opposite is shown, which it never is. [`inspect`] reads its headers, with pure parsers that never
//! panic, and refuses what could name another file. [`convert`] writes it into a volume; programs that read the image themselves
//! run in a sandbox that sees two file descriptors and nothing else. [`fetch`] gets a file from the network. [`seed`] makes the volume
//! from which cloud-init takes user, keys and addresses, and [`boots`] says whether the PVH loader can start what is on a disk.

mod boots;
mod bytes;
mod checksum;
mod convert;
mod error;
mod fetch;
mod format;
mod found;
mod inspect;
mod known;
mod sandbox;
mod seed;

pub use boots::{Boots, boots};
pub use checksum::{Checksum, Summing};
pub use convert::{Converted, Source, convert};
pub use error::Error;
pub use fetch::{Remote, check_address, fetch};
pub use found::{Format, Found, Packing};
pub use inspect::inspect;
pub use known::{Known, LIST, known};
pub use sandbox::end_left_over;
pub use seed::{Address, Network, Seed, seed};
use std::ops::ControlFlow;

/// Is told how far the work is: bytes done, and of how many. Says whether to go on; `Break` ends the work with
/// [`Error::Cancelled`].
pub type Progress<'a> = &'a (dyn Fn(u64, u64) -> ControlFlow<()> + Sync);
