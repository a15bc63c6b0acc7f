//! Why something was not done.

use firn_words::Text;
use std::fmt;
use std::io;

/// Why something was not done: a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed(pub Text);

/// What has been done, or why not.
pub type Result<T> = std::result::Result<T, Failed>;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failed {}

impl From<Text> for Failed {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<firn_engine::Error> for Failed {
    fn from(error: firn_engine::Error) -> Self {
        Self(error.text())
    }
}

impl From<firn_stores::Error> for Failed {
    fn from(error: firn_stores::Error) -> Self {
        Self(error.text())
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self(error.to_string().into())
    }
}
