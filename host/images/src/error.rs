//! Why an image is not taken.

use firn_words::Text;
use std::fmt;

/// Why there is no result. Sentences stand in `images.ftl`; a text's id is the error's id for the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Something is wrong with the image, the checksum or the request: another one may do.
    Refused(Text),
    /// Something is wrong with the host: the same image may do later.
    Failed(Text),
    /// Whoever was told of the progress said `Break`.
    Cancelled,
}

impl Error {
    /// The sentence, in every language.
    pub fn text(&self) -> Text {
        match self {
            Self::Refused(text) | Self::Failed(text) => text.clone(),
            Self::Cancelled => firn_words::say!("image-cancelled"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for Error {}
