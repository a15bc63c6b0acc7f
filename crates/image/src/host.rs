//! `host.json` on the EFI system partition: whose disk it is.

use serde::{Deserialize, Serialize};

/// Who the host is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// The host id, 32 hex digits; also that of the partition table.
    pub id: String,
    /// The host's name.
    #[serde(default)]
    pub name: String,
    /// Version of Firn in the slot.
    #[serde(default)]
    pub version: String,
    /// Id of the image in the slot.
    #[serde(default)]
    pub image: String,
}

impl Host {
    /// Its place on the EFI system partition.
    pub const PATH: &str = "EFI/firn/host.json";

    /// Reads the file's text.
    ///
    /// # Errors
    /// When it is no such JSON.
    pub fn parse(text: &str) -> serde_json::Result<Host> {
        serde_json::from_str(text)
    }

    /// The file's text.
    ///
    /// # Errors
    /// None that is known: it is text alone.
    pub fn text(&self) -> serde_json::Result<String> {
        super::text(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let host = Host {
            id: "0f".repeat(16),
            name: "xen1".into(),
            version: "0.1.0".into(),
            image: "ab".into(),
        };
        let text = host.text().unwrap();
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        assert_eq!(
            lines[2..4],
            [r#""name": "xen1","#, r#""version": "0.1.0","#]
        );
        assert!(text.ends_with("\n}\n"));
        assert_eq!(Host::parse(&text).unwrap(), host);
        assert!(Host::parse("{}").is_err());
        let old = Host::parse(r#"{"id": "ab", "more": 1}"#).unwrap();
        assert_eq!((old.id.as_str(), old.name.as_str()), ("ab", ""));
    }
}
