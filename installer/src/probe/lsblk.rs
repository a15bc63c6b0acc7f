//! Block devices as `lsblk` lists them.

use firn_command::cmd;
use serde::Deserialize;

const COLUMNS: &str =
    "NAME,PATH,TYPE,SIZE,MODEL,SERIAL,WWN,TRAN,LOG-SEC,RO,RM,MOUNTPOINTS,FSTYPE,LABEL";

/// A block device with what is made of it: partitions, volumes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct BlockDevice {
    /// Kernel name.
    pub name: String,
    /// Device file.
    pub path: String,
    /// disk, part, rom, loop, lvm, raid1, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Bytes.
    pub size: u64,
    pub model: Option<String>,
    pub serial: Option<String>,
    pub wwn: Option<String>,
    /// Transport: sata, usb, nvme, …
    pub tran: Option<String>,
    /// Bytes of a logical block.
    pub log_sec: u32,
    /// Read-only.
    pub ro: bool,
    /// Removable.
    pub rm: bool,
    pub mountpoints: Vec<Option<String>>,
    pub fstype: Option<String>,
    pub label: Option<String>,
    pub children: Vec<BlockDevice>,
}

#[derive(Deserialize)]
struct Listing {
    blockdevices: Vec<BlockDevice>,
}

impl BlockDevice {
    /// Serial number; nothing where there are only spaces.
    pub fn serial(&self) -> Option<String> {
        trimmed(self.serial.as_deref())
    }

    /// World wide name, likewise.
    pub fn wwn(&self) -> Option<String> {
        trimmed(self.wwn.as_deref())
    }

    /// The device and everything below it.
    pub fn flat(&self) -> Vec<&BlockDevice> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(|c| c.flat()));
        all
    }

    /// Whether its file system has this label, upper or lower case.
    pub fn has_label(&self, label: &str) -> bool {
        self.label
            .as_deref()
            .is_some_and(|l| l.trim().eq_ignore_ascii_case(label))
    }

    /// Whether it can be pulled out: a stick, a card, a CD.
    pub fn removable(&self) -> bool {
        self.rm || self.kind == "rom" || self.tran.as_deref() == Some("usb")
    }

    /// The first place where it, or something on it, is mounted.
    pub fn mounted(&self) -> Option<String> {
        self.flat()
            .into_iter()
            .flat_map(|d| d.mountpoints.iter().flatten())
            .next()
            .cloned()
    }
}

/// What a disk says of itself, with single spaces.
pub fn trimmed(value: Option<&str>) -> Option<String> {
    let value = value?.trim();
    (!value.is_empty()).then(|| value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// All block devices of the machine; empty when lsblk cannot say.
pub fn list() -> Vec<BlockDevice> {
    let text = cmd("lsblk", ["--json", "--bytes", "--output", COLUMNS]).read();
    text.map(|t| parse(&t)).unwrap_or_default()
}

/// The text of `lsblk --json`.
pub fn parse(text: &str) -> Vec<BlockDevice> {
    firn_command::json::parse::<Listing>(text)
        .map(|l| l.blockdevices)
        .unwrap_or_default()
}
