//! Signatures of file systems, volumes and partition tables, as `wipefs` finds them. `wipefs` shows all, where udev's
//! database shows none as soon as two contradict each other.

use crate::machine::What;
use firn_command::cmd;
use serde::Deserialize;

/// One signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// ext4, LVM2_member, gpt, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Its label.
    pub label: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listing {
    signatures: Vec<Signature>,
}

impl Signature {
    /// What it says about the device; `group` is the volume group that LVM knows.
    pub fn what(&self, group: Option<&str>) -> What {
        let label = self.label.as_deref().map(str::trim).unwrap_or_default();
        match self.kind.as_str() {
            "LVM2_member" => What::Lvm(group.unwrap_or_default().into()),
            "linux_raid_member" => What::LinuxRaid(label.into()),
            "crypto_LUKS" => What::Encrypted(label.into()),
            "zfs_member" => What::Zfs(label.into()),
            kind if kind.ends_with("_raid_member") => What::FirmwareRaid(kind.into()),
            kind => What::FileSystem {
                kind: kind.into(),
                label: (!label.is_empty()).then(|| label.into()),
            },
        }
    }

    /// Whether it is a partition table and not data.
    pub fn is_table(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "gpt" | "dos" | "PMBR" | "mac" | "sgi" | "sun" | "bsd" | "atari"
        )
    }
}

/// The signatures on a device, each kind once.
///
/// # Errors
/// When the device cannot be read.
pub fn read(path: &str) -> Result<Vec<Signature>, firn_command::Error> {
    let text = cmd("wipefs", ["--json", "--no-act", path]).read()?;
    Ok(parse(&text))
}

/// The text of `wipefs --json`; it prints nothing where there is nothing.
pub fn parse(text: &str) -> Vec<Signature> {
    let mut found = Vec::new();
    for signature in serde_json::from_str::<Listing>(text)
        .unwrap_or_default()
        .signatures
    {
        if !found.contains(&signature) {
            found.push(signature);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_in_words() {
        let text = r#"{"signatures": [
            {"device":"sda1","offset":"0x438","type":"ext4","uuid":"1","label":"data"},
            {"device":"sda","offset":"0x200","type":"gpt","uuid":"2","label":null},
            {"device":"sda","offset":"0x3e7fffe00","type":"gpt","uuid":"2","label":null}]}"#;
        let found = parse(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].what(None).to_string(), "ext4 \"data\"");
        assert!(found[1].is_table());
        assert!(parse("").is_empty());
    }
}
