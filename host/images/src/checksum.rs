//! Checksums as publishers of images give them.

use crate::Error;
use firn_words::say;
use std::fmt;

/// A checksum of an image's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-256.
    Sha256([u8; 32]),
    /// SHA-512.
    Sha512([u8; 64]),
}

impl Checksum {
    /// Reads `sha256:HEX`, `sha512:HEX` or the digits alone, whose number tells the kind.
    ///
    /// # Errors
    /// [`Error::Refused`] where it is neither.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Refused(say!("image-checksum-odd", text = text));
        let (kind, digits) = text.trim().split_once(':').unwrap_or(("", text.trim()));
        let bytes = hex::decode(digits).map_err(|_| wrong())?;
        match kind.to_ascii_lowercase().as_str() {
            "" | "sha256" if bytes.len() == 32 => bytes.try_into().map(Self::Sha256),
            "" | "sha512" if bytes.len() == 64 => bytes.try_into().map(Self::Sha512),
            _ => return Err(wrong()),
        }
        .map_err(|_| wrong())
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sha256(bytes) => write!(f, "sha256:{}", hex::encode(bytes)),
            Self::Sha512(bytes) => write!(f, "sha512:{}", hex::encode(bytes)),
        }
    }
}
