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
    /// Its id; the members of a RAID and of a pool all have the id of the whole.
    pub uuid: Option<String>,
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

    /// An id that all parts of the same RAID, pool or file system have; `group` is the id of the volume group.
    pub fn set(&self, group: Option<&str>) -> Option<String> {
        match self.kind.as_str() {
            "LVM2_member" => group.map(Into::into),
            "linux_raid_member" | "zfs_member" | "btrfs" | "bcachefs" => self.uuid.clone(),
            _ => None,
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
        assert_eq!(found[0].set(Some("group")), None);
        assert!(parse("").is_empty());
    }

    #[test]
    fn parts_of_a_set() {
        let text = r#"{"signatures": [
            {"device":"sda1","offset":"0x1000","type":"linux_raid_member","uuid":"1-2","label":"any:0"},
            {"device":"sda1","offset":"0x218","type":"LVM2_member","uuid":"of-this-volume","label":null}]}"#;
        let [raid, volume] = parse(text).try_into().unwrap();
        assert_eq!(raid.set(None).as_deref(), Some("1-2"));
        assert_eq!(volume.set(None), None);
        assert_eq!(volume.set(Some("group")).as_deref(), Some("group"));
    }
}
