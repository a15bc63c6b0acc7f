//! Images that publishers make for clouds: a list that is data in the image.

use crate::Error;
use firn_words::say;
use serde::Deserialize;

/// Where the list lies on a host.
pub const LIST: &str = "/usr/share/firn/images.toml";

/// An image that is known by its publisher's URL.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// What it is called on the command line; also the template for it, where there is one.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Where the list of checksums is in which it stands; see [`crate::Checksum::in_list`].
    pub checksums: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    image: Vec<Known>,
}

impl Known {
    /// The name of its file, as the list of checksums has it.
    pub fn file(&self) -> &str {
        self.url.rsplit('/').next().unwrap_or_default()
    }
}

/// Reads the list, from the text of [`LIST`].
///
/// # Errors
/// [`Error::Failed`] where the text is no such list.
pub fn known(text: &str) -> Result<Vec<Known>, Error> {
    toml::from_str::<List>(text)
        .map(|list| list.image)
        .map_err(|e| Error::Failed(say!("image-list", reason = e.message())))
}

#[cfg(test)]
mod tests;
