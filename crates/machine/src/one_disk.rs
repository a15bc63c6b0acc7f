//! When two devices are one disk, by what they say of themselves and by what is on them.

use super::{Content, Disk, What};
use firn_config::Bus;

/// Whether two devices lead to one disk. Only buses that have several paths can show one twice, and nothing may speak against it:
/// size, blocks, serial number, model, or what is at the beginning and the end. For it speaks the same world wide name; where
/// there is none, the same serial number and model, with the same beginning and end, which must hold something. A placeholder is
/// neither.
pub fn one_disk(one: &Disk, other: &Disk) -> bool {
    has_paths(one)
        && has_paths(other)
        && one.size == other.size
        && one.logical_block_size == other.logical_block_size
        && nothing_against(one, other)
        && same_identity(one, other)
}

/// SAS, and all that Fibre Channel and iSCSI show as SCSI. SATA, USB and virtio have one path to a disk; of NVMe's the kernel makes
/// one disk by itself.
fn has_paths(disk: &Disk) -> bool {
    matches!(disk.bus, Some(Bus::Sas | Bus::Scsi))
}

fn nothing_against(one: &Disk, other: &Disk) -> bool {
    let agree = |has: fn(&Disk) -> &Option<String>| {
        let (one, other) = (word(has(one)), word(has(other)));
        // What one of the two does not say speaks against nothing.
        one.is_none() || other.is_none() || one == other
    };
    agree(|d| &d.serial)
        && agree(|d| &d.model)
        && agree(|d| &d.wwn)
        && agree(|d| &d.edges)
        && same_contents(one, other)
}

/// Whether both show the same things, as far as they show any: a path that is asleep shows none. Names of devices differ.
fn same_contents(one: &Disk, other: &Disk) -> bool {
    let shown = |disk: &Disk| disk.answers() && !disk.contents.is_empty();
    let firn = one.firn.is_none() || other.firn.is_none() || one.firn == other.firn;
    let each = || {
        let mut pairs = one.contents.iter().zip(&other.contents);
        one.contents.len() == other.contents.len() && pairs.all(|(a, b)| same_thing(a, b))
    };
    firn && (!shown(one) || !shown(other) || each())
}

/// LVM tells the group of a volume for one path only, so a group that is not told speaks against nothing.
fn same_thing(one: &Content, other: &Content) -> bool {
    let what = match (&one.what, &other.what) {
        (What::Lvm(one), What::Lvm(other)) => one.is_empty() || other.is_empty() || one == other,
        (one, other) => one == other,
    };
    what && (one.set.is_none() || other.set.is_none() || one.set == other.set)
}

fn same_identity(one: &Disk, other: &Disk) -> bool {
    match (one.real_wwn(), other.real_wwn()) {
        (Some(_), Some(_)) => true,
        (None, None) => {
            one.real_serial().is_some()
                && other.real_serial().is_some()
                && word(&one.model) == word(&other.model)
                && one.answers()
                && other.answers()
                && tells(&one.edges)
                && one.edges == other.edges
        }
        _ => false,
    }
}

/// How the digest of a beginning and an end begins that hold nothing: those of all blank disks are the same.
pub const BLANK_EDGES: &str = "blank-";

/// Whether the beginning and the end are known, and could tell this disk from another of its series.
fn tells(edges: &Option<String>) -> bool {
    let edges = edges.as_deref();
    edges.is_some_and(|edges| !edges.starts_with(BLANK_EDGES))
}

/// Whether the two could be one disk if their beginnings and ends agreed: then it is worth reading these.
pub fn could_be_one_disk(one: &Disk, other: &Disk) -> bool {
    let read = |disk: &Disk| Disk {
        edges: Some(String::new()),
        ..disk.clone()
    };
    one_disk(&read(one), &read(other))
}

