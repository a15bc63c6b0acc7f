//! A machine as a file that may leave the house: `firn-probe --record --mask`.

use crate::{BLANK_EDGES, Disk, Machine};
use firn_config::{is_placeholder_disk_serial, is_placeholder_wwn};
use std::collections::HashMap;

/// Digits of the shortest world wide name.
const WWN_DIGITS: usize = 16;

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
    if let Some(serial) = serial.filter(|s| !is_placeholder_disk_serial(s)) {
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
    // That there is nothing says nothing about this one disk, and must stay so.
    let edges = disk.edges.as_mut();
    if let Some(edges) = edges.filter(|edges| !edges.starts_with(BLANK_EDGES)) {
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
    let (folder, name) = link.split_once("/by-id/")?;
    let mut masked = replaced
        .iter()
        .map(|(real, pseudonym)| (replace_parts(name, real, pseudonym), real));
    let (name, _) = masked.find(|(masked, real)| masked != name && !is_left(masked, real))?;
    Some(format!("{folder}/by-id/{name}"))
}

/// The name of a link with each part of it that is this value masked. Parts are set off by other signs than letters and digits, but
/// for the digit that says of which kind a SCSI disk's name is ("scsi-35002538e01234567"). A word that only has the value in it is
/// another word.
fn replace_parts(name: &str, real: &str, pseudonym: &str) -> String {
    let is_sign = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let kind = |before: &str| {
        let rest = before.strip_suffix(|c: char| c.is_ascii_digit());
        real.len() >= WWN_DIGITS && rest.is_some_and(|rest| rest.ends_with('-'))
    };
    let (mut masked, mut done) = (String::new(), 0);
    for (at, _) in name.match_indices(real) {
        let (before, after) = (&name[..at], &name[at + real.len()..]);
        let begins = is_sign(before.chars().next_back()) || kind(before);
        if begins && is_sign(after.chars().next()) {
            masked.push_str(&name[done..at]);
            masked.push_str(pseudonym);
            done = at + real.len();
        }
    }
    masked.push_str(&name[done..]);
    masked
}

/// Whether a value that is long enough to be found again by chance only is still in there.
fn is_left(masked: &str, real: &str) -> bool {
    real.len() >= 6 && masked.contains(real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FirnHost;
    use crate::samples::{disk, nic, server};

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

    #[test]
    fn a_short_serial_number_is_masked_as_a_whole_word_only() {
        let serial = |real: &str| vec![(real.to_owned(), "SERIAL1".to_owned())];
        let wwn = vec![("5002538e01234567".to_owned(), "5002538000000001".to_owned())];
        let table = [
            (
                serial("disk"),
                "by-id/ata-QEMU_disk",
                Some("by-id/ata-QEMU_SERIAL1"),
            ),
            (
                serial("disk"),
                "by-id/usb-harddisk_disk-0:0-part1",
                Some("by-id/usb-harddisk_SERIAL1-0:0-part1"),
            ),
            (serial("disk"), "by-id/ata-QEMU_HARDDISK", None),
            (serial("a"), "by-id/virtio-a", Some("by-id/virtio-SERIAL1")),
            (
                serial("a"),
                "by-id/ata-a_a",
                Some("by-id/ata-SERIAL1_SERIAL1"),
            ),
            (
                serial("id"),
                "by-id/virtio-id",
                Some("by-id/virtio-SERIAL1"),
            ),
            (serial("PNA0M2"), "by-id/ata-XPNA0M2_PNA0M2", None),
            (serial("x"), "by-path/pci-x", Some("by-path/pci-x")),
            (serial("dev"), "by-uuid/dev", None),
            (
                wwn.clone(),
                "by-id/scsi-35002538e01234567",
                Some("by-id/scsi-35002538000000001"),
            ),
            (wwn, "by-id/wwn-0x5002538e01234567-part1", None),
        ];
        for (replaced, link, expected) in table {
            let masked = mask_link(&format!("/dev/disk/{link}"), &replaced);
            let expected = expected.map(|link| format!("/dev/disk/{link}"));
            assert_eq!(masked, expected, "{link}");
        }
    }

    #[test]
    fn blank_edges_stay_blank() {
        let with = |edges: &str| Disk {
            edges: Some(edges.into()),
            ..disk("sda", 1)
        };
        let mut machine = Machine {
            disks: vec![with("blank-12"), with("34"), with("34")],
            ..server()
        };
        mask(&mut machine);
        let edges: Vec<_> = machine.disks.into_iter().filter_map(|d| d.edges).collect();
        assert!(
            edges[0] == "blank-12" && edges[1] == edges[2] && edges[1] != "34",
            "{edges:?}"
        );
    }
}
