//! What holds for every machine and all answers, however odd: a plan never touches a disk that it must not.

use super::same::same;
use super::{Plan, plan};
use crate::machine::samples::server;
use crate::machine::{Content, Disk, FirnHost, Machine, Unfit};
use firn_config::{Answers, Bus, DiskRule, Pattern, Size, Wipe};
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
    let state = (
        paths,
        unfit(),
        firn(),
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.2),
    );
    (is, state).prop_map(|((name, size, serial, wwn, model, bus), state)| {
        let (paths, unfit, firn, holds, large_blocks) = state;
        let content = Content {
            device: name.clone(),
            what: crate::machine::What::Other("ext4 \"\u{202e}data\"".into()),
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
            firn,
            paths,
            removable: false,
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

fn all() -> impl Strategy<Value = (Machine, Answers)> {
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
        1 => Just(Wipe::Host("00000000".into()))
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

/// Told once more, without the code that chooses: a missing property never matches.
fn is_named(disk: &Disk, rule: &DiskRule) -> bool {
    let text = |wish: &Option<Pattern>, has: &Option<String>| match (wish, has) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wish), Some(has)) => !has.trim().is_empty() && wish.matches(has),
    };
    let paths = || disk.links.iter().chain([&disk.path]);
    text(&rule.serial, &disk.serial)
        && text(&rule.wwn, &disk.wwn)
        && text(&rule.model, &disk.model)
        && rule.bus.is_none_or(|bus| disk.bus == Some(bus))
        && rule.min_size.is_none_or(|size| disk.size >= size.0)
        && rule.max_size.is_none_or(|size| disk.size <= size.0)
        && rule
            .path
            .as_ref()
            .is_none_or(|p| paths().any(|has| p.matches(has)))
}

/// The devices of the machine that writing to the planned disk changes: itself and the other paths to it.
fn touched<'m>(machine: &'m Machine, disk: &super::PlannedDisk) -> Vec<&'m Disk> {
    let named = |d: &&Disk| d.path == disk.path || d.name == disk.name;
    let direct: Vec<&Disk> = machine.disks.iter().filter(named).collect();
    let also = |d: &&Disk| direct.iter().any(|named| same(named, d));
    machine.disks.iter().filter(also).collect()
}

fn must_not_be_touched(machine: &Machine, disk: &Disk, chosen: bool) -> Option<String> {
    if machine.medium.as_deref() == Some(disk.name.as_str()) {
        return Some(format!("the medium {disk:?}"));
    }
    match &disk.unfit {
        None => None,
        Some(Unfit::MultipathMember(_)) if !chosen => None,
        Some(_) => Some(format!("an unfit disk {disk:?}")),
    }
}

fn judge(machine: &Machine, answers: &Answers, plan: &Plan) -> Result<(), TestCaseError> {
    prop_assert_eq!(plan.store_disks.len(), answers.guests.disks.len());
    let rules = std::iter::once(&answers.disk.target).chain(&answers.guests.disks);
    let mut before: Vec<&Disk> = Vec::new();
    for (planned, rule) in plan.disks().zip(rules) {
        let touched = touched(machine, planned);
        prop_assert!(!touched.is_empty());
        prop_assert!(touched.iter().any(|disk| is_named(disk, rule)));
        for disk in &touched {
            let chosen = disk.path == planned.path;
            let wrong = must_not_be_touched(machine, disk, chosen);
            prop_assert!(wrong.is_none(), "{wrong:?}");
            prop_assert!(before.iter().all(|other| !same(other, disk)), "twice");
            match (&answers.disk.wipe, &disk.firn) {
                (Wipe::Host(id), Some(firn)) => {
                    prop_assert!(!id.is_empty() && firn.id.to_lowercase().starts_with(id.as_str()));
                }
                (_, Some(_)) => prop_assert!(false, "an installed Firn would be destroyed"),
                (Wipe::Any, None) => {}
                (_, None) => prop_assert!(disk.contents.is_empty()),
            }
            // Another disk that the rule names as well would have made the choice a guess.
            let rival = machine.disks.iter().find(|other| {
                is_named(other, rule)
                    && !touched.iter().any(|t| same(t, other))
                    && must_not_be_touched(machine, other, true).is_none()
                    && !machine.disks.iter().any(|path| {
                        same(path, other) && must_not_be_touched(machine, path, false).is_some()
                    })
            });
            prop_assert!(rival.is_none(), "{rule:?} also names {rival:?}");
        }
        before.extend(touched);
    }
    let end = plan.partitions.last().map_or(0, |p| p.start + p.size);
    prop_assert!(end < plan.disk.size);
    // What would be gone is said before anything else.
    let lost = plan
        .disks()
        .any(|disk| disk.replaces.is_some() || !disk.destroys.is_empty());
    prop_assert_eq!(lost, !plan.destroyed().is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_plan_touches_a_forbidden_disk((machine, answers) in all()) {
        match plan(&machine, &answers) {
            Ok(plan) => judge(&machine, &answers, &plan)?,
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(!problem.text.in_language(firn_config::Language::De).contains("<plan-"));
                }
            }
        }
    }
}

/// A test that never sees a plan would hold anything: enough of the odd machines must lead to one.
#[test]
fn enough_plans_are_made() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut plans, mut with_store, mut destroying) = (0, 0, 0);
    for _ in 0..2000 {
        let (machine, answers) = all().new_tree(&mut runner).unwrap().current();
        if let Ok(plan) = plan(&machine, &answers) {
            plans += 1;
            with_store += usize::from(!plan.store_disks.is_empty());
            destroying += usize::from(!plan.destroyed().is_empty());
        }
    }
    assert!(
        plans > 100 && with_store > 8 && destroying > 15,
        "{plans} plans, {with_store} with further disks, {destroying} destroy something"
    );
}