/// A property as it is compared; nothing where there are only spaces.
fn word(property: &Option<String>) -> Option<String> {
    let word = property.as_deref().unwrap_or_default();
    let word = word.trim().to_lowercase();
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::super::samples::disk;
    use super::super::{Content, FirnHost};
    use super::*;

    const WWN: &str = "0x5000c500a1b2c3d4";

    fn with(wwn: Option<&str>, serial: Option<&str>, edges: Option<&str>) -> Disk {
        Disk {
            wwn: wwn.map(str::to_owned),
            serial: serial.map(str::to_owned),
            edges: edges.map(str::to_owned),
            model: Some("Generic SSD".into()),
            bus: Some(Bus::Sas),
            ..disk("sda", 20_000_000_000)
        }
    }

    #[test]
    fn the_same_name_is_the_same_disk_unless_something_speaks_against_it() {
        let first = with(Some(WWN), Some("S1"), Some("ab"));
        let table = [
            (
                with(Some("0X5000C500A1B2C3D4"), Some("S1"), Some("ab")),
                true,
            ),
            (with(Some(WWN), None, Some("ab")), true),
            // A path that is asleep gives nothing to read.
            (with(Some(WWN), Some("S1"), None), true),
            (with(Some(WWN), Some("S2"), Some("ab")), false),
            (with(Some(WWN), Some("S1"), Some("cd")), false),
            (
                with(Some("0x5000c500a1b2c3d5"), Some("S1"), Some("ab")),
                false,
            ),
            (with(Some(" "), Some("S1"), Some("ab")), false),
        ];
        for (other, expected) in table {
            assert_eq!(one_disk(&first, &other), expected, "{other:?}");
        }
    }

    #[test]
    fn size_blocks_bus_and_contents_speak_against_it() {
        let first = || with(Some(WWN), Some("S1"), None);
        let holds = |label: &str| Disk {
            contents: vec![Content {
                what: What::Other(label.into()),
                ..Content::default()
            }],
            ..first()
        };
        let firn = |id: &str| Disk {
            firn: Some(FirnHost {
                id: id.into(),
                ..FirnHost::default()
            }),
            ..first()
        };
        let bus = |bus| Disk { bus, ..first() };
        let table = [
            (first(), first(), true),
            (first(), bus(Some(Bus::Scsi)), true),
            (first(), holds("a"), true),
            (holds("a"), holds("a"), true),
            (holds("a"), holds("b"), false),
            (firn("1a"), firn("2b"), false),
            (first(), Disk { size: 1, ..first() }, false),
            (
                first(),
                Disk {
                    logical_block_size: 4096,
                    ..first()
                },
                false,
            ),
            (bus(Some(Bus::Sata)), bus(Some(Bus::Sata)), false),
            (bus(Some(Bus::Usb)), bus(Some(Bus::Usb)), false),
            (bus(Some(Bus::Nvme)), bus(Some(Bus::Nvme)), false),
            (bus(Some(Bus::Virtio)), bus(Some(Bus::Virtio)), false),
            (bus(None), bus(None), false),
        ];
        for (one, other, expected) in table {
            assert_eq!(one_disk(&one, &other), expected, "{one:?} {other:?}");
            assert_eq!(one_disk(&other, &one), expected, "{one:?} {other:?}");
        }
    }

    #[test]
    fn lvm_tells_the_group_of_a_volume_for_one_path_only() {
        let lun = |what: &[What], set: Option<&str>| Disk {
            contents: what
                .iter()
                .map(|what| Content {
                    what: what.clone(),
                    set: set.map(Into::into),
                    ..Content::default()
                })
                .collect(),
            ..with(Some(WWN), Some("S1"), None)
        };
        let lvm = |name: &str| What::Lvm(name.into());
        let part = What::Partition(1);
        let table = [
            (lun(&[lvm("vg0")], Some("a")), lun(&[lvm("")], None), true),
            (
                lun(&[lvm("vg0"), lvm("")], None),
                lun(&[lvm(""), lvm("vg0")], None),
                true,
            ),
            (
                lun(&[part.clone(), lvm("vg0")], None),
                lun(&[part.clone(), lvm("")], None),
                true,
            ),
            (lun(&[lvm("vg0")], None), lun(&[lvm("vg1")], None), false),
            (
                lun(&[lvm("vg0")], Some("a")),
                lun(&[lvm("vg0")], Some("b")),
                false,
            ),
            (
                lun(&[lvm("vg0")], None),
                lun(std::slice::from_ref(&part), None),
                false,
            ),
            (lun(&[lvm("vg0")], None), lun(&[lvm(""), part], None), false),
        ];
        for (one, other, expected) in table {
            assert_eq!(one_disk(&one, &other), expected, "{one:?} {other:?}");
            assert_eq!(one_disk(&other, &one), expected, "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_path_that_is_asleep_says_nothing() {
        let asleep = |disk: Disk| Disk {
            contents: vec![Content {
                what: What::Unreadable("Input/output error (os error 5)".into()),
                ..Content::default()
            }],
            unread: Some("Input/output error (os error 5)".into()),
            ..disk
        };
        let awake = |disk: Disk| Disk {
            contents: vec![Content::default()],
            ..disk
        };
        let named = || with(Some(WWN), None, None);
        assert!(one_disk(&asleep(named()), &awake(named())));
        assert!(one_disk(&awake(named()), &asleep(named())));
        assert!(one_disk(&asleep(named()), &asleep(named())));
        // Without a name only what is on it could tell, and of a sleeping path nothing is known.
        let nameless = || with(None, Some("S1"), Some("ab"));
        assert!(!one_disk(&asleep(nameless()), &awake(nameless())));
        assert!(!one_disk(&asleep(nameless()), &asleep(nameless())));
    }

    #[test]
    fn without_a_name_serial_model_and_what_is_on_it_decide() {
        let table = [
            (Some(""), Some("S1"), Some("ab"), true),
            (None, Some("S1"), None, false),
            (None, None, Some("ab"), false),
            (None, Some("0000000000000000"), Some("ab"), false),
            (Some("0x0000000000000000"), None, Some("ab"), false),
            (
                Some("0x5000000000000000"),
                Some("SN000000"),
                Some("ab"),
                false,
            ),
            // Two blank disks of one series, which an adapter gives the serial number of its own.
            (None, Some("S1"), Some("blank-ab"), false),
            // The name is none, the serial number is one.
            (Some("0x0000000000000000"), Some("S1"), Some("ab"), true),
        ];
        for (wwn, serial, edges, expected) in table {
            let disk = || with(wwn, serial, edges);
            assert_eq!(one_disk(&disk(), &disk()), expected, "{:?}", disk());
        }
        let unread = with(None, Some("S1"), None);
        assert!(could_be_one_disk(&unread, &unread));
    }
}
