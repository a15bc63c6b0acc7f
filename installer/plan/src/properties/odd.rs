//! Odd machines and answers for them.

use firn_config::{Answers, Bus, DiskRule, Pattern, Secret, Size, Wipe};
use firn_machine::samples::server;
use firn_machine::{Content, Disk, FirnHost, Machine, Unfit};
use proptest::prelude::*;

/// Few values for everything, so that disks are alike and rules match more often than by chance.
fn size() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => Just(480_000_000_000u64),
        2 => Just(16_000_000_000),
        1 => 15_999_000_000u64..16_001_000_000,
        1 => Just(0),
        1 => Just(u64::MAX),
        1 => any::<u64>(),
    ]
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        3 => Just(None),
        4 => "[abAB]{1,2}".prop_map(Some),
        1 => Just(Some("S€r ä\u{200b}\u{1f4be}".into())),
        1 => Just(Some(String::new())),
        1 => Just(Some("  ".into())),
        1 => Just(Some("*".into())),
        1 => any::<String>().prop_map(Some),
    ]
}

fn bus() -> impl Strategy<Value = Option<Bus>> {
    prop::option::of(prop_oneof![
        Just(Bus::Sata),
        Just(Bus::Nvme),
        Just(Bus::Usb)
    ])
}

fn unfit() -> impl Strategy<Value = Option<Unfit>> {
    prop_oneof![
        30 => Just(None),
        1 => Just(Some(Unfit::Medium)),
        1 => Just(Some(Unfit::ReadOnly)),
        1 => Just(Some(Unfit::Zoned)),
        1 => Just(Some(Unfit::Mounted("/mnt".into()))),
        1 => Just(Some(Unfit::RaidMember("md0".into()))),
        1 => name().prop_map(|of| Some(Unfit::MultipathMember(of))),
        1 => Just(Some(Unfit::Other(String::new()))),
    ]
}

/// Names meet, too: a broken record may hold one disk twice.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "sd[a-p]",
        1 => Just("nvme0n1".into()),
        1 => Just(String::new())
    ]
}

fn firn() -> impl Strategy<Value = Option<FirnHost>> {
    let host = |id: &str| {
        Some(FirnHost {
            id: id.into(),
            ..FirnHost::default()
        })
    };
    prop_oneof![
        16 => Just(None),
        2 => Just(host("1a2b3c4d00000000000000000000ffff")),
        1 => Just(host("1A2B3C4D")),
        1 => Just(host("00000000")),
        1 => Just(host("")),
        1 => Just(host("1a2b3c4ä")),
    ]
}

fn any_disk() -> impl Strategy<Value = Disk> {
    let is = (name(), size(), text(), text(), text(), bus());
    let paths = prop::collection::vec(name(), 0..2);
    let paths = prop_oneof![9 => Just(Vec::new()), 1 => paths];
    let edges = prop_oneof![2 => Just(None), 1 => "[ab]".prop_map(Some)];
    let state = (
        (paths, edges),
        unfit(),
        (firn(), prop_oneof![9 => Just(None), 1 => firn()]),
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.05),
    );
    (is, state).prop_map(|((name, size, serial, wwn, model, bus), state)| {
        let ((paths, edges), unfit, (firn, store_of), holds, large_blocks, unread) = state;
        let content = Content {
            device: name.clone(),
            what: firn_machine::What::Other("ext4 \"\u{202e}data\"".into()),
            set: Some("of several".into()),
        };
        Disk {
            path: format!("/dev/{name}"),
            links: vec![format!(
                "/dev/disk/by-id/{}",
                serial.as_deref().unwrap_or("x")
            )],
            contents: if holds { vec![content] } else { vec![] },
            logical_block_size: if large_blocks { 4096 } else { 512 },
            name,
            size,
            serial,
            wwn,
            model,
            bus,
            unfit,
            firn_unstartable: false,
            firn,
            store_of,
            edges,
            paths,
            removable: false,
            unread: unread.then(|| "Input/output error".into()),
        }
    })
}

