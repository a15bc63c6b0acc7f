//! Several paths to one disk, as Fibre Channel and SAS have them: nothing is made of them while the installer runs, so
//! every path shows as a disk of its own.

use crate::machine::{Disk, Machine, Unfit};

/// The disks of the machine that are other paths to this one, be it by way of a third.
pub fn other_paths<'a>(machine: &'a Machine, disk: &'a Disk) -> Vec<&'a Disk> {
    let mut group = vec![disk];
    let mut next = 0;
    while let Some(known) = group.get(next).copied() {
        let new = |d: &&Disk| same(known, d) && !group.iter().any(|g| std::ptr::eq(*g, *d));
        let new: Vec<&Disk> = machine.disks.iter().filter(new).collect();
        group.extend(new);
        next += 1;
    }
    group.split_off(1)
}

/// Whether writing to one of them would change what the other shows.
pub fn entangled(machine: &Machine, one: &Disk, other: &Disk) -> bool {
    std::ptr::eq(one, other)
        || other_paths(machine, one)
            .iter()
            .any(|path| std::ptr::eq(*path, other))
}

/// Whether two devices lead to one disk. The world wide name says so, unless another property speaks against it: there are
/// disks that bear the name of their whole series.
pub fn same(one: &Disk, other: &Disk) -> bool {
    let path_to = |path: &Disk, disk: &Disk| matches!(&path.unfit, Some(Unfit::MultipathMember(of)) if *of == disk.name);
    let one_name = one.name == other.name || one.path == other.path;
    if one_name || path_to(one, other) || path_to(other, one) {
        return true;
    }
    let wwn = |disk: &Disk| {
        let wwn = disk.wwn.as_deref().unwrap_or_default();
        wwn.trim().to_lowercase()
    };
    let agree = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => a.trim().eq_ignore_ascii_case(b.trim()),
        _ => true,
    };
    !wwn(one).is_empty()
        && wwn(one) == wwn(other)
        && one.size == other.size
        && agree(&one.serial, &other.serial)
        && agree(&one.model, &other.model)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::samples::disk;

    fn with(name: &str, wwn: &str, serial: Option<&str>) -> Disk {
        Disk {
            wwn: Some(wwn.into()),
            serial: serial.map(str::to_owned),
            ..disk(name, 20_000_000_000)
        }
    }

    #[test]
    fn paths_are_known_by_name_size_and_serial() {
        let first = with("sda", "0x5000c500a1b2c3d4", Some("S1"));
        let table = [
            (with("sdb", "0x5000C500A1B2C3D4", Some("S1")), true),
            (with("sdb", "0x5000c500a1b2c3d4", None), true),
            (with("sdb", "0x5000c500a1b2c3d4", Some("S2")), false),
            (with("sdb", "0x5000c500a1b2c3d5", Some("S1")), false),
            (with("sdb", " ", Some("S1")), false),
        ];
        for (other, expected) in table {
            assert_eq!(same(&first, &other), expected, "{other:?}");
        }
        let mut nameless = disk("sdc", 1);
        assert!(!same(&disk("sda", 1), &nameless));
        nameless.unfit = Some(Unfit::MultipathMember("sda".into()));
        assert!(same(&disk("sda", 1), &nameless));
    }
}
