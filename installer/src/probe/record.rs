//! A machine as a file that may leave the house: `firn-probe --record --mask`.

use crate::machine::{Disk, Machine, is_placeholder_serial, is_placeholder_wwn};
use std::collections::HashMap;

/// What stands for each real value; equal values get equal pseudonyms, so that rules and multipath still can be tried.
#[derive(Default)]
struct Pseudonyms(HashMap<String, String>);

impl Pseudonyms {
    fn of(&mut self, value: &str, make: impl Fn(usize) -> String) -> String {
        let next = self.0.len() + 1;
        let known = self.0.entry(value.to_lowercase());
        known.or_insert_with(|| make(next)).clone()
    }
}

/// Puts pseudonyms in the place of serial numbers, world wide names, MAC addresses, ids of volume groups and RAIDs, and ids and
/// names of Firn hosts. Links that do not come from one of those, or from the place where a disk is attached, are left out.
pub fn mask(machine: &mut Machine) {
    let mut names = Pseudonyms::default();
    for disk in &mut machine.disks {
        mask_disk(disk, &mut names);
    }
    for nic in &mut machine.nics {
        // The first half is the maker's, which says nothing about this one machine.
        let maker = nic.mac.get(..8).unwrap_or("02:00:00").to_owned();
        nic.mac = names.of(&nic.mac, |n| {
            format!("{maker}:00:{:02x}:{:02x}", n >> 8 & 0xff, n & 0xff)
        });
    }
}

fn mask_disk(disk: &mut Disk, names: &mut Pseudonyms) {
    let mut replaced = Vec::new();
    // A placeholder says nothing about this one disk, and must stay one.
    let serial = disk.serial.as_mut();
    if let Some(serial) = serial.filter(|s| !is_placeholder_serial(s)) {
        let pseudonym = names.of(serial, |n| format!("SERIAL{n}"));
        replaced.push((serial.replace(' ', "_"), pseudonym.clone()));
        *serial = pseudonym;
    }
    if let Some(wwn) = disk.wwn.as_mut().filter(|w| !is_placeholder_wwn(w)) {
        let kind = kind_and_maker(wwn);
        let pseudonym = names.of(wwn, |n| format!("{kind}{n:09x}"));
        replaced.push((wwn.clone(), pseudonym.clone()));
        // By-id names of SCSI disks have it without the 0x, behind a digit.
        replaced.push((
            wwn.trim_start_matches("0x").to_owned(),
            pseudonym.trim_start_matches("0x").to_owned(),
        ));
        *wwn = pseudonym;
    }
    if let Some(edges) = &mut disk.edges {
        *edges = names.of(edges, |n| format!("edges{n}"));
    }
    disk.links = std::mem::take(&mut disk.links)
        .iter()
        .filter_map(|link| mask_link(link, &replaced))
        .collect();
    for firn in [&mut disk.firn, &mut disk.store_of].into_iter().flatten() {
        firn.id = names.of(&firn.id, |n| format!("{n:08x}{n:024x}"));
        firn.name = names.of(&firn.name, |n| format!("host{n}"));
    }
    for set in disk.contents.iter_mut().filter_map(|c| c.set.as_mut()) {
        *set = names.of(set, |n| format!("set{n}"));
    }
}

/// The beginning of a world wide name, which is the same on all disks of its maker: without it the rest would be none.
fn kind_and_maker(wwn: &str) -> String {
    let digits = wwn.find(['x', '.']).map_or(0, |at| at + 1);
    match wwn.get(..digits + 7) {
        Some(begin) if !begin[digits..].bytes().all(|b| b == b'0') => begin.to_owned(),
        _ => format!("{}5a5a5a5", &wwn[..digits]),
    }
}

fn mask_link(link: &str, replaced: &[(String, String)]) -> Option<String> {
    if link.contains("/by-path/") {
        return Some(link.to_owned());
    }
    let (real, pseudonym) = replaced.iter().find(|(real, _)| link.contains(real))?;
    link.contains("/by-id/")
        .then(|| link.replace(real, pseudonym))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::FirnHost;
    use crate::machine::samples::{disk, nic, server};

    #[test]
    fn nothing_real_is_left_and_equal_stays_equal() {
        let lun = |name: &str| Disk {
            serial: Some("S45 PNA0M2".into()),
            wwn: Some("0x5002538e01234567".into()),
            links: [
                "by-id/ata-Example_S45_PNA0M2",
                "by-id/wwn-0x5002538e01234567",
                "by-id/scsi-35002538e01234567",
                "by-path/pci-0000:00:17.0-ata-1",
                "by-uuid/1111-2222",
            ]
            .map(|l| format!("/dev/disk/{l}"))
            .to_vec(),
            firn: Some(FirnHost {
                id: "1a2b3c4d".repeat(4),
                name: "xen1.example.net".into(),
                version: "0.1.0".into(),
            }),
            ..disk(name, 1)
        };
        let mut machine = Machine {
            disks: vec![lun("sda"), lun("sdb")],
            nics: vec![nic("eno1", 7, true)],
            ..server()
        };
        mask(&mut machine);
        let text = serde_json::to_string(&machine).unwrap().to_lowercase();
        for real in [
            "pna0m2",
            "5002538e01",
            "1111-2222",
            "1a2b3c4d",
            "xen1",
            "00:00:00:07",
        ] {
            assert!(!text.contains(real), "{real} in {text}");
        }
        let [a, b] = &machine.disks[..] else {
            unreachable!()
        };
        assert_eq!((&a.serial, &a.wwn), (&b.serial, &b.wwn));
        assert_eq!(
            a.links,
            [
                "/dev/disk/by-id/ata-Example_SERIAL1",
                "/dev/disk/by-id/wwn-0x5002538000000002",
                "/dev/disk/by-id/scsi-35002538000000002",
                "/dev/disk/by-path/pci-0000:00:17.0-ata-1",
            ]
        );
    }
}
