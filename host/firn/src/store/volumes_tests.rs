use super::*;

const FILE: &str = "VERSION=1.1.2\nIDTYPE=sys_wwid IDNAME=t10.one DEVNAME=/dev/sda5 PVID=ONE PART=5\n\
    IDTYPE=sys_wwid IDNAME=t10.two DEVNAME=/dev/sdb1 PVID=TWO PART=1\n";

fn pv(path: &str, label: &str, table: &str, uuid: &str) -> Device {
    Device {
        path: path.into(),
        pkname: Some(path.trim_end_matches(char::is_numeric).into()),
        kind: "part".into(),
        fstype: Some("LVM2_member".into()),
        uuid: Some(uuid.into()),
        partlabel: Some(label.into()),
        partn: path.chars().last().and_then(|digit| digit.to_digit(10)),
        ptuuid: Some(table.into()),
        ..Device::default()
    }
}

fn boot(lvm: &str) -> Boot {
    Boot {
        disk: lvm.trim_end_matches(char::is_numeric).into(),
        lvm: lvm.into(),
    }
}

fn listing(pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .map(|(device, pvid)| {
            format!("  Device {device} IDTYPE=sys_wwid IDNAME=x DEVNAME=x PVID={pvid}\n")
        })
        .collect()
}

/// Places in the order of the devices file, whether it must be written anew, and the lines that it then has.
fn look(
    file: &str,
    listing: &str,
    devices: &[Device],
    lvm: &str,
) -> (Vec<Place>, bool, Vec<String>) {
    let volumes = find(file, listing, devices, &boot(lvm));
    let places = volumes.iter().map(|v| v.place.clone()).collect();
    let text = super::file(&volumes);
    let lines = text.lines().filter(|line| line.starts_with("IDTYPE"));
    let lines = lines.map(str::to_owned).collect();
    (places, moved(&volumes), lines)
}

fn at(path: &str) -> Place {
    Place::At(path.into())
}

#[test]
fn disks_where_lvm_knows_them_change_nothing() {
    let devices = [
        pv("/dev/sda5", "firn-lvm", "host", "O-NE"),
        pv("/dev/sdb1", "firn-store", "host", "TW-O"),
    ];
    let known = listing(&[("/dev/sda5", "ONE"), ("/dev/sdb1", "TWO")]);
    let (places, moved, lines) = look(FILE, &known, &devices, "/dev/sda5");
    assert_eq!(places, [at("/dev/sda5"), at("/dev/sdb1")]);
    assert!(!moved);
    assert!(lines[0].contains("t10.one") && lines[1].contains("t10.two"));
}

#[test]
fn moved_disks_are_found_by_their_pvid() {
    let devices = [
        pv("/dev/vdb1", "firn-store", "host", "TW-O"),
        pv("/dev/nvme0n1p5", "firn-lvm", "host", "O-NE"),
        pv("/dev/vdc1", "", "", "GUEST"),
    ];
    let none = listing(&[("none", "ONE"), ("none", "TWO")]);
    let (places, moved, lines) = look(FILE, &none, &devices, "/dev/nvme0n1p5");
    assert_eq!(places, [at("/dev/nvme0n1p5"), at("/dev/vdb1")]);
    assert!(moved);
    assert_eq!(
        lines,
        [
            "IDTYPE=devname IDNAME=/dev/nvme0n1p5 DEVNAME=/dev/nvme0n1p5 PVID=ONE PART=5",
            "IDTYPE=devname IDNAME=/dev/vdb1 DEVNAME=/dev/vdb1 PVID=TWO PART=1"
        ],
        "the guest's is not among them"
    );
}

#[test]
fn a_lost_devices_file_is_made_again_from_the_tables() {
    let devices = [
        pv("/dev/vda5", "firn-lvm", "host", "O-NE"),
        pv("/dev/vdb1", "firn-store", "host", "TW-O"),
        pv("/dev/vdc1", "firn-store", "another host", "THREE"),
        pv("/dev/vdd1", "data", "host", "FOUR"),
    ];
    let (places, moved, lines) = look("", "", &devices, "/dev/vda5");
    assert_eq!(places, [at("/dev/vda5"), at("/dev/vdb1")]);
    assert!(moved);
    assert_eq!(lines.len(), 2);
}

