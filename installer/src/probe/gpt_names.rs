//! What a GUID partition table says about an installed or half-installed Firn, and about the further disks of its store.

use super::window::Window;
use crate::machine::FirnHost;
use fatfs::{FileSystem, FsOptions};
use gpt::disk::LogicalBlockSize;
use serde::Deserialize;
use std::io::{self, Read};

/// The name of the slot partition until an installation is finished.
const UNFINISHED: &str = "firn-installing";
const OURS: [&str; 5] = ["firn-bios", "firn-esp", UNFINISHED, "firn-b", "firn-lvm"];
/// The one partition of a further disk of the store.
const STORE: &str = "firn-store";

/// What a disk is to Firn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No table, or not Firn's.
    Foreign,
    /// An installation that never came to its end: counts as empty.
    Unfinished,
    /// An installed Firn.
    Installed(FirnHost),
    /// A further disk of this Firn's store; of the host no more than the id is known here.
    Store(FirnHost),
}

/// Reads the partition table of the disk `path`.
pub fn read(path: &str, block_size: u32) -> Layout {
    let block_size = if block_size == 4096 {
        LogicalBlockSize::Lb4096
    } else {
        LogicalBlockSize::Lb512
    };
    let Ok(table) = gpt::GptConfig::new()
        .logical_block_size(block_size)
        .open(path)
    else {
        return Layout::Foreign;
    };
    let used = || table.partitions().values().filter(|p| p.is_used());
    let names: Vec<&str> = used().map(|p| p.name.as_str()).collect();
    let kind = classify(&names);
    // The table's own id is the host id, on every disk of a host.
    let unknown = || FirnHost {
        id: table.guid().simple().to_string(),
        name: "unknown".into(),
        version: "unknown".into(),
    };
    match kind {
        Kind::Foreign => return Layout::Foreign,
        Kind::Unfinished => return Layout::Unfinished,
        Kind::Store => return Layout::Store(unknown()),
        Kind::Installed => {}
    }
    let bytes = table.logical_block_size().as_u64();
    let esp = used()
        .find(|p| p.name == "firn-esp")
        .map(|p| (p.first_lba * bytes, (p.last_lba - p.first_lba + 1) * bytes));
    let host = esp.and_then(|(start, size)| host_json(path, start, size).ok());
    // A damaged ESP does not make an installed Firn a stranger.
    Layout::Installed(host.unwrap_or_else(unknown))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Foreign,
    Unfinished,
    Installed,
    Store,
}

fn classify(names: &[&str]) -> Kind {
    if names.contains(&UNFINISHED) && names.iter().all(|n| OURS.contains(n)) {
        return Kind::Unfinished;
    }
    if names == [STORE] {
        return Kind::Store;
    }
    let installed = ["firn-esp", "firn-a", "firn-b", "firn-lvm"];
    if installed.iter().all(|n| names.contains(n)) {
        Kind::Installed
    } else {
        Kind::Foreign
    }
}

#[derive(Deserialize)]
struct HostJson {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
}

