//! The bill of materials, as far as Firn writes and reads it: CycloneDX 1.6, JSON.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::path::Path;

/// All that an image is made from.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bom {
    pub bom_format: String,
    pub spec_version: String,
    pub serial_number: String,
    pub version: u32,
    pub metadata: Metadata,
    pub components: Vec<Component>,
}

/// What it is the bill of.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    pub timestamp: String,
    pub component: Component,
}

/// A part, or the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(rename = "bom-ref")]
    pub reference: String,
    pub name: String,
    pub version: String,
    /// Package URL: where it comes from, its name and version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hashes: Vec<Hash>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Property>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hash {
    pub alg: String,
    pub content: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    pub name: String,
    pub value: String,
}

/// Debian's suite that the packages are of.
pub const SUITE: &str = "firn:suite";
/// Name and version of the source package, which advisories are about.
pub const SOURCE: &str = "firn:source";
pub const SOURCE_VERSION: &str = "firn:source-version";
/// The last Xen advisory whose fix is in it.
pub const ADVISORIES_TO: &str = "firn:advisories-to";

impl Bom {
    /// Reads one from a file.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn read(path: &Path) -> Result<Self> {
        let what = || format!("reading {}", path.display());
        let text = std::fs::read_to_string(path).with_context(what)?;
        serde_json::from_str(&text).with_context(what)
    }

    /// The components of one kind of package: `deb`, `cargo`, `generic`.
    pub fn of<'a>(&'a self, kind: &str) -> impl Iterator<Item = &'a Component> {
        let start = format!("pkg:{kind}/");
        let is = move |part: &&Component| {
            part.purl
                .as_deref()
                .is_some_and(|purl| purl.starts_with(&start))
        };
        self.components.iter().filter(is)
    }
}

impl Component {
    /// A part that a package manager or a project calls by this name.
    pub fn package(kind: &str, space: &str, name: &str, version: &str, more: &str) -> Self {
        let purl = format!(
            "pkg:{kind}/{space}{}@{}{more}",
            encoded(name),
            encoded(version)
        );
        Self {
            kind: "library".into(),
            reference: purl.clone(),
            name: name.into(),
            version: version.into(),
            purl: Some(purl),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        let (name, value) = (name.to_owned(), value.into());
        self.properties.push(Property { name, value });
        self
    }

    /// The value of a property.
    pub fn property(&self, name: &str) -> Option<&str> {
        let found = self
            .properties
            .iter()
            .find(|property| property.name == name);
        found.map(|property| property.value.as_str())
    }
}

/// As package URLs write what is not a letter, digit or one of `.-_~`.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_urls_are_encoded() {
        let part = Component::package(
            "deb",
            "debian/",
            "libstdc++6",
            "1:14.2.0-19~x",
            "?arch=amd64",
        );
        assert_eq!(
            part.reference,
            "pkg:deb/debian/libstdc%2B%2B6@1%3A14.2.0-19~x?arch=amd64"
        );
        assert_eq!(part.with(SOURCE, "gcc-14").property(SOURCE), Some("gcc-14"));
    }
}
