//! Which devices are the host's physical volumes: known by their PVID, wherever they are plugged in and whatever their disks call
//! themselves. Pure.

use super::disks::{self, Boot, Device};
use super::entry::{self, Entry};
use firn_image::disk::STORE;

/// What becomes of one physical volume.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// It is this device.
    At(String),
    /// No device has it.
    Missing,
    /// Several devices have it, and nothing tells which is the host's.
    Several(Vec<String>),
}

/// One physical volume of the host.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// As the devices file has it so far; a new one has no line.
    pub entry: Entry,
    /// Where it is.
    pub place: Place,
    /// The number of the partition there, if it is one.
    pub part: Option<u32>,
    /// Whether LVM lists a device for it, wherever.
    pub listed: bool,
    /// Whether LVM finds it there by its own entry.
    pub known: bool,
}

/// The host's physical volumes, out of the devices file, `lvmdevices`, and what there is. Those of other disks are never among them.
pub fn find(file: &str, listing: &str, devices: &[Device], boot: &Boot) -> Vec<Volume> {
    let mut entries = entry::entries(file);
    for pvid in own(devices, boot) {
        if entries.iter().all(|entry| entry.pvid != pvid) {
            entries.push(Entry {
                pvid,
                ..Entry::default()
            });
        }
    }
    let volume = |entry: Entry| {
        let seen = entry::seen(listing, &entry.pvid);
        let place = place(&entry, seen.as_deref(), devices, boot);
        let known = matches!(&place, Place::At(device) if seen.as_deref() == Some(device));
        let here = |d: &&Device| matches!(&place, Place::At(path) if d.path == *path);
        let part = devices.iter().find(here).and_then(|device| device.partn);
        Volume {
            entry,
            place,
            part,
            listed: seen.is_some(),
            known,
        }
    };
    entries.into_iter().map(volume).collect()
}

/// The PVIDs that are the host's by the tables of their disks, in which its id stands.
fn own(devices: &[Device], boot: &Boot) -> Vec<String> {
    let first = devices.iter().find(|device| device.path == boot.lvm);
    let id = first.and_then(|device| device.ptuuid.as_deref());
    let mut found: Vec<String> = first.and_then(Device::pvid).into_iter().collect();
    let further = devices.iter().filter(|device| {
        device.partlabel.as_deref() == Some(STORE) && id.is_some() && device.ptuuid.as_deref() == id
    });
    for pvid in further.filter_map(Device::pvid) {
        if !found.contains(&pvid) {
            found.push(pvid);
        }
    }
    found
}

/// The first disk is the one that the host runs from. Of two others with one PVID it is the one that LVM knows by a property of the disk.
fn place(entry: &Entry, seen: Option<&str>, devices: &[Device], boot: &Boot) -> Place {
    let has = |device: &&Device| device.pvid().as_ref() == Some(&entry.pvid);
    let mut all: Vec<&Device> = devices.iter().filter(has).collect();
    if all.iter().any(|device| device.path == boot.lvm) {
        return Place::At(boot.lvm.clone());
    }
    // Of several paths to one disk the one that LVM takes already stays, else it is the first.
    all.sort_by_key(|device| (Some(device.path.as_str()) != seen, &device.path));
    let mut found = one_path_each(&all, devices);
    found.sort();
    let seen = seen.filter(|seen| entry.is_stable() && found.iter().any(|path| path == seen));
    match (&found[..], seen) {
        ([], _) => Place::Missing,
        ([one], _) => Place::At(one.clone()),
        (_, Some(seen)) => Place::At(seen.to_owned()),
        _ => Place::Several(found),
    }
}

/// The first path to each disk.
fn one_path_each(all: &[&Device], devices: &[Device]) -> Vec<String> {
    let mut kept: Vec<&Device> = Vec::new();
    for device in all {
        let known = |k: &&Device| k.path == device.path || disks::one_disk(k, device, devices);
        if !kept.iter().any(known) {
            kept.push(device);
        }
    }
    kept.iter().map(|device| device.path.clone()).collect()
}

/// The devices file that has LVM see exactly these.
pub fn file(volumes: &[Volume]) -> String {
    let entry = |volume: &Volume| match &volume.place {
        Place::At(_) if volume.known => volume.entry.clone(),
        Place::At(device) => Entry::at(&volume.entry.pvid, device, volume.part),
        // By a name it could be taken for another.
        Place::Missing if volume.entry.is_stable() => volume.entry.clone(),
        Place::Missing | Place::Several(_) => Entry::nowhere(&volume.entry.pvid),
    };
    entry::file(&volumes.iter().map(entry).collect::<Vec<_>>())
}

/// Whether nothing has to be waited for: all are there, or those that are not belong to disks that were taken out of the volume group,
/// which LVM neither lists nor misses.
pub fn settled(volumes: &[Volume], lacks_volumes: impl FnOnce() -> bool) -> bool {
    let mut missing = volumes.iter().filter(|v| v.place == Place::Missing);
    let any = missing.clone().next().is_some();
    !any || missing.all(|volume| !volume.listed) && !lacks_volumes()
}

/// Whether the devices file must be written anew.
pub fn moved(volumes: &[Volume]) -> bool {
    volumes.iter().any(|volume| match &volume.place {
        Place::At(_) => !volume.known,
        Place::Missing => !volume.entry.is_stable() && volume.entry.idname != ".",
        Place::Several(_) => volume.entry.idname != ".",
    })
}

/// What is wrong with them, for people: one sentence each.
pub fn complaints(volumes: &[Volume]) -> Vec<String> {
    volumes.iter().filter_map(complaint).collect()
}

fn complaint(volume: &Volume) -> Option<String> {
    let pvid = &volume.entry.pvid;
    match &volume.place {
        Place::At(_) => None,
        Place::Missing => {
            let last = match volume.entry.devname.as_str() {
                "" | "." => String::new(),
                name => format!(", last seen as {name}"),
            };
            Some(format!(
                "a disk of the store is missing (physical volume {pvid}{last}): connect it, then restart the host"
            ))
        }
        Place::Several(paths) => Some(format!(
            "{} hold the same part of the store (physical volume {pvid}), one is a copy of the other: \
             take the copy out, then restart the host",
            paths.join(" and ")
        )),
    }
}

#[cfg(test)]
#[path = "volumes_tests.rs"]
mod tests;