#[test]
fn of_two_equal_disks_the_host_keeps_its_own() {
    let mut devices = vec![
        pv("/dev/sda5", "firn-lvm", "host", "O-NE"),
        pv("/dev/sdb1", "firn-store", "host", "TW-O"),
        pv("/dev/sdc5", "firn-lvm", "host", "O-NE"),
        pv("/dev/sdd1", "firn-store", "host", "TW-O"),
    ];
    // LVM still knows the original by its WWID, but the host runs from the copy.
    let known = listing(&[("/dev/sda5", "ONE"), ("/dev/sdb1", "TWO")]);
    let (places, moved, lines) = look(FILE, &known, &devices, "/dev/sdc5");
    assert_eq!(places, [at("/dev/sdc5"), at("/dev/sdb1")]);
    assert!(moved);
    assert!(lines[0].contains("IDNAME=/dev/sdc5") && lines[1].contains("t10.two"));
    // Where nothing tells the further disks apart, none is taken.
    let (places, _, lines) = look(FILE, "", &devices, "/dev/sda5");
    let both = vec!["/dev/sdb1".to_owned(), "/dev/sdd1".to_owned()];
    assert_eq!(places[1], Place::Several(both));
    assert_eq!(lines[1], "IDTYPE=devname IDNAME=. DEVNAME=. PVID=TWO");
    // A name proves nothing.
    let by_name = FILE.replace("sys_wwid IDNAME=t10.two", "devname IDNAME=/dev/sdb1");
    let (places, ..) = look(&by_name, &known, &devices, "/dev/sda5");
    assert!(matches!(places[1], Place::Several(_)));
    // With the copy gone, all is as it was.
    devices.truncate(2);
    let (places, ..) = look(&by_name, &known, &devices, "/dev/sda5");
    assert_eq!(places[1], at("/dev/sdb1"));
}

#[test]
fn of_several_paths_to_one_disk_one_is_taken() {
    let lun = |path: &str, wwn: &str| Device {
        wwn: Some(wwn.into()),
        ..pv(path, "firn-store", "host", "TW-O")
    };
    let (own, copy) = ("0x5000c500a1b2c3d4", "0x5000c500a1b2c3d5");
    let by_name = FILE.replace("sys_wwid IDNAME=t10.two", "devname IDNAME=/dev/sdb1");
    let paths = [
        pv("/dev/sda5", "firn-lvm", "host", "O-NE"),
        lun("/dev/sdc1", own),
        lun("/dev/sdb1", own),
    ];
    for file in [FILE, &by_name, ""] {
        let (places, ..) = look(file, "", &paths, "/dev/sda5");
        assert_eq!(places[1], at("/dev/sdb1"), "{file}");
    }
    // The one that LVM takes already stays, and so does its line.
    let known = listing(&[("/dev/sda5", "ONE"), ("/dev/sdc1", "TWO")]);
    let (places, moved, lines) = look(FILE, &known, &paths, "/dev/sda5");
    assert_eq!(places[1], at("/dev/sdc1"));
    assert!(!moved && lines[1].contains("t10.two"));
    // A copy beside them is one all the same, and what is filled in proves nothing.
    let with_copy = [&paths[..], &[lun("/dev/sdd1", copy)]].concat();
    let (places, ..) = look(&by_name, "", &with_copy, "/dev/sda5");
    let both = vec!["/dev/sdb1".to_owned(), "/dev/sdd1".to_owned()];
    assert_eq!(places[1], Place::Several(both));
    let zeros = "0x0000000000000000";
    let filled_in = [
        paths[0].clone(),
        lun("/dev/sdb1", zeros),
        lun("/dev/sdc1", zeros),
    ];
    let (places, ..) = look(&by_name, "", &filled_in, "/dev/sda5");
    assert!(matches!(places[1], Place::Several(_)));
}

#[test]
fn a_disk_that_was_taken_out_on_purpose_is_not_waited_for() {
    let devices = [pv("/dev/sda5", "firn-lvm", "host", "O-NE")];
    let whole = [
        &devices[..],
        &[pv("/dev/sdb1", "firn-store", "host", "TW-O")],
    ]
    .concat();
    let volumes =
        |listing: &str, devices: &[Device]| find(FILE, listing, devices, &boot("/dev/sda5"));
    let gone = listing(&[("/dev/sda5", "ONE"), ("none", "TWO")]);
    assert!(settled(&volumes(&gone, &devices), || false));
    assert!(
        !settled(&volumes(&gone, &devices), || true),
        "the group misses it"
    );
    // Where udev is only late, LVM lists a device.
    let late = listing(&[("/dev/sda5", "ONE"), ("/dev/sdb1", "TWO")]);
    assert!(!settled(&volumes(&late, &devices), || false));
    let unasked = || unreachable!("LVM is asked only where something is missing");
    assert!(settled(&volumes(&late, &whole), unasked));
}

#[test]
fn what_is_wrong_is_said() {
    let devices = [pv("/dev/sda5", "firn-lvm", "host", "O-NE")];
    let volumes = find(FILE, "", &devices, &boot("/dev/sda5"));
    assert_eq!(
        complaints(&volumes),
        [
            "a disk of the store is missing (physical volume TWO, last seen as /dev/sdb1): connect it, then restart the host"
        ]
    );
    // It is found again when it comes back, so its line stays.
    assert!(super::file(&volumes).contains("IDNAME=t10.two"));
    let mut several = volumes.clone();
    several[1].place = Place::Several(vec!["/dev/sdb1".into(), "/dev/sdd1".into()]);
    assert_eq!(
        complaints(&several),
        [
            "/dev/sdb1 and /dev/sdd1 hold the same part of the store (physical volume TWO), one is a copy of the other: \
             take the copy out, then restart the host"
        ]
    );
}
