//! What holds for every machine and all answers: a plan never touches a disk that it must not.

use super::plan;
use crate::machine::samples::{disk, server};
use crate::machine::{Content, Disk, FirnHost, Machine, Unfit};
use firn_config::{Answers, Pattern, Size, Wipe};
use proptest::prelude::*;

fn any_disk(index: usize) -> impl Strategy<Value = Disk> {
    let size = prop_oneof![1_000_000_000u64..40_000_000_000, Just(16_000_000_000)];
    (
        size,
        any::<bool>(),
        any::<bool>(),
        prop::option::of("[ab]{1,2}"),
        any::<bool>(),
    )
        .prop_map(move |(size, unfit, holds, serial, firn)| {
            let name = format!("vd{}", char::from(b'a' + u8::try_from(index).unwrap()));
            let content = Content {
                device: name.clone(),
                what: "ext4".into(),
            };
            let host = FirnHost {
                id: "1a2b3c4d".repeat(4),
                ..FirnHost::default()
            };
            Disk {
                unfit: unfit.then_some(Unfit::ReadOnly),
                contents: if holds || firn { vec![content] } else { vec![] },
                firn: firn.then_some(host),
                serial,
                ..disk(&name, size)
            }
        })
}

fn any_machine() -> impl Strategy<Value = Machine> {
    (
        (any_disk(0), any_disk(1), any_disk(2)),
        prop::option::of(0usize..3),
    )
        .prop_map(|((a, b, c), medium)| {
            let disks = vec![a, b, c];
            let medium = medium.map(|i| disks[i].name.clone());
            Machine {
                disks,
                medium,
                ..server()
            }
        })
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let wipe = prop_oneof![
        Just(Wipe::Empty),
        Just(Wipe::Any),
        Just(Wipe::Host("1a2b3c4d".into())),
        Just(Wipe::Host("0".repeat(8)))
    ];
    let path = prop::option::of(prop_oneof![
        Just("/dev/vda"),
        Just("/dev/vdb"),
        Just("/dev/vd*")
    ]);
    (
        wipe,
        path,
        prop::option::of("[ab*]{1,2}"),
        prop::option::of(1u64..30),
        any::<bool>(),
    )
        .prop_map(|(wipe, path, serial, min, skip)| {
            let mut answers = Answers::default();
            answers.host.name = "xen1".into();
            answers.disk.wipe = wipe;
            answers.disk.target.path = path.map(|p| Pattern(p.into()));
            answers.disk.target.serial = serial.map(Pattern);
            answers.disk.target.min_size = min.map(|n| Size(n * 1_000_000_000));
            answers.checks.skip = if skip {
                vec!["disk-size".into()]
            } else {
                vec![]
            };
            answers
        })
}

proptest! {
    #[test]
    fn no_plan_touches_a_forbidden_disk(machine in any_machine(), answers in any_answers()) {
        let Ok(plan) = plan(&machine, &answers) else { return Ok(()) };
        let disk = machine.disks.iter().find(|d| d.path == plan.disk.path).unwrap();
        let rule = &answers.disk.target;
        prop_assert!(disk.unfit.is_none());
        prop_assert!(machine.medium.as_deref() != Some(disk.name.as_str()));
        prop_assert!(rule.path.as_ref().is_none_or(|p| p.matches(&disk.path)));
        prop_assert!(rule.serial.as_ref().is_none_or(|p| disk.serial.as_ref().is_some_and(|s| p.matches(s))));
        prop_assert!(rule.min_size.is_none_or(|s| disk.size >= s.0));
        match (&answers.disk.wipe, &disk.firn) {
            (Wipe::Host(id), Some(firn)) => prop_assert_eq!(id.as_str(), firn.short_id()),
            (_, Some(_)) => prop_assert!(false, "an installed Firn would be destroyed"),
            (Wipe::Any, None) => {}
            (_, None) => prop_assert!(disk.contents.is_empty()),
        }
        let end = plan.partitions.last().map_or(0, |p| p.start + p.size);
        prop_assert!(end < disk.size);
    }
}
