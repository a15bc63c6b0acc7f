//! Reading a manifest, with the sentence that this initrd says about a broken one.

use anyhow::{Context, Result};
use firn_image::Manifest;

/// Reads the text of a `manifest.json`.
pub fn parse(text: &str) -> Result<Manifest> {
    Manifest::parse(text).context("a broken manifest.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_one_is_said_to_be_so() {
        let error = parse(r#"{"version":"1","id":"ab","files":{"..":{"sha256":"","size":1}}}"#);
        assert_eq!(
            format!("{:#}", error.unwrap_err()),
            "a broken manifest.json: \"..\" is no name of a file in an image"
        );
    }
}
