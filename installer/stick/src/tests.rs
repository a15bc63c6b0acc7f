use super::trouble::{mount_text, work_text};
use super::*;
use rustix::io::Errno;
use std::io;

fn device(name: &str, kind: &str, fstype: &str) -> BlockDevice {
    BlockDevice {
        name: name.into(),
        path: format!("/dev/{name}"),
        kind: kind.into(),
        size: 8_000_000_000,
        fstype: (!fstype.is_empty()).then(|| fstype.into()),
        ..BlockDevice::default()
    }
}

fn usb(name: &str, fstype: &str, children: Vec<BlockDevice>) -> BlockDevice {
    BlockDevice {
        tran: Some("usb".into()),
        model: Some("Ultra ".into()),
        children,
        ..device(name, "disk", fstype)
    }
}

fn names(devices: &[BlockDevice], medium: Option<&str>) -> Vec<String> {
    let show = |s: Stick| {
        let usable = match (&s.problem, s.writable) {
            (Some(_), _) => "unusable",
            (None, true) => "rw",
            (None, false) => "ro",
        };
        format!("{} {usable}", s.name)
    };
    choose(devices, medium).into_iter().map(show).collect()
}

#[test]
fn partitions_whole_sticks_and_cds_are_listed_inner_disks_are_not() {
    let mounted = BlockDevice {
        mountpoints: vec![Some("/mnt".into())],
        ..device("sdc1", "part", "vfat")
    };
    let devices = [
        device("sda", "disk", "ext4"),
        usb(
            "sdb",
            "",
            vec![
                device("sdb1", "part", "vfat"),
                device("sdb2", "part", "ntfs"),
            ],
        ),
        usb("sdc", "", vec![mounted]),
        usb("sdd", "exfat", vec![]),
        usb("sde", "", vec![]),
        usb("sdf", "crypto_LUKS", vec![]),
        device("sr0", "rom", "iso9660"),
        device("sr1", "rom", ""),
    ];
    assert_eq!(
        names(&devices, None),
        [
            "sdb1 rw",
            "sdb2 ro",
            "sdd rw",
            "sde unusable",
            "sdf unusable",
            "sr0 ro"
        ]
    );
    // The CD drive with the medium in it has nothing else.
    assert!(!names(&devices, Some("sr0")).contains(&"sr0 ro".into()));
}

#[test]
fn of_the_medium_only_a_partition_of_the_persons_own_and_only_for_reading() {
    let small = BlockDevice {
        size: 8_000_000,
        ..device("sdb2", "part", "vfat")
    };
    let iso = device("sdb1", "part", "iso9660");
    let own = device("sdb3", "part", "vfat");
    let stick = usb("sdb", "iso9660", vec![iso, small, own]);
    assert_eq!(names(&[stick], Some("sdb")), ["sdb3 ro"]);
}

#[test]
fn titles_are_short_and_whole() {
    let stick = choose(&[usb("sdb", "vfat", vec![])], None).remove(0);
    assert_eq!(stick.title().to_string(), "sdb: 8 GB (Ultra, vfat)");
    let stick = Stick {
        label: Some("DATA".into()),
        size: 8_000_000,
        model: None,
        ..stick
    };
    assert_eq!(stick.title().to_string(), "sdb: DATA, 8 MB (vfat)");
}

#[test]
fn each_trouble_has_its_sentence() {
    let stick = choose(&[usb("sdb", "vfat", vec![])], None).remove(0);
    let id = |text: Text| text.id().unwrap_or_default();
    let mounting = [
        (Errno::INVAL, true, "stick-broken"),
        (Errno::UCLEAN, true, "stick-broken"),
        (Errno::INVAL, false, "stick-gone"),
        (Errno::IO, true, "stick-unreadable"),
        (Errno::ROFS, true, "stick-read-only"),
        (Errno::NODEV, true, "stick-other-file-system"),
        (Errno::BUSY, true, "stick-other"),
    ];
    for (error, there, expected) in mounting {
        assert_eq!(id(mount_text(&stick, error, there)), expected, "{error:?}");
    }
    let working = [
        (Errno::NOSPC, true, "stick-full"),
        (Errno::IO, false, "stick-gone"),
        (Errno::IO, true, "stick-unreadable"),
        (Errno::UCLEAN, true, "stick-broken"),
        (Errno::NOENT, true, "stick-other"),
    ];
    for (error, there, expected) in working {
        assert_eq!(
            id(work_text(&stick, &error.into(), there)),
            expected,
            "{error:?}"
        );
    }
    let other = work_text(&stick, &io::Error::other("odd"), true).to_string();
    assert!(
        other.contains("odd") && other.contains("/dev/sdb"),
        "{other}"
    );
}

#[test]
fn a_stick_with_a_problem_is_never_mounted() {
    let stick = choose(&[usb("sde", "", vec![])], None).remove(0);
    let text = stick.read(|_| Ok(())).unwrap_err();
    assert_eq!(Some(&text), stick.problem.as_ref());
    assert_eq!(stick.write(|_| Ok(())).unwrap_err(), text);
    let read_only = choose(&[device("sr0", "rom", "iso9660")], None).remove(0);
    assert_eq!(
        read_only.write(|_| Ok(())).unwrap_err().id(),
        Some("stick-read-only")
    );
}