/// Some disks show a second time under another name, as multipath devices do, with little changed.
fn disks() -> impl Strategy<Value = Vec<Disk>> {
    let twin = (any::<prop::sample::Index>(), name(), any_disk(), 0..4u8);
    let lists = (
        prop::collection::vec(any_disk(), 0..6),
        prop::collection::vec(twin, 0..3),
    );
    lists.prop_map(|(mut disks, twins)| {
        for (index, name, other, change) in twins {
            if disks.is_empty() {
                break;
            }
            let mut twin = Disk {
                path: format!("/dev/{name}"),
                name,
                ..index.get(&disks).clone()
            };
            match change {
                0 => twin.unfit = other.unfit,
                1 => twin.contents = other.contents,
                2 => twin.serial = other.serial,
                _ => twin.firn = other.firn,
            }
            disks.push(twin);
        }
        disks
    })
}

fn machines() -> impl Strategy<Value = Machine> {
    (disks(), prop::option::weighted(0.3, name())).prop_map(|(disks, medium)| Machine {
        disks,
        medium,
        ..server()
    })
}

fn pattern() -> impl Strategy<Value = Option<Pattern>> {
    prop_oneof![
        6 => Just(None),
        3 => "[abAB*]{1,2}".prop_map(|p| Some(Pattern(p))),
        1 => any::<String>().prop_map(|p| Some(Pattern(p))),
    ]
}

fn path() -> impl Strategy<Value = Option<Pattern>> {
    prop_oneof![
        4 => Just(None),
        4 => "/dev/sd[a-p*]".prop_map(|p| Some(Pattern(p))),
        1 => Just(Some(Pattern("*".into()))),
    ]
}

fn rule() -> impl Strategy<Value = DiskRule> {
    let limit = || prop::option::weighted(0.2, size().prop_map(Size));
    let all = (
        path(),
        pattern(),
        pattern(),
        pattern(),
        prop::option::weighted(0.2, bus()),
        limit(),
        limit(),
    );
    all.prop_map(
        |(path, serial, wwn, model, bus, min_size, max_size)| DiskRule {
            path,
            serial,
            wwn,
            model,
            bus: bus.flatten(),
            min_size,
            max_size,
        },
    )
}

/// A rule that is meant: it names a disk of the machine by one property or several, and sometimes one thing more.
fn meant(machine: &Machine) -> impl Strategy<Value = DiskRule> + use<> {
    let disks = machine.disks.clone();
    let all = (any::<prop::sample::Index>(), 0..5u8, rule());
    all.prop_map(move |(index, by, odd)| {
        if disks.is_empty() || by == 4 {
            return odd;
        }
        let disk = index.get(&disks);
        let exactly = |has: &Option<String>| has.clone().map(Pattern);
        let rule = DiskRule::default();
        match by {
            0 => DiskRule {
                path: Some(Pattern(disk.path.clone())),
                ..rule
            },
            1 => DiskRule {
                serial: exactly(&disk.serial),
                wwn: exactly(&disk.wwn),
                model: exactly(&disk.model),
                ..rule
            },
            2 => DiskRule {
                path: Some(Pattern(disk.path.clone())),
                serial: exactly(&disk.serial),
                ..rule
            },
            _ => DiskRule {
                path: Some(Pattern(disk.path.clone())),
                ..odd
            },
        }
    })
}

/// An odd machine, and answers that are meant for it, more or less.
pub fn all() -> impl Strategy<Value = (Machine, Answers)> {
    machines().prop_flat_map(|machine| {
        let answers = all_answers(&machine);
        (Just(machine), answers)
    })
}

fn all_answers(machine: &Machine) -> impl Strategy<Value = Answers> + use<> {
    let wipe = prop_oneof![
        1 => Just(Wipe::Empty),
        3 => Just(Wipe::Any),
        3 => Just(Wipe::Host("1a2b3c4d".into())),
        1 => Just(Wipe::Host(String::new())),
        1 => Just(Wipe::Host("00000000".into())),
        1 => Just(Wipe::Token(Secret("once".into())))
    ];
    let further = prop::collection::vec(meant(machine), 0..3);
    (wipe, meant(machine), further, prop::bool::weighted(0.8)).prop_map(
        |(wipe, target, further, skip)| {
            let mut answers = Answers::default();
            answers.host.name = "xen1".into();
            answers.disk.wipe = wipe;
            answers.disk.target = target;
            answers.guests.disks = further;
            answers.checks.skip = firn_config::CHECK_NAMES
                .iter()
                .filter(|_| skip)
                .map(|name| (*name).to_owned())
                .collect();
            answers
        },
    )
}
