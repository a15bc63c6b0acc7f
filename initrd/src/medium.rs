//! Finding the image on a CD, a USB stick, a disk or virtual media.

use crate::devices::{self, Device};
use crate::filesystem::Kind;
use crate::{carrier, filesystem, manifest, modules, mounts};
use anyhow::{Result, bail};
use firn_image::file;
use firn_image::run::{IMAGE, MEDIUM as MOUNT};
use rustix::mount::{MountFlags, UnmountFlags, unmount};
use std::collections::BTreeMap;
use std::time::Duration;

/// Mounts the first file system that carries the image with this id; waits for late devices.
/// The error names every device that was looked at, and what was found there instead.
pub fn find_and_mount(image: &str, patience: Duration) -> Result<()> {
    modules::load(modules::MEDIUM);
    let mut seen = BTreeMap::new();
    let mut files = carrier::Search::begin(patience);
    let found = devices::wait_for(patience, Duration::ZERO, |devices| {
        look(devices, image, &mut seen).or_else(|| files.look(devices, image))
    });
    match found {
        Some(()) => Ok(()),
        None => bail!("{}", not_found(image, patience, &seen)),
    }
}

/// Tries the devices that have not been understood yet.
fn look(devices: &[Device], image: &str, seen: &mut BTreeMap<String, String>) -> Option<()> {
    // A device that vanished (a stick pulled out and in again) is new when it comes back.
    seen.retain(|name, _| devices.iter().any(|device| device.name == *name));
    for device in devices {
        if seen.get(&device.name).is_some_and(|what| !is_passing(what)) {
            continue;
        }
        match try_device(device, image) {
            Ok(()) => return Some(()),
            Err(what) => seen.insert(device.name.clone(), what),
        };
    }
    None
}

/// "empty" and read errors may pass (a slow drive, a CD put in now); all else is final.
fn is_passing(what: &str) -> bool {
    what == "empty" || what.starts_with("unreadable")
}

/// Mounts the device and keeps it mounted if it carries the image; otherwise says what it holds.
fn try_device(device: &Device, image: &str) -> Result<(), String> {
    let size = device.size();
    if size == 0 {
        // The kernel learns of a new disc when the drive is opened.
        let _ = std::fs::File::open(device.path());
        return Err("empty".into());
    }
    let head = filesystem::head(device.path()).map_err(|error| unreadable(&error))?;
    let kind = filesystem::kind(&head).ok_or("no image")?;
    mount_foreign(&device.path(), MOUNT, kind).map_err(|error| unreadable(&error))?;
    let verdict = verdict(kind, image);
    if verdict.is_err() {
        let _ = unmount(MOUNT, UnmountFlags::DETACH);
    }
    verdict
}

/// Mounts a foreign file system and leaves it as it is: ext4 would replay its journal even when mounted read-only.
pub fn mount_foreign(device: &str, target: &str, kind: Kind) -> Result<()> {
    let flags = MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    let data = match kind {
        Kind::Ext4 => "noload",
        // No file is a program: copies of them get the modes that they have on a CD.
        Kind::Vfat | Kind::Exfat => "fmask=0133,dmask=0022",
        Kind::Iso9660 => "",
    };
    mounts::mount(device, target, kind.name(), flags, data)
}

/// Whether what is mounted as the medium carries the image with this id; else what it holds.
pub fn verdict(kind: Kind, image: &str) -> Result<(), String> {
    let manifest = firn_visible::read_text(format!("{IMAGE}/{}", file::MANIFEST));
    manifest
        .map_err(|_| format!("{} without an image", kind.name()))
        .and_then(|text| matches(&text, image))
}

/// A drive that keeps its size but has lost its disc says so only now.
fn unreadable(error: &anyhow::Error) -> String {
    let io = error.root_cause().downcast_ref::<std::io::Error>();
    match io.and_then(std::io::Error::raw_os_error) {
        Some(number) if number == rustix::io::Errno::NOMEDIUM.raw_os_error() => "empty".into(),
        _ => format!("unreadable: {}", error.root_cause()),
    }
}

/// Whether this manifest belongs to the image that the kernel and initrd came from.
fn matches(text: &str, image: &str) -> Result<(), String> {
    let manifest = manifest::parse(text).map_err(|error| format!("{error:#}"))?;
    if manifest.id.eq_ignore_ascii_case(image) {
        return Ok(());
    }
    Err(format!(
        "another image, {} of Firn {}",
        manifest.id, manifest.version
    ))
}

fn not_found(image: &str, patience: Duration, seen: &BTreeMap<String, String>) -> String {
    let list: Vec<String> = seen
        .iter()
        .map(|(name, what)| format!("{name} ({what})"))
        .collect();
    let list = if list.is_empty() {
        "no disk and no CD drive at all".into()
    } else {
        list.join(", ")
    };
    format!(
        "looked {} s for the image {image} and found it on no device. Seen: {list}. \
         Put the medium in that this machine was started from, or connect it another way, and start again.",
        patience.as_secs()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_id_decides() {
        let manifest = r#"{"name":"firn","version":"0.1.0","id":"00112233aabbccdd","files":{}}"#;
        assert_eq!(matches(manifest, "00112233AABBCCDD"), Ok(()));
        assert_eq!(
            matches(manifest, "1").unwrap_err(),
            "another image, 00112233aabbccdd of Firn 0.1.0"
        );
        assert!(
            matches("{", "1")
                .unwrap_err()
                .starts_with("a broken manifest.json: ")
        );
    }

    #[test]
    fn what_was_seen_is_named() {
        let seen = BTreeMap::from([
            ("sda".to_owned(), "no image".to_owned()),
            ("sr0".to_owned(), "empty".to_owned()),
        ]);
        let text = not_found("12", Duration::from_secs(60), &seen);
        assert!(text.starts_with("looked 60 s for the image 12 and found it on no device. Seen: sda (no image), sr0 (empty)."));
        assert!(
            not_found("12", Duration::ZERO, &BTreeMap::new())
                .contains("no disk and no CD drive at all")
        );
    }
}
