//! Where answers come from: the kernel command line, a file embedded in the medium, what DHCP names, a file system labelled
//! FIRNANSWERS.

mod candidate;
mod channel;
mod fetch;
mod file;
mod label;
mod network;
pub mod none_here;
mod trust;
mod url;
mod verify;
mod volume;
mod wishes;

pub use channel::Channel;
pub use file::file;
pub use label::{labelled, write_back};
pub use trust::server;
pub use wishes::{Wishes, netbooted};

pub use firn_machine::probe::cmdline;

use crate::bootnet::handed;
use firn_config::Problem;
use std::path::Path;
use wishes::Place;

/// The name of an embedded file, beside the image.
const EMBEDDED: &str = firn_image::file::ANSWERS;

/// An answer file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its text.
    pub text: String,
    /// Where it was, in words.
    pub from: String,
    /// How it came.
    pub channel: Channel,
    /// Kernel names of the disks that it was read from, where that was a file system with a label.
    pub disks: Vec<String>,
}

/// What looking for answers gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// A file.
    Found(Found),
    /// There is none, and none was asked for.
    Nothing,
    /// The server at this URL has none for this machine.
    NoneAt(String),
}

/// Looks in all places once, the first wins; `image` is the medium's folder, which may hold answers and says whom to trust; what the command line names is waited for. `say` gets a line for what takes its
/// time.
///
/// # Errors
/// When answers are asked for that cannot be had: then nothing else is taken instead.
pub fn find(
    cmdline: &str,
    image: &Path,
    say: &mut dyn FnMut(&str),
) -> Result<Search, Vec<Problem>> {
    let wishes = Wishes::of(cmdline)?;
    let one = |problem| vec![problem];
    match &wishes.answers {
        Some(Place::Url(url)) => return network::find(url, &wishes, image, say).map_err(one),
        Some(Place::Label { label, path }) => {
            return label::named(label, path, say)
                .map(Search::Found)
                .map_err(one);
        }
        None => {}
    }
    let embedded = image.join(EMBEDDED);
    if embedded.symlink_metadata().is_ok() {
        let found = file(&embedded, "the installation medium");
        return found.map(Search::Found).map_err(one);
    }
    if let Some(url) = handed().and_then(|handed| handed.answers) {
        return network::find(&url, &wishes, image, say).map_err(one);
    }
    let found = labelled(say).map_err(one)?;
    Ok(found.map_or(Search::Nothing, Search::Found))
}

/// A file, or what is at a URL.
///
/// # Errors
/// It cannot be had.
pub fn named(
    place: &str,
    cmdline: &str,
    image: &Path,
    say: &mut dyn FnMut(&str),
) -> Result<Found, Vec<Problem>> {
    if !url::is_url(place) {
        return file(Path::new(place), place).map_err(|problem| vec![problem]);
    }
    let wishes = Wishes::of(cmdline)?;
    let search = network::find(place, &wishes, image, say).map_err(|problem| vec![problem])?;
    match search {
        Search::Found(found) => Ok(found),
        _ => Err(vec![network::none(place)]),
    }
}
