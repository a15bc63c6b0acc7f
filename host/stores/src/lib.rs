//! Places for guests' disks: volumes in a thin pool, or files. A store knows nothing of guests but the ids of who owns a volume.

#[cfg(test)]
mod contract;
mod error;
mod files;
mod lvm;
mod name;
mod store;

pub use error::{Error, Result};
pub use files::Files;
pub use lvm::Lvm;
pub use store::{FULL, Facts, Kind, Owner, Store, Volume};
