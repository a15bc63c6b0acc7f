//! Signatures of file systems, volumes and partition tables, as `wipefs` finds them. `wipefs` shows all, where udev's
//! database shows none as soon as two contradict each other.

use crate::What;
use firn_command::cmd;
use serde::Deserialize;
use serde_json::Value;

/// One signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// ext4, LVM2_member, gpt, …
    pub kind: String,
    /// Its label.
    pub label: Option<String>,
    /// Its id; the members of a RAID and of a pool all have the id of the whole.
    pub uuid: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listing {
    signatures: Vec<Value>,
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
/// A sentence when the device cannot be read, or `wipefs` not be understood.
pub fn read(path: &str) -> Result<Vec<Signature>, String> {
    let text = cmd("wipefs", ["--json", "--no-act", path]).bytes();
    let text = text.map_err(|error| error.last_words())?;
    parse(&String::from_utf8_lossy(&text))
}

/// The text of `wipefs --json`; it prints nothing where there is nothing. A signature whose fields are not as they should be is one
/// all the same.
///
/// # Errors
/// A sentence when it is no list of signatures.
pub fn parse(text: &str) -> Result<Vec<Signature>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let listing = serde_json::from_str::<Listing>(text);
    let listing = listing.map_err(|error| format!("wipefs cannot be understood: {error}"))?;
    let mut found = Vec::new();
    for signature in listing.signatures.iter().map(signature) {
        if !found.contains(&signature) {
            found.push(signature);
        }
    }
    Ok(found)
}

fn signature(value: &Value) -> Signature {
    let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    Signature {
        kind: field("type").unwrap_or_else(|| "?".into()),
        label: field("label"),
        uuid: field("uuid"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn signatures_in_words() {
        let text = r#"{"signatures": [
            {"device":"sda1","offset":"0x438","type":"ext4","uuid":"1","label":"data"},
            {"device":"sda","offset":"0x200","type":"gpt","uuid":"2","label":null},
            {"device":"sda","offset":"0x3e7fffe00","type":"gpt","uuid":"2","label":null}]}"#;
        let found = parse(text).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].what(None).to_string(), "ext4 \"data\"");
        assert!(found[1].is_table());
        assert_eq!(found[0].set(Some("group")), None);
        assert_eq!(parse(""), Ok(Vec::new()));
    }

    #[test]
    fn parts_of_a_set() {
        let text = r#"{"signatures": [
            {"device":"sda1","offset":"0x1000","type":"linux_raid_member","uuid":"1-2","label":"any:0"},
            {"device":"sda1","offset":"0x218","type":"LVM2_member","uuid":"of-this-volume","label":null}]}"#;
        let [raid, volume] = parse(text).unwrap().try_into().unwrap();
        assert_eq!(raid.set(None).as_deref(), Some("1-2"));
        assert_eq!(volume.set(None), None);
        assert_eq!(volume.set(Some("group")).as_deref(), Some("group"));
    }

    #[test]
    fn one_odd_signature_hides_no_other_and_nonsense_is_no_empty_disk() {
        let text = r#"{"signatures": [{"type":5,"label":{}}, null, {"type":"ext4","uuid":7}]}"#;
        let kinds: Vec<String> = parse(text).unwrap().into_iter().map(|s| s.kind).collect();
        assert_eq!(kinds, ["?", "ext4"]);
        for text in ["{", "[]x", r#"{"signatures": 5}"#] {
            let error = parse(text).unwrap_err();
            assert!(
                error.starts_with("wipefs cannot be understood: "),
                "{error}"
            );
        }
    }
    /// What may stand in the place of a signature.
    fn odd() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 16, 4, |inner| {
            let pair = (
                prop_oneof!["type|label|uuid|id|name", any::<String>()],
                inner.clone(),
            );
            let map = prop::collection::vec(pair, 0..4);
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(Value::from),
                map.prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_too_odd(all in prop::collection::vec(odd(), 0..8), text in any::<String>()) {
            let listing = serde_json::json!({"signatures": all}).to_string();
            parse(&listing).unwrap();
            let _ = parse(&text);
            for text in [text, listing] {
                let _ = super::super::host_json::parse(&text);
            }
        }
    }
}
