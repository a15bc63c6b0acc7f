//! What every store can do, and what it says of itself.

use crate::{Error, Result};
use std::path::PathBuf;

/// Percent of a store in use from which on it takes no new volume. Guests stop when nothing is left for what they write.
pub const FULL: u8 = 90;

/// A place for volumes. What it is asked for twice, it does once: after a power cut every call can be made again.
pub trait Store: Send + Sync {
    /// How large and how full it is.
    ///
    /// # Errors
    /// When it cannot be read.
    fn facts(&self) -> Result<Facts>;

    /// The volumes in it, by name.
    ///
    /// # Errors
    /// When it cannot be read.
    fn volumes(&self) -> Result<Vec<Volume>>;

    /// Makes a volume of at least `size` bytes that reads as zeroes; its device or file. One that is there with this owner stays as it
    /// is; it must be removed first where its content matters.
    ///
    /// # Errors
    /// When the name is no name, another owner has it, or the store is full.
    fn create(&self, name: &str, size: u64, owner: &Owner) -> Result<PathBuf>;

    /// Removes a volume and what is on it. One that is not there is no error.
    ///
    /// # Errors
    /// When it is in use.
    fn remove(&self, name: &str) -> Result<()>;

    /// Gives a volume another name. It is no error when that has happened already.
    ///
    /// # Errors
    /// When there is no such volume, or the other name is taken.
    fn rename(&self, from: &str, to: &str) -> Result<()>;

    /// Gives a volume another owner.
    ///
    /// # Errors
    /// When there is no such volume.
    fn own(&self, name: &str, owner: &Owner) -> Result<()>;

    /// Makes a volume at least `size` bytes large. One that is of this size is no error.
    ///
    /// # Errors
    /// When there is no such volume, or it is larger.
    fn grow(&self, name: &str, size: u64) -> Result<()>;

    /// The device or file of a volume, ready to be read and written.
    ///
    /// # Errors
    /// When there is no such volume.
    fn path(&self, name: &str) -> Result<PathBuf>;
}

/// What a store says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What it consists of.
    pub kind: Kind,
    /// Its bytes.
    pub size: u64,
    /// Those in use.
    pub used: u64,
    /// Percent of a thin pool's metadata in use, rounded up.
    pub metadata_percent: Option<u8>,
    /// Whether volumes can be kept as they are at a moment.
    pub snapshots: bool,
    /// Whether a copy of a volume takes room only for what differs.
    pub thin_clone: bool,
}

/// What a store consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A thin pool of LVM.
    Thin,
    /// Files in a folder.
    Files,
}

/// Who a volume belongs to. What belongs to nobody is a leftover.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// The id of the guest whose disk it is.
    pub guest: Option<String>,
    /// The id of the task that is making it.
    pub task: Option<String>,
}

/// A volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Its name in the store.
    pub name: String,
    /// Bytes that a guest sees.
    pub size: u64,
    /// Bytes that it takes.
    pub used: u64,
    /// Whose it is.
    pub owner: Owner,
}

impl Facts {
    /// Percent in use, rounded up: of its room, or of its metadata where that is fuller.
    pub fn percent(&self) -> u8 {
        let used = u128::from(self.used) * 100;
        let data = used.div_ceil(u128::from(self.size.max(1))).min(100);
        let data = u8::try_from(data).unwrap_or(100);
        data.max(self.metadata_percent.unwrap_or(0))
    }

    /// Whether more may be put into it.
    ///
    /// # Errors
    /// When it is so full that it takes no new volume.
    pub fn has_room(&self) -> Result<()> {
        match self.percent() {
            percent if percent >= FULL => Err(Error::Full { percent }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fuller_of_room_and_metadata_counts() {
        let table = [
            (0, 0, None, 0),
            (1000, 0, None, 0),
            (1000, 891, None, 90),
            (1000, 890, Some(5), 89),
            (1000, 10, Some(90), 90),
            (u64::MAX, u64::MAX, None, 100),
        ];
        for (size, used, metadata_percent, expected) in table {
            let facts = Facts {
                kind: Kind::Files,
                size,
                used,
                metadata_percent,
                snapshots: false,
                thin_clone: false,
            };
            assert_eq!(facts.percent(), expected);
            assert_eq!(facts.has_room().is_err(), expected >= FULL);
        }
    }
}
