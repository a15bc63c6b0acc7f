//! Plans for sample machines.

mod believed;
mod luns;
mod store;

use super::*;
use firn_config::{Bond, BondMode, DiskRule, NicRule, Pattern, Port, Size, Uplink, Wipe};
use firn_machine::samples::{disk, nic, server};
use firn_machine::{BootMode, Content, Disk, Finding, Unfit, Virtualization};

fn pattern(text: &str) -> Option<Pattern> {
    Some(Pattern(text.into()))
}

fn answers() -> Answers {
    let mut answers = Answers::default();
    answers.host.name = "xen1.example.net".into();
    answers
}

/// The problems as the refusal shows them.
fn problems(machine: &Machine, answers: &Answers) -> String {
    let problems = plan(machine, answers).expect_err("there should be no plan");
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn used(name: &str) -> Disk {
    Disk {
        contents: vec![Content {
            device: format!("{name}1"),
            what: "ext4 \"data\"".into(),
            set: None,
        }],
        ..disk(name, 20_000_000_000)
    }
}

fn installed(name: &str) -> Disk {
    let firn = FirnHost {
        id: "1a2b3c4d00000000000000000000ffff".into(),
        name: "xen7".into(),
        version: "0.1.0".into(),
    };
    Disk {
        firn: Some(firn),
        ..used(name)
    }
}

#[test]
fn only_a_firn_that_starts_is_one_to_start() {
    let one = |disk: Disk| Machine {
        disks: vec![disk],
        ..server()
    };
    let lost = Disk {
        firn_unstartable: true,
        ..installed("vda")
    };
    for (disk, expected) in [
        (installed("vda"), true),
        (lost.clone(), false),
        (store("vda"), false),
        (used("vda"), false),
    ] {
        let machine = one(disk);
        let found = super::installed(&machine, &answers()).is_some();
        assert_eq!(found, expected, "{:?}", machine.disks);
    }
    // What is left of it is not overwritten all the same.
    let refused = problems(&one(lost), &answers());
    assert!(refused.contains("1a2b3c4d"), "{refused}");
}

/// A further disk of that host's store.
fn store(name: &str) -> Disk {
    let host = installed(name);
    Disk {
        store_of: host.firn.clone(),
        firn: None,
        ..host
    }
}

#[test]
fn one_empty_disk_and_one_link_are_enough() {
    let plan = plan(&server(), &answers()).unwrap();
    assert_eq!(plan.disk.path, "/dev/vda");
    assert_eq!(plan.uplink, ["enp1s0"]);
    assert_eq!(plan.settings.network.uplink, Uplink::Nic("nic0".into()));
    assert_eq!(
        (plan.boot.serial, plan.boot.dom0_memory_mib),
        (Some(0), 1536)
    );
    insta::assert_snapshot!(Text::join(plan.describe(), "\n"), @r#"
    /dev/vda is empty; nothing is destroyed.
    /dev/vda (20 GB) becomes the disk of xen1.example.net.
    4.3 GB for the host's state, about 13 GB for guests in an LVM thin pool.
    Network on enp1s0 (52:54:00:00:00:01, nic0 on the host): IPv4 DHCP, IPv6 automatic.
    root comes in with no SSH key over SSH; there is no password, so nobody can log in on the console: the way back in is the installation medium's rescue shell.
    "#);
}

#[test]
fn two_disks_without_a_rule_are_listed() {
    let mut machine = server();
    machine.disks.push(Disk {
        serial: Some("S2".into()),
        model: Some("Fast Disk".into()),
        ..disk("vdb", 30_000_000_000)
    });
    insta::assert_snapshot!(problems(&machine, &answers()), @r"problem disk.target: without a rule 2 of 2 disks are possible: /dev/vda (20 GB), /dev/vdb (30 GB, Fast Disk) serial S2; not taken: /dev/sr0 (200 MB) is the installation medium; name the disk by serial, wwn, model, bus, size or path");
}

#[test]
fn rules_say_for_each_disk_why_not() {
    let mut machine = server();
    machine.disks.push(Disk {
        serial: Some("S2".into()),
        ..disk("vdb", 30_000_000_000)
    });
    let mut answers = answers();
    answers.disk.target.serial = pattern("S1*");
    answers.disk.target.min_size = Some(Size(16_000_000_000));
    insta::assert_snapshot!(problems(&machine, &answers), @r#"problem disk.target: disk.target = { serial = "S1*", min-size = "16G" } matches 0 of 2 disks: /dev/vda (20 GB) shows no serial, "S1*" is asked; /dev/sr0 (200 MB) is the installation medium; /dev/vdb (30 GB) has the serial "S2", "S1*" is asked"#);
}

#[test]
fn a_disk_that_is_not_there_yet_is_waited_for() {
    let none = Machine {
        disks: vec![],
        ..server()
    };
    assert!(lacks_disks(&none, &answers()));
    assert!(!lacks_disks(&server(), &answers()));
    let mut wish = answers();
    wish.guests.disks = vec![DiskRule {
        path: pattern("/dev/nobody"),
        ..DiskRule::default()
    }];
    assert!(lacks_disks(&server(), &wish), "a further disk, too");
}

#[test]
fn too_small_and_too_large_are_told_in_sizes() {
    let mut machine = server();
    machine.disks = vec![
        disk("sda", 8_000_000_000),
        disk("sdb", 15_999_999_999),
        disk("sdc", 4_000_000_000_000),
    ];
    let mut answers = answers();
    answers.disk.target.min_size = Some(Size(16_000_000_000));
    answers.disk.target.max_size = Some(Size(1_000_000_000_000));
    insta::assert_snapshot!(problems(&machine, &answers), @r#"problem disk.target: disk.target = { min-size = "16G", max-size = "1T" } matches 0 of 3 disks: /dev/sda is 8 GB, at least 16 GB asked; /dev/sdb is 15999999999 bytes, at least 16000000000 bytes asked; /dev/sdc is 4 TB, at most 1 TB asked"#);
}

#[test]
fn wipe_judges_the_chosen_disk() {
    let table: [(Disk, Wipe, bool); 13] = [
        (disk("vda", 20_000_000_000), Wipe::Empty, true),
        (
            disk("vda", 20_000_000_000),
            Wipe::Host("1a2b3c4d".into()),
            true,
        ),
        (used("vda"), Wipe::Empty, false),
        (used("vda"), Wipe::Any, true),
        (used("vda"), Wipe::Host("1a2b3c4d".into()), false),
        (installed("vda"), Wipe::Empty, false),
        (installed("vda"), Wipe::Any, false),
        (installed("vda"), Wipe::Host("1a2b3c4d".into()), true),
        (installed("vda"), Wipe::Host("00000000".into()), false),
        (store("vda"), Wipe::Empty, false),
        (store("vda"), Wipe::Any, false),
        (store("vda"), Wipe::Host("1a2b3c4d".into()), true),
        (store("vda"), Wipe::Host("00000000".into()), false),
    ];
    for (disk, wipe, allowed) in table {
        let machine = Machine {
            disks: vec![disk.clone()],
            ..server()
        };
        let mut answers = answers();
        answers.disk.wipe = wipe.clone();
        let result = plan(&machine, &answers);
        assert_eq!(result.is_ok(), allowed, "{disk:?} {wipe:?}: {result:?}");
        if let Err(problems) = result {
            assert!(
                problems[0].name == "disk.wipe"
                    && problems[0].text.to_string().contains("/dev/vda"),
                "{problems:?}"
            );
        }
    }
}

#[test]
fn a_small_disk_fails_its_check_unless_skipped() {
    let machine = Machine {
        disks: vec![disk("vda", 15_900_000_000)],
        ..server()
    };
    assert!(problems(&machine, &answers()).starts_with("problem disk-size: /dev/vda (15.9 GB)"));
    let mut answers = answers();
    answers.checks.skip = vec!["disk-size".into()];
    assert!(plan(&machine, &answers).is_ok());
    let tiny = Machine {
        disks: vec![disk("vda", 2_000_000_000)],
        ..server()
    };
    assert!(problems(&tiny, &answers).starts_with("problem disk-size"));
}

#[test]
fn a_bios_does_not_start_from_the_chosen_disk_with_large_blocks() {
    let mut large = disk("vda", 20_000_000_000);
    large.logical_block_size = 4096;
    let mut machine = Machine {
        disks: vec![large, disk("vdb", 20_000_000_000)],
        ..server()
    };
    let mut answers = answers();
    answers.disk.target.path = pattern("/dev/vda");
    machine.firmware.boot = BootMode::Uefi;
    assert!(plan(&machine, &answers).is_ok());
    machine.firmware.boot = BootMode::Bios;
    let said = "problem block-size: /dev/vda (20 GB) has blocks of 4096 bytes, from which a legacy BIOS cannot start: \
                start the machine by UEFI, or choose a disk with blocks of 512 bytes";
    assert_eq!(problems(&machine, &answers).trim_end(), said);
    // Where no other disk is there, the check of the machine has said it.
    machine.disks.truncate(1);
    assert_eq!(
        problems(&machine, &answers).matches("block-size:").count(),
        1
    );
    answers.checks.skip = vec!["block-size".into()];
    assert!(plan(&machine, &answers).is_ok());
}

#[test]
fn all_problems_come_at_once() {
    let mut machine = Machine {
        disks: vec![used("vda")],
        nics: vec![],
        memory_mib: 512,
        ..server()
    };
    machine.cpu.virtualization = Finding::Known(Virtualization::Absent);
    let mut answers = answers();
    let names: Vec<String> = plan(&machine, &answers)
        .unwrap_err()
        .into_iter()
        .map(|p| p.name)
        .collect();
    assert_eq!(
        names,
        [
            "virtualization",
            "memory",
            "nics",
            "disk.wipe",
            "network.interface"
        ]
    );
    answers.checks.skip = vec!["virtualization".into(), "memory".into(), "nics".into()];
    assert_eq!(plan(&machine, &answers).unwrap_err().len(), 2);
}

#[test]
fn several_links_without_a_rule_are_listed() {
    let mut machine = server();
    machine.nics.push(nic("enp2s0", 2, true));
    machine.nics.push(nic("enp3s0", 3, false));
    insta::assert_snapshot!(problems(&machine, &answers()), @r#"problem network.interface: 2 NICs have a link, say which with network.interface, for example { mac = "52:54:00:00:00:01" }: enp1s0 (52:54:00:00:00:01, virtio_net, link), enp2s0 (52:54:00:00:00:02, virtio_net, link), enp3s0 (52:54:00:00:00:03, virtio_net, no link)"#);
}

#[test]
fn nics_are_named_in_pci_order_and_found_by_rule() {
    let mut machine = server();
    machine.nics = vec![nic("eth9", 9, true), nic("eth2", 2, true)];
    let mut answers = answers();
    let rule = |mac: &str| NicRule {
        mac: pattern(mac),
        ..NicRule::default()
    };
    answers.network.port = Port::Interface(rule("52-54-00-00-00-09"));
    let settings = plan(&machine, &answers).unwrap().settings.network;
    assert_eq!(settings.uplink, Uplink::Nic("nic1".into()));
    assert_eq!(settings.nics[0].mac, "52:54:00:00:00:02");

    let members = vec![rule("52:54:00:00:00:09"), rule("52:54:00:00:00:02")];
    answers.network.port = Port::Bond(Bond {
        mode: BondMode::Lacp,
        members,
    });
    let plan_with_bond = plan(&machine, &answers).unwrap();
    let members = vec!["nic1".into(), "nic0".into()];
    assert_eq!(
        plan_with_bond.settings.network.uplink,
        Uplink::Bond {
            mode: BondMode::Lacp,
            members
        }
    );
    assert_eq!(plan_with_bond.uplink, ["eth9", "eth2"]);

    let twice = vec![rule("52:54:00:00:00:09"), rule("*:09")];
    answers.network.port = Port::Bond(Bond {
        mode: BondMode::Lacp,
        members: twice,
    });
    assert!(problems(&machine, &answers).contains("a second time"));
}

#[test]
fn disks_that_cannot_be_listed_are_not_no_disks() {
    let machine = Machine {
        disks: Vec::new(),
        unlisted: Some("`lsblk` took longer than 60 s".into()),
        ..server()
    };
    let mut answers = Answers::default();
    answers.checks.skip = vec!["disks".into()];
    let problems = plan(&machine, &answers).unwrap_err();
    let said: Vec<String> = problems.iter().map(|p| p.text.to_string()).collect();
    let sentence = "the disks of this machine cannot be listed: `lsblk` took longer than 60 s";
    assert!(said.iter().any(|text| text == sentence), "{said:?}");
    assert!(
        !said.iter().any(|text| text.contains("no disk")),
        "{said:?}"
    );
}
