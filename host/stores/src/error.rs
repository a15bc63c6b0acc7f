//! Why a store has failed: sentences for people, each with an id.

use crate::FULL;
use firn_words::{Text, say};
use std::fmt;
use std::path::{Path, PathBuf};

/// What calls of a store give.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a store has failed.
#[derive(Debug)]
pub enum Error {
    /// This is no name for a volume.
    Name { volume: String },
    /// The name is taken by somebody else's volume.
    Taken { volume: String },
    /// There is no such volume.
    NoVolume { volume: String },
    /// The volume has that many bytes already.
    Shrink { volume: String, size: u64 },
    /// So many percent of it are in use.
    Full { percent: u8 },
    /// A file or folder of it could not be used.
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    /// A program failed; the reason is its last line.
    Command { program: String, reason: String },
}

impl Error {
    /// The sentence, with its id and values.
    pub fn text(&self) -> Text {
        match self {
            Self::Name { volume } => say!("stores-name", volume = volume),
            Self::Taken { volume } => say!("stores-taken", volume = volume),
            Self::NoVolume { volume } => say!("stores-no-volume", volume = volume),
            Self::Shrink { volume, size } => say!("stores-shrink", volume = volume, size = *size),
            Self::Full { percent } => {
                say!(
                    "stores-full",
                    percent = u32::from(*percent),
                    limit = u32::from(FULL)
                )
            }
            Self::File { path, source } => {
                let path = path.display().to_string();
                say!("stores-file", path = path, reason = source.to_string())
            }
            Self::Command { program, reason } => {
                say!("stores-command", program = program, reason = reason)
            }
        }
    }

    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for Error {}
