//! Everything that a disk holds.

use super::lsblk::BlockDevice;
use super::signatures::Signature;
use super::{blank, lvm, signatures, systems};
use crate::machine::{Content, What};

/// Each partition with what it holds, signatures on the disk itself, the operating systems, and, where no signature is
/// known, whether there is data all the same.
pub fn of(device: &BlockDevice, groups: &lvm::Groups) -> Vec<Content> {
    let mut found = Vec::new();
    let partitions = device.children.iter().filter(|c| c.kind == "part");
    for part in partitions {
        let kinds = match signatures::read(&part.path) {
            Ok(list) if !list.is_empty() => list,
            _ => {
                found.push(content(part, What::Partition(part.size)));
                continue;
            }
        };
        found.extend(known(part, &kinds, groups));
    }
    found.extend(on_the_disk_itself(device, groups, found.is_empty()));
    systems::each_once(&mut found);
    found
}

fn on_the_disk_itself(device: &BlockDevice, groups: &lvm::Groups, bare: bool) -> Vec<Content> {
    let unreadable =
        |e: &dyn std::fmt::Display| vec![content(device, What::Unreadable(e.to_string()))];
    let list = match signatures::read(&device.path) {
        Ok(list) => list,
        Err(e) => return unreadable(&e),
    };
    let (tables, data): (Vec<_>, Vec<_>) = list.into_iter().partition(Signature::is_table);
    let found = known(device, &data, groups);
    if !bare || !found.is_empty() {
        return found;
    }
    if let Some(table) = tables.first() {
        return vec![content(device, What::EmptyTable(table.kind.clone()))];
    }
    match blank::is_blank(&device.path) {
        Ok(true) => Vec::new(),
        Ok(false) => vec![content(device, What::UnknownData)],
        Err(e) => unreadable(&e),
    }
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