/// `EFI/firn/host.json` out of the ESP, without mounting it.
fn host_json(path: &str, start: u64, size: u64) -> io::Result<FirnHost> {
    let mut text = String::new();
    let esp = Window::open(path, start, size)?;
    let fs = FileSystem::new(esp, FsOptions::new())?;
    fs.root_dir()
        .open_file("EFI/firn/host.json")?
        .take(65536)
        .read_to_string(&mut text)?;
    let host: HostJson = serde_json::from_str(&text)?;
    let hex = host.id.len() == 32 && host.id.bytes().all(|b| b.is_ascii_hexdigit());
    if !hex {
        return Err(io::Error::other("the id in host.json is no host id"));
    }
    Ok(FirnHost {
        id: host.id.to_lowercase(),
        name: host.name,
        version: host.version,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, SeekFrom, Write};

    #[test]
    fn names_tell_what_a_disk_is() {
        let table: &[(&[&str], Kind)] = &[
            (&[], Kind::Foreign),
            (
                &[
                    "firn-bios",
                    "firn-esp",
                    "firn-installing",
                    "firn-b",
                    "firn-lvm",
                ],
                Kind::Unfinished,
            ),
            (
                &["firn-bios", "firn-esp", "firn-a", "firn-b", "firn-lvm"],
                Kind::Installed,
            ),
            (&["firn-installing", "data"], Kind::Foreign),
            (&["firn-installing"], Kind::Unfinished),
            (&["firn-store"], Kind::Store),
            (&["firn-store", "data"], Kind::Foreign),
            (&["EFI system partition", "root"], Kind::Foreign),
        ];
        for (names, expected) in table {
            assert_eq!(classify(names), *expected, "{names:?}");
        }
    }

    const MIB: u64 = 1 << 20;

    /// A disk image with Firn's partitions, and an ESP that holds `host_json` if it is given.
    fn disk(slot: &str, host_json: Option<&str>) -> (tempfile::NamedTempFile, uuid::Uuid) {
        let parts = [("firn-esp", 40), (slot, 1), ("firn-b", 1), ("firn-lvm", 1)];
        let (mut image, id) = table(&parts);
        if let Some(text) = host_json {
            let esp = esp(text);
            image.seek(SeekFrom::Start(MIB)).unwrap();
            image.write_all(&esp).unwrap();
        }
        (image, id)
    }

    /// A disk image with these partitions, their sizes in MiB, and the id of its table.
    fn table(parts: &[(&str, u64)]) -> (tempfile::NamedTempFile, uuid::Uuid) {
        let image = tempfile::NamedTempFile::new().unwrap();
        image.as_file().set_len(100 * MIB).unwrap();
        let id = uuid::Uuid::new_v4();
        let config = gpt::GptConfig::new().writable(true);
        let mut table = config
            .create_from_device(image.as_file(), Some(id))
            .unwrap();
        let mut start = MIB;
        for (number, &(name, mib)) in (1..).zip(parts) {
            let kind = gpt::partition_types::LINUX_FS;
            table
                .add_partition_at(name, number, start / 512, mib * MIB / 512, kind, 0)
                .unwrap();
            start += mib * MIB;
        }
        table.write_inplace().unwrap();
        (image, id)
    }

    fn esp(host_json: &str) -> Vec<u8> {
        let mut bytes = io::Cursor::new(vec![0; usize::try_from(40 * MIB).unwrap()]);
        fatfs::format_volume(&mut bytes, fatfs::FormatVolumeOptions::new()).unwrap();
        bytes.set_position(0);
        let fs = FileSystem::new(&mut bytes, FsOptions::new()).unwrap();
        fs.root_dir()
            .create_dir("EFI")
            .unwrap()
            .create_dir("firn")
            .unwrap();
        fs.root_dir()
            .create_file("EFI/firn/host.json")
            .unwrap()
            .write_all(host_json.as_bytes())
            .unwrap();
        fs.unmount().unwrap();
        bytes.into_inner()
    }

    fn layout(image: &tempfile::NamedTempFile) -> Layout {
        read(image.path().to_str().unwrap(), 512)
    }

    #[test]
    fn an_installed_firn_says_who_it_is() {
        let text = format!(
            r#"{{"id": "{}", "name": "xen1", "version": "0.1.0"}}"#,
            "1A2b3c4d".repeat(4)
        );
        let (image, _) = disk("firn-a", Some(&text));
        let host = FirnHost {
            id: "1a2b3c4d".repeat(4),
            name: "xen1".into(),
            version: "0.1.0".into(),
        };
        assert_eq!(layout(&image), Layout::Installed(host));
    }

    #[test]
    fn with_a_damaged_esp_the_tables_id_is_the_host_id() {
        let (image, id) = disk("firn-a", None);
        let Layout::Installed(host) = layout(&image) else {
            panic!("not found")
        };
        assert_eq!(host.id, id.simple().to_string());
    }

    #[test]
    fn a_disk_of_a_store_says_whose_it_is() {
        let (image, id) = table(&[("firn-store", 90)]);
        let Layout::Store(host) = layout(&image) else {
            panic!("not found")
        };
        assert_eq!(host.id, id.simple().to_string());
    }

    #[test]
    fn an_unfinished_installation_is_no_firn() {
        let (image, _) = disk(UNFINISHED, None);
        assert_eq!(layout(&image), Layout::Unfinished);
        assert_eq!(
            layout(&tempfile::NamedTempFile::new().unwrap()),
            Layout::Foreign
        );
    }
}
