//! What somebody who helps needs to see: one archive for a stick, and a short text that can be read out. No secret is in either.

mod archive;
mod collect;
mod scrub;
mod short;

pub use archive::Bundle;
pub use collect::{Subject, bundle};
pub use scrub::Scrub;
pub use short::{sealed, short};

use sha2::{Digest, Sha256};

/// sha256 in hex digits.
fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
