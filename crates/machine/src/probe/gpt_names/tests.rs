use super::super::made::{ID, MIB, Made, SIZE};
use super::super::tables;
use super::*;

#[test]
fn names_tell_what_a_disk_is() {
    let table: &[(&[&str], Kind)] = &[
        (&[], Kind::Foreign),
        (
            &["firn-bios", ESP, UNFINISHED, "firn-b", LVM],
            Kind::Unfinished,
        ),
        (
            &["firn-bios", ESP, "firn-a", "firn-b", LVM],
            Kind::Installed,
        ),
        (&[ESP, "firn-a", "firn-b"], Kind::Installed),
        (&[LVM], Kind::Installed),
        (&["firn-b", LVM, "data"], Kind::Installed),
        (&[UNFINISHED, "data"], Kind::Foreign),
        (&[UNFINISHED], Kind::Unfinished),
        (&[ESP, UNFINISHED, "firn-a", LVM], Kind::Installed),
        (&["firn-store"], Kind::Store),
        (&["firn-store", "data"], Kind::Store),
        (&[ESP], Kind::Foreign),
        (&["EFI system partition", "root"], Kind::Foreign),
    ];
    for (names, expected) in table {
        assert_eq!(classify(names), *expected, "{names:?}");
    }
}

fn of(made: &Made) -> Layout {
    let path = made.file.path().to_str().unwrap();
    layout(path, &tables::read(path, made.block).unwrap())
}

fn host(id: &str) -> FirnHost {
    FirnHost {
        id: id.into(),
        name: "xen1".into(),
        version: "0.1.0".into(),
    }
}

#[test]
fn an_installed_firn_says_who_it_is() {
    let made = Made::host("firn-a");
    assert_eq!(of(&made), Layout::Installed(host(ID)));
    made.put(2 * MIB, &[0; 4096]);
    assert_eq!(
        of(&made),
        Layout::Installed(remains::with_id(ID.into())),
        "without its ESP"
    );
}

#[test]
fn a_disk_of_a_store_says_whose_it_is() {
    assert_eq!(
        of(&Made::store()),
        Layout::Store(remains::with_id(ID.into()))
    );
}

#[test]
fn an_unfinished_installation_is_no_firn_unless_it_starts() {
    let made = Made::host(UNFINISHED);
    assert_eq!(of(&made), Layout::Unfinished);
    for zapped in [512, SIZE - 512] {
        made.put(zapped, &[0; 512]);
        assert_eq!(of(&made), Layout::Unfinished, "{zapped}");
    }
    let made = Made::host(UNFINISHED);
    made.loader();
    assert_eq!(of(&made), Layout::Installed(host(ID)));
    made.put(512 + 60, b"xxxx");
    made.put(SIZE - 512 + 60, b"xxxx");
    assert_eq!(
        of(&made),
        Layout::Installed(host(ID)),
        "both copies damaged"
    );
    made.host_json(b"{");
    assert!(
        matches!(of(&made), Layout::Installed(_)),
        "and its host.json"
    );
}

#[test]
fn copies_that_do_not_agree_whether_it_was_finished_are_an_installed_firn() {
    let utf16 = |name: &str| -> Vec<u8> {
        let padded = format!("{name:\0<16}");
        padded.encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    for (first, second) in [("firn-a", UNFINISHED), (UNFINISHED, "firn-a")] {
        let made = Made::host("firn-a");
        let third = 2 * 128 + 56;
        made.put(1024 + third, &utf16(first));
        made.put(SIZE - 33 * 512 + third, &utf16(second));
        made.put(512 + 60, b"xxxx");
        made.put(SIZE - 512 + 60, b"xxxx");
        made.put(2 * MIB, &[0; 4096]);
        assert!(
            matches!(of(&made), Layout::Installed(_)),
            "{first}, {second}"
        );
    }
}

#[test]
fn a_bad_byte_in_its_name_makes_no_stranger_of_a_host() {
    let made = Made::host("firn-a");
    made.host_json(
        &[
            format!(r#"{{"id": "{ID}", "name": "x"#).as_bytes(),
            b"\xfcn1\", \"version\": \"0.1.0\"}",
        ]
        .concat(),
    );
    let name = "x\u{fffd}n1".into();
    assert_eq!(of(&made), Layout::Installed(FirnHost { name, ..host(ID) }));
    made.zap();
    assert!(matches!(of(&made), Layout::Installed(h) if h.id == ID));
}

#[test]
fn only_a_whole_table_that_the_kernel_reads_leads_to_a_host() {
    let read = |made: &Made| tables::read(made.file.path().to_str().unwrap(), made.block).unwrap();
    type Change<'c> = (&'c str, &'c dyn Fn(&Made));
    let change: &[Change<'_>] = &[
        ("the first header", &|made| made.put(512 + 60, b"xxxx")),
        ("an entry of the first copy", &|made| made.put(1084, b"x")),
        ("the first MiB", &|made| made.zap_start()),
        ("all of both", &|made| made.zap()),
    ];
    assert!(read(&Made::host("firn-a")).is_as_it_should_be(true));
    assert!(!read(&Made::host("firn-a")).is_as_it_should_be(false));
    for (what, change) in change {
        let made = Made::host("firn-a");
        change(&made);
        assert!(matches!(of(&made), Layout::Installed(_)), "{what}");
        assert!(!read(&made).is_as_it_should_be(false), "{what}");
        assert!(made.seen().firn_unstartable, "{what}");
    }
}

#[test]
fn what_is_left_of_a_firn_is_one() {
    // What is destroyed, and what then still speaks.
    let both_entries = |made: &Made| {
        made.put(1024 + 60, b"x");
        made.put(SIZE - 33 * 512 + 60, b"x");
    };
    let esp = |made: &Made| made.put(2 * MIB, &[0; 4096]);
    let made = Made::host("firn-a");
    both_entries(&made);
    assert_eq!(of(&made), Layout::Installed(host(ID)), "names and ESP");
    esp(&made);
    assert_eq!(
        of(&made),
        Layout::Installed(remains::with_id(ID.into())),
        "names and header"
    );
    made.put(512, &[0; 512]);
    made.put(SIZE - 512, &[0; 512]);
    assert!(
        matches!(of(&made), Layout::Installed(h) if h.id != ID && h.id.len() == 32),
        "LVM and names"
    );
    made.zap();
    let Layout::Installed(by_lvm) = of(&made) else {
        panic!("LVM alone")
    };
    assert_eq!(by_lvm.id.len(), 32);
    made.put(remains::LVM, &[0; 8192]);
    assert_eq!(of(&made), Layout::Foreign, "nothing is left");

    let made = Made::host("firn-a");
    made.zap();
    assert_eq!(of(&made), Layout::Installed(host(ID)), "the ESP");
    made.put(
        446,
        &[0x80, 0, 0, 0, 0x83, 0, 0, 0, 63, 0, 0, 0, 0, 8, 0, 0],
    );
    made.put(510, &[0x55, 0xaa]);
    assert_eq!(
        of(&made),
        Layout::Foreign,
        "another system was installed over it"
    );

    let made = Made::store();
    made.zap();
    assert!(matches!(of(&made), Layout::Store(host) if host.id == by_lvm.id));
}

#[test]
fn an_adapter_that_changes_the_size_of_blocks_makes_no_stranger_of_a_host() {
    let mut made = Made::host("firn-a");
    made.block = 4096;
    assert_eq!(of(&made), Layout::Installed(host(ID)));
    made.put(512, &[0; 512]);
    assert_eq!(of(&made), Layout::Installed(host(ID)));
}
