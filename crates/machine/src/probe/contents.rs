//! Everything that a disk holds.

use super::signatures::Signature;
use super::tables::Tables;
use super::{blank, signatures, systems, untabled};
use crate::{Content, What};
use firn_disks::BlockDevice;
use firn_disks::lvm;
use std::fs::File;
use std::io;

/// Each partition with what it holds, signatures on the disk itself, what is wrong with its partition table, the operating
/// systems, and, where no signature is known, whether there is data all the same.
pub fn of(device: &BlockDevice, groups: &lvm::Groups, tables: &Tables) -> Vec<Content> {
    let partitions: Vec<&BlockDevice> = device
        .children
        .iter()
        .filter(|c| c.kind == "part")
        .collect();
    let trouble = tables.trouble(!partitions.is_empty());
    let mut found: Vec<Content> = trouble
        .map(|what| content(device, what))
        .into_iter()
        .collect();
    for part in partitions {
        match signatures::read(&part.path) {
            Ok(list) if !list.is_empty() => found.extend(known(part, &list, groups)),
            Ok(_) => found.push(content(part, What::Partition(part.size))),
            Err(reason) => found.push(content(part, What::Unreadable(reason.into()))),
        }
    }
    found.extend(on_the_disk_itself(device, groups, found.is_empty()));
    systems::each_once(&mut found);
    found
}

fn on_the_disk_itself(device: &BlockDevice, groups: &lvm::Groups, bare: bool) -> Vec<Content> {
    let unreadable = |reason: String| vec![content(device, What::Unreadable(reason.into()))];
    let list = match signatures::read(&device.path) {
        Ok(list) => list,
        Err(reason) => return unreadable(reason),
    };
    let (tables, data): (Vec<_>, Vec<_>) = list.into_iter().partition(Signature::is_table);
    let found = known(device, &data, groups);
    if !bare || !found.is_empty() {
        return found;
    }
    if let Some(table) = tables.first() {
        return vec![content(device, What::EmptyTable(table.kind.clone()))];
    }
    match is_blank(&device.path) {
        Ok(true) => Vec::new(),
        Ok(false) => unnamed(device),
        Err(error) => unreadable(error.to_string()),
    }
}

fn is_blank(path: &str) -> io::Result<bool> {
    let mut disk = File::open(path)?;
    let size = firn_table::size_of(&mut disk)?;
    blank::is_blank(&mut disk, size)
}

/// What lies on a disk that has neither a table nor a signature, by its name where it has one.
fn unnamed(device: &BlockDevice) -> Vec<Content> {
    let named = |(signature, at): (Signature, u64)| What::Untabled {
        kind: signature.kind,
        label: signature.label.filter(|label| !label.trim().is_empty()),
        at,
    };
    let mut found: Vec<What> = untabled::look(&device.path)
        .into_iter()
        .map(named)
        .collect();
    if found.is_empty() {
        found.push(What::UnknownData);
    }
    found
        .into_iter()
        .map(|what| content(device, what))
        .collect()
}

/// What the signatures say, and the operating systems in those file systems.
fn known(device: &BlockDevice, signatures: &[Signature], groups: &lvm::Groups) -> Vec<Content> {
    let what = signatures.iter().map(|s| signed(device, s, groups));
    let systems = systems::on(device, signatures).into_iter();
    let systems = systems.map(|name| content(device, What::System(name)));
    what.chain(systems).collect()
}

fn signed(device: &BlockDevice, signature: &Signature, groups: &lvm::Groups) -> Content {
    let group = groups.of(&device.path);
    let (name, uuid) = (
        group.map(|g| g.name.as_str()),
        group.map(|g| g.uuid.as_str()),
    );
    Content {
        set: signature.set(uuid),
        ..content(device, signature.what(name))
    }
}

fn content(device: &BlockDevice, what: What) -> Content {
    Content {
        device: device.name.clone(),
        what,
        set: None,
    }
}
