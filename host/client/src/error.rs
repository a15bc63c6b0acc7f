//! Why firnd could not be asked, or what it refused.

use firn_api::Problems;
use firn_words::{Language, Text, say};
use std::fmt;
use std::path::PathBuf;

/// The status of a request that firnd has no place for just now.
const TOO_MANY: u16 = 429;

/// Why there is no answer, or not the one that was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nothing listens at the socket.
    Absent(PathBuf),
    /// The socket is not for this user.
    Forbidden(PathBuf),
    /// The socket cannot be used for another reason.
    Socket(PathBuf, String),
    /// ssh to this host cannot be run, and why.
    Ssh(String, String),
    /// ssh to this host has ended before firnd answered.
    SshEnded(String),
    /// The connection broke.
    Lost(String),
    /// No answer came in time.
    Silent,
    /// What came cannot be read as an answer.
    Odd(String),
    /// The file that is sent cannot be read, and why.
    File(String),
    /// firnd says what is wrong with the request.
    Refused(Problems),
    /// Whoever sits there pressed Ctrl+C.
    Interrupted,
}

impl Error {
    /// What is wrong, one sentence each.
    pub fn told(&self, language: Language) -> Vec<String> {
        match self {
            Self::Refused(all) if all.problems.is_empty() => {
                let text = say!(
                    "command-refused",
                    status = u32::from(all.status),
                    title = &all.title
                );
                vec![text.in_language(language)]
            }
            Self::Refused(all) => all.problems.iter().map(|p| p.told(language)).collect(),
            other => vec![other.text().in_language(language)],
        }
    }

    /// Whether the same may work a moment later: firnd restarts, or others take all its places.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Absent(_) | Self::Lost(_) | Self::SshEnded(_) => true,
            Self::Refused(all) => all.status == TOO_MANY,
            _ => false,
        }
    }

    /// What lies at the bottom of an error of hyper: the system's own words.
    pub(crate) fn deepest(error: &hyper::Error) -> String {
        let mut reason: &dyn std::error::Error = error;
        while let Some(source) = reason.source() {
            reason = source;
        }
        reason.to_string()
    }

    fn text(&self) -> Text {
        match self {
            Self::Absent(path) => say!("command-absent", path = path.display().to_string()),
            Self::Forbidden(path) => say!("command-forbidden", path = path.display().to_string()),
            Self::Socket(path, reason) => {
                let path = path.display().to_string();
                say!("command-socket", path = path, reason = reason)
            }
            Self::Ssh(host, reason) => say!("command-ssh", host = host, reason = reason),
            Self::SshEnded(host) => say!("command-ssh-ended", host = host),
            Self::Lost(reason) => say!("command-lost", reason = reason),
            Self::Silent => say!("command-silent"),
            Self::Odd(reason) => say!("command-odd", reason = reason),
            Self::File(reason) => say!("command-file-broke", reason = reason),
            Self::Interrupted => say!("command-interrupted"),
            Self::Refused(_) => self.told(Language::En).join("\n").into(),
        }
    }
}

/// In English, as logs have it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En).join("\n"))
    }
}

impl std::error::Error for Error {}

impl From<hyper::Error> for Error {
    fn from(error: hyper::Error) -> Self {
        Self::Lost(Self::deepest(&error))
    }
}
