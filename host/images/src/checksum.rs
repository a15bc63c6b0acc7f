//! Checksums as publishers of images give them.

use crate::Error;
use firn_words::say;
use sha2::{Digest, Sha256, Sha512};
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
        let (kind, digits) = text.trim().split_once(':').unwrap_or(("", text.trim()));
        let found = Self::digits(digits);
        let wanted = kind.to_ascii_lowercase();
        found
            .filter(|sum| wanted.is_empty() || wanted == sum.kind())
            .ok_or_else(|| Error::Refused(say!("image-checksum-odd", text = text)))
    }

    /// Finds a file's checksum in a list, as `sha256sum` and BSD's `sha256` write one; a list of one checksum needs no name.
    ///
    /// # Errors
    /// [`Error::Refused`] where the file is not in it.
    pub fn in_list(list: &str, name: &str) -> Result<Self, Error> {
        let alone = || Self::digits(list.trim());
        let found = list.lines().find_map(|line| Self::of_line(line, name));
        found
            .or_else(alone)
            .ok_or_else(|| Error::Refused(say!("image-checksum-not-listed", name = name)))
    }

    /// `HEX  NAME`, `HEX *NAME` or `SHA256 (NAME) = HEX`.
    fn of_line(line: &str, name: &str) -> Option<Self> {
        let line = line.trim();
        if let Some((before, digits)) = line.rsplit_once(" = ") {
            let (_, named) = before.split_once(" (")?;
            return (named.strip_suffix(')')? == name).then(|| Self::digits(digits))?;
        }
        let (digits, named) = line.split_once(' ')?;
        let named = named
            .trim_start()
            .trim_start_matches('*')
            .trim_start_matches("./");
        (named == name).then(|| Self::digits(digits))?
    }

    fn digits(text: &str) -> Option<Self> {
        let bytes = hex::decode(text.trim()).ok()?;
        let small = bytes.as_slice().try_into().map(Self::Sha256);
        small
            .or_else(|_| bytes.as_slice().try_into().map(Self::Sha512))
            .ok()
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Sha256(_) => "sha256",
            Self::Sha512(_) => "sha512",
        }
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = match self {
            Self::Sha256(bytes) => hex::encode(bytes),
            Self::Sha512(bytes) => hex::encode(bytes),
        };
        write!(f, "{}:{digits}", self.kind())
    }
}

/// The checksum of a file that comes in pieces.
#[derive(Clone, Debug)]
pub struct Summing {
    small: Sha256,
    large: Option<Sha512>,
    expected: Option<Checksum>,
}

impl Summing {
    /// Nothing has come yet; the file should have this checksum.
    pub fn new(expected: Option<Checksum>) -> Self {
        let large = matches!(expected, Some(Checksum::Sha512(_)));
        Self {
            small: Sha256::new(),
            large: large.then(Sha512::new),
            expected,
        }
    }

    /// The next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.small.update(bytes);
        if let Some(large) = &mut self.large {
            large.update(bytes);
        }
    }

    /// All has come: its SHA-256 in hex.
    ///
    /// # Errors
    /// [`Error::Refused`] where the checksum is not the expected one.
    pub fn finish(self) -> Result<String, Error> {
        let small: [u8; 32] = self.small.finalize().into();
        let found = match self.large {
            Some(large) => Checksum::Sha512(large.finalize().into()),
            None => Checksum::Sha256(small),
        };
        match self.expected {
            Some(expected) if expected != found => Err(Error::Refused(say!(
                "image-checksum-wrong",
                found = found.to_string(),
                expected = expected.to_string()
            ))),
            _ => Ok(hex::encode(small)),
        }
    }
}

#[cfg(test)]
mod tests;
