//! Why a call has failed, and what keeps a guest from starting: sentences for people, each with an id.

use firn_words::{Text, say};
use std::fmt;
use std::time::Duration;

/// What calls of an engine give.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call has failed. `guest` is the guest's name for Xen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// No domain has the name, or it has ended.
    NotRunning { guest: String },
    /// A domain with the name is there already.
    Running { guest: String },
    /// It cannot start as the machine and its files are now.
    Refused(Vec<Problem>),
    /// The guest has no way to be asked: no driver listens.
    Deaf { guest: String },
    /// Guests of its kind cannot do that.
    Unsupported { guest: String },
    /// What is to be attached is there already, such as `xvdb`.
    Taken { guest: String, device: String },
    /// The guest has no such disk, drive or card.
    NoDevice { guest: String, device: String },
    /// A program took longer than its limit and was ended.
    Late { program: String, limit: Duration },
    /// A program failed; the reason is its last line.
    Failed { program: String, reason: String },
}

/// One thing that keeps a guest from starting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which part of the shape it is about: `memory`, `kernel`, `ramdisk`, `machine`, `disks[0]`, `nics[0]`.
    pub field: String,
    /// What is wrong and what to do.
    pub text: Text,
}

impl Error {
    /// The sentence, with its id and values.
    pub fn text(&self) -> Text {
        match self {
            Self::NotRunning { guest } => say!("engine-not-running", guest = guest),
            Self::Running { guest } => say!("engine-running", guest = guest),
            Self::Refused(problems) => Text::join(problems.iter().map(|p| p.text.clone()), " "),
            Self::Deaf { guest } => say!("engine-deaf", guest = guest),
            Self::Unsupported { guest } => say!("engine-unsupported", guest = guest),
            Self::Taken { guest, device } => say!("engine-taken", guest = guest, device = device),
            Self::NoDevice { guest, device } => {
                say!("engine-no-device", guest = guest, device = device)
            }
            Self::Late { program, limit } => {
                say!("engine-late", program = program, seconds = limit.as_secs())
            }
            Self::Failed { program, reason } => {
                say!("engine-failed", program = program, reason = reason)
            }
        }
    }
}

impl Error {
    pub(crate) fn failed(program: &str, reason: &impl fmt::Display) -> Self {
        Self::Failed {
            program: program.to_owned(),
            reason: reason.to_string(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for Error {}

impl Problem {
    /// A problem of a part of the shape.
    pub(crate) fn new(field: impl Into<String>, text: Text) -> Self {
        Self {
            field: field.into(),
            text,
        }
    }
}
