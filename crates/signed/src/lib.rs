//! Signed files: bytes and their signatures in, what they mean out, or every reason why not, each a sentence. Pure.
//!
//! A host trusts one `keys.json`. [`renewed`] says whether another one follows on it, and [`manifest`] whether an image is by those
//! who sign for the host's channel. The builder asks the same before it gives anything out. Nothing of a file is believed, nor even
//! read, before its signatures are known to be right; only the list of keys in an image is trusted for the image's sake ([`own`]).

mod keys;
mod manifest;
mod signed;
#[cfg(test)]
mod tests;

pub use keys::{flaws, own, renewed};
pub use manifest::manifest;
pub use signed::Signed;
