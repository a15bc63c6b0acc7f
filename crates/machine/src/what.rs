//! What a disk or a partition holds.

use firn_config::Size;
use firn_words::{Text, say};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many of many things are named in one sentence.
pub const FEW: usize = 4;

/// What a disk or a partition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A file system, swap space or anything else with a signature: its kind as `wipefs` names it.
    FileSystem {
        /// ext4, ntfs, swap, …
        kind: String,
        /// Its label.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    /// An operating system, by its own name: "Debian GNU/Linux 13 (trixie)".
    System(String),
    /// An LVM physical volume: the name of its volume group, empty when it has none.
    Lvm(String),
    /// A member of a Linux RAID: its name, empty when it has none.
    LinuxRaid(String),
    /// A member of a RAID that the firmware made: the format of its metadata.
    FirmwareRaid(String),
    /// An encrypted volume: its label, empty when it has none.
    Encrypted(String),
    /// A member of a ZFS pool: the pool's name.
    Zfs(String),
    /// A partition without any known signature: its bytes.
    Partition(u64),
    /// A partition table of this kind, without partitions.
    EmptyTable(String),
    /// A partition table with which something is wrong.
    DamagedTable {
        /// What is wrong.
        damage: Damage,
        /// What it lists, as far as that can be read.
        partitions: Vec<Listed>,
    },
    /// A file system or a volume where a first partition begins, but no partition table.
    Untabled {
        /// ext4, ntfs, …
        kind: String,
        /// Its label.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// The byte of the disk that it begins at.
        at: u64,
    },
    /// No signature and no partition table, but not all zeros.
    UnknownData,
    /// Reading failed: why.
    Unreadable(Text),
    /// Something that this version does not know, in the words of the one that wrote it.
    #[serde(untagged)]
    Other(String),
}

/// What is wrong with a partition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// The one at the start is damaged, its copy at the end is whole.
    Start,
    /// Both are.
    Both,
    /// The first sector, without which nothing looks for it.
    FirstSector,
    /// It counts in blocks of so many bytes, which are not the disk's.
    Blocks(u32),
    /// Nothing is damaged, but the kernel shows no partitions.
    NotShown,
}

/// A partition that a table lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Listed {
    /// Its number.
    pub number: u32,
    /// Its name; empty when it has none.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

impl Listed {
    fn text(&self) -> Text {
        let size = Size(self.size);
        match self.name.as_str() {
            "" => say!(
                "check-holds-listed-number",
                number = self.number.to_string(),
                size = size
            ),
            name => say!("check-holds-listed", name = name, size = size),
        }
    }
}

impl What {
    /// In words: `ext4 "data"`.
    pub fn text(&self) -> Text {
        match self {
            Self::FileSystem { kind, label } => named(kind.into(), label.as_deref().unwrap_or("")),
            Self::System(name) => say!("check-holds-system", name = name),
            Self::Lvm(group) if group.is_empty() => say!("check-holds-lvm"),
            Self::Lvm(group) => say!("check-holds-lvm-of", group = group),
            Self::LinuxRaid(name) => named(say!("check-holds-linux-raid"), name),
            Self::FirmwareRaid(format) => say!("check-holds-firmware-raid", format = format),
            Self::Encrypted(label) => named(say!("check-holds-encrypted"), label),
            Self::Zfs(pool) => named(say!("check-holds-zfs"), pool),
            Self::Partition(size) => {
                say!("check-holds-partition", size = Size(*size))
            }
            Self::EmptyTable(kind) => say!("check-holds-table", kind = kind),
            Self::DamagedTable { damage, partitions } => damaged(*damage, partitions),
            Self::Untabled { kind, label, at } => say!(
                "check-holds-untabled",
                what = named(kind.into(), label.as_deref().unwrap_or("")),
                at = at.to_string()
            ),
            Self::UnknownData => say!("check-holds-unknown"),
            Self::Unreadable(reason) => say!("check-holds-unreadable", reason = reason),
            Self::Other(words) => words.into(),
        }
    }
}

fn damaged(damage: Damage, partitions: &[Listed]) -> Text {
    let count = partitions.len();
    let list = few(partitions.iter().map(Listed::text), "; ");
    let has = match damage {
        Damage::Both => say!("check-holds-table-legible", count = count, list = list),
        _ => say!("check-holds-table-lists", count = count, list = list),
    };
    match damage {
        Damage::Start => say!("check-holds-table-start", has = has),
        Damage::Both => say!("check-holds-table-both", has = has),
        Damage::FirstSector => say!("check-holds-table-first-sector", has = has),
        Damage::Blocks(size) => say!(
            "check-holds-table-blocks",
            size = size.to_string(),
            has = has
        ),
        Damage::NotShown => say!("check-holds-table-not-shown", has = has),
    }
}

/// The first few of many things, and how many more there are.
pub fn few(things: impl IntoIterator<Item = Text>, between: &str) -> Text {
    let mut things: Vec<Text> = things.into_iter().collect();
    // "and 1 more" would be no shorter than that one.
    if things.len() > FEW + 1 {
        let more = things.len() - FEW;
        things.truncate(FEW);
        return say!(
            "check-holds-more",
            first = Text::join(things, between),
            count = more
        );
    }
    Text::join(things, between)
}

fn named(what: Text, name: &str) -> Text {
    if name.is_empty() {
        return what;
    }
    Text::join([what, format!("\"{name}\"").into()], " ")
}

/// In English, as logs and answer files have it.
impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl Default for What {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl From<&str> for What {
    fn from(words: &str) -> Self {
        Self::Other(words.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_what_older_versions_wrote() {
        for (what, json, words) in [
            (
                What::FileSystem {
                    kind: "ext4".into(),
                    label: Some("data".into()),
                },
                r#"{"file-system":{"kind":"ext4","label":"data"}}"#,
                "ext4 \"data\"",
            ),
            (
                What::Lvm("vg0".into()),
                r#"{"lvm":"vg0"}"#,
                "an LVM volume of the group \"vg0\"",
            ),
            (
                What::UnknownData,
                r#""unknown-data""#,
                "data without a partition table",
            ),
            (What::from("swap, 4 GB"), r#""swap, 4 GB""#, "swap, 4 GB"),
        ] {
            assert_eq!(serde_json::to_string(&what).unwrap(), json);
            assert_eq!(serde_json::from_str::<What>(json).unwrap(), what);
            assert_eq!(what.to_string(), words);
        }
    }
}
