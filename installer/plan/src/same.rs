//! Several paths to one disk, as Fibre Channel and SAS have them: nothing is made of them while the installer runs, so
//! every path shows as a disk of its own.

use firn_machine::{Disk, Machine, Unfit, one_disk};

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

/// Whether two devices lead to one disk: by name, because probing found out, or by what they say of themselves.
pub fn same(one: &Disk, other: &Disk) -> bool {
    let path_to = |path: &Disk, disk: &Disk| matches!(&path.unfit, Some(Unfit::MultipathMember(of)) if *of == disk.name);
    let one_name = one.name == other.name || one.path == other.path;
    one_name || path_to(one, other) || path_to(other, one) || one_disk(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_machine::samples::disk;

    #[test]
    fn what_probing_found_out_counts() {
        let mut nameless = disk("sdc", 1);
        assert!(!same(&disk("sda", 1), &nameless));
        nameless.unfit = Some(Unfit::MultipathMember("sda".into()));
        assert!(same(&disk("sda", 1), &nameless));
    }
}
