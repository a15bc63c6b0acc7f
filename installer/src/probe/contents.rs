//! Everything that a disk holds.

use super::lsblk::BlockDevice;
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
        found.extend(
            kinds
                .iter()
                .map(|s| content(part, s.what(groups.of(&part.path)))),
        );
        found.extend(
            systems::on(part, &kinds)
                .into_iter()
                .map(|name| content(part, What::System(name))),
        );
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
    let data = list.iter().filter(|s| !s.is_table());
    let found: Vec<Content> = data
        .map(|s| content(device, s.what(groups.of(&device.path))))
        .collect();
    if !bare || !found.is_empty() {
        return found;
    }
    if let Some(table) = list.first() {
        return vec![content(device, What::EmptyTable(table.kind.clone()))];
    }
    match blank::is_blank(&device.path) {
        Ok(true) => Vec::new(),
        Ok(false) => vec![content(device, What::UnknownData)],
        Err(e) => unreadable(&e),
    }
}

fn content(device: &BlockDevice, what: What) -> Content {
    Content {
        device: device.name.clone(),
        what,
    }
}
