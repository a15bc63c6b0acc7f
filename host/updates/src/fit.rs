//! Whether an image fits a host.

use firn_config::Size;
use firn_image::Manifest;
use firn_words::{Text, say};

/// What is to be known of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The highest release that has proved itself on it.
    pub release: u64,
    /// The version of its settings.
    pub settings: u32,
    /// The generation of its start menu.
    pub grub: u32,
    /// Bytes that an image may take in a slot.
    pub room: u64,
    /// The kernel that drivers were added for on this host, if any were.
    pub drivers: Option<String>,
    /// Whether its owner wants an older release.
    pub older: bool,
}

/// Every reason why the image cannot be put onto the host.
pub fn unfit(manifest: &Manifest, host: &Host) -> Vec<Text> {
    let checks = [age, way, menu, settings, room, drivers];
    checks
        .iter()
        .filter_map(|check| check(manifest, host))
        .collect()
}

/// Whoever can make a host go back to an older release can use each hole that was mended since.
fn age(manifest: &Manifest, host: &Host) -> Option<Text> {
    let (found, had) = (manifest.release, host.release);
    if host.older || found > had {
        return None;
    }
    let (found, had) = (found.to_string(), had.to_string());
    if found == had {
        return Some(say!(
            "update-same",
            version = &manifest.version,
            release = found
        ));
    }
    Some(say!(
        "update-older",
        version = &manifest.version,
        release = found,
        had = had
    ))
}

fn way(manifest: &Manifest, host: &Host) -> Option<Text> {
    let (from, had) = (manifest.needs.from, host.release);
    let text = || {
        say!(
            "update-from",
            version = &manifest.version,
            from = from.to_string(),
            had = had.to_string()
        )
    };
    (had < from).then(text)
}

fn menu(manifest: &Manifest, host: &Host) -> Option<Text> {
    let (needed, has) = (manifest.needs.grub, host.grub);
    let text = || {
        say!(
            "update-menu",
            version = &manifest.version,
            needed = needed,
            has = has
        )
    };
    (has < needed).then(text)
}

fn settings(manifest: &Manifest, host: &Host) -> Option<Text> {
    let reads = &manifest.settings.reads;
    let known = || {
        reads
            .iter()
            .map(u32::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let text = || {
        say!(
            "update-settings",
            version = &manifest.version,
            known = known(),
            has = host.settings
        )
    };
    (!reads.contains(&host.settings)).then(text)
}

fn room(manifest: &Manifest, host: &Host) -> Option<Text> {
    let (size, room) = (manifest.size(), host.room);
    let text = || {
        say!(
            "update-room",
            version = &manifest.version,
            size = Size(size).text(),
            room = Size(room).text()
        )
    };
    (size > room).then(text)
}

/// A driver fits one kernel alone.
fn drivers(manifest: &Manifest, host: &Host) -> Option<Text> {
    let built = host.drivers.as_deref()?;
    let kernel = &manifest.kernel;
    let text = || {
        say!(
            "update-drivers",
            version = &manifest.version,
            kernel = kernel,
            built = built
        )
    };
    (built != kernel).then(text)
}

#[cfg(test)]
mod tests;
