//! What requests may ask for, and the sentences about what they may not.

use super::operations::{PC, RUNNING, host};
use super::world::{World, named, wanted};
use crate::{Create, Definition, Id, Journal, Machine, NewDisk, NewNic, Planned, Set, Sort, Task};

fn started() -> World {
    let world = host();
    world.start(&RUNNING);
    world
}

/// What is wrong: fields and sentences.
fn wrong(planned: Planned) -> Vec<(String, String)> {
    let problems = planned.unwrap_err().into_iter();
    problems
        .map(|problem| (problem.field.unwrap_or_default(), problem.text.to_string()))
        .collect()
}

fn says(found: &[(String, String)], expected: &[(&str, &str)]) {
    let found: Vec<_> = found
        .iter()
        .map(|(field, text)| (field.as_str(), text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn everything_that_is_wrong_with_a_new_guest_is_said_at_once() {
    let mac = Some("01:16:3e:00:00:01".to_owned());
    let new = Create {
        name: "PC".into(),
        cpus: 0,
        cpus_max: Some(129),
        memory: 1 << 20,
        image: Some(2 << 30),
        cd: Some(1 << 20),
        notes: "x".repeat(4097),
        disks: vec![
            NewDisk {
                size: Some(1 << 30),
                store: None,
            },
            NewDisk {
                size: None,
                store: Some("attic".into()),
            },
        ],
        nics: vec![NewNic {
            network: "lan".into(),
            mac,
        }],
        ..wanted("PC", Machine::Pvh)
    };
    let found = wrong(started().plan(|ground, _| ground.create(&new)));
    says(
        &found,
        &[
            (
                "name",
                "There is a guest “pc” already; choose another name. Upper and lower case do not count.",
            ),
            (
                "cpus",
                "0 virtual CPUs are not possible: from 1 to 8, as many as the host has.",
            ),
            (
                "cpus_max",
                "129 virtual CPUs are not possible: from 1 to 8, as many as the host has.",
            ),
            (
                "memory",
                "1 MB of memory are not possible: at least 34 MB, at most 17.2 GB, which is all that the host has.",
            ),
            ("notes", "The notes have 4097 letters; 4096 are possible."),
            (
                "machine",
                "A guest that starts from a CD needs a whole PC (HVM), or a kernel.",
            ),
            (
                "disks[0].size",
                "The disk has 1.1 GB, and the image needs 2.1 GB. Make it larger, or leave the size out.",
            ),
            (
                "disks[1].store",
                "There is no store “attic”; “firn store list” shows them all.",
            ),
            ("disks[1].size", "The disk needs a size."),
            (
                "nics[0].network",
                "There is no network “lan”; “firn network list” shows them all.",
            ),
            (
                "nics[0].mac",
                "“01:16:3e:00:00:01” is no MAC address of a NIC: six pairs of hex digits such as 00:16:3e:01:02:03, the first one even.",
            ),
        ],
    );
}

#[test]
fn what_starts_needs_memory_and_something_to_start() {
    let new = Create {
        memory: 16 << 30,
        memory_max: None,
        start: true,
        ..wanted("new", Machine::Pvh)
    };
    let world = started();
    let found = wrong(world.plan(|ground, _| ground.create(&new)));
    says(
        &found,
        &[
            (
                "start",
                "There is nothing to start: give an image, a CD or a kernel, or do not start it.",
            ),
            (
                "memory",
                "“new” needs 17.3 GB of memory, with what Xen needs for it, and 16.6 GB are free. Stop another guest, or give this one less.",
            ),
        ],
    );
    let found = wrong(world.plan(|ground, book| {
        let starting = crate::Ground {
            reserved: 16 << 30,
            ..*ground
        };
        starting.start(named(book, "whole"))
    }));
    assert_eq!(found[0].0, "memory");
}

#[test]
fn what_a_task_will_define_is_taken() {
    let world = started();
    let new = Create {
        nics: vec![NewNic {
            network: "host".into(),
            mac: Some("00:16:3E:00:00:77".into()),
        }],
        start: false,
        ..wanted("coming", Machine::Pvh)
    };
    let plan = world.plan(|ground, _| ground.create(&new)).unwrap();
    let task = Task {
        id: Id::random(),
        begun: String::new(),
        by: String::new(),
    };
    let mut book = world.book();
    book.journals.push(Journal::new(&task, &plan));
    let found = wrong(world.plan(|ground, _| {
        crate::Ground {
            book: &book,
            ..*ground
        }
        .create(&new)
    }));
    says(
        &found,
        &[
            (
                "name",
                "There is a guest “coming” already; choose another name. Upper and lower case do not count.",
            ),
            (
                "nics[0].mac",
                "The MAC address 00:16:3E:00:00:77 is taken by the guest “coming”.",
            ),
        ],
    );
}

#[test]
fn a_stopped_guest_may_have_no_more_than_it_is_given() {
    let world = started();
    for (memory, cpus) in [(2 << 30, 4), (1 << 30, 2)] {
        let wanted = Set {
            memory: Some(memory),
            cpus: Some(cpus),
            ..Set::default()
        };
        world.done(|ground, book| ground.set(named(book, "whole"), &wanted));
        let book = world.book();
        let guest = named(&book, "whole");
        assert_eq!((guest.memory, guest.memory_max), (memory, memory));
        assert_eq!((guest.cpus, guest.cpus_max), (cpus, cpus));
    }
}

#[test]
fn what_a_guests_state_forbids() {
    let world = started();
    world.done(|ground, book| {
        let protected = Set {
            protected: Some(true),
            ..Set::default()
        };
        ground.set(named(book, "whole"), &protected)
    });
    world.done(|ground, book| ground.pause(named(book, "pc")));
    type Ask = fn(&crate::Ground<'_>, &Definition) -> Planned;
    let table: [(&str, Ask, &str); 9] = [
        ("small", |g, guest| g.start(guest), "“small” runs already."),
        (
            "whole",
            |g, guest| g.stop(guest, 1),
            "“whole” does not run.",
        ),
        ("whole", |g, guest| g.kill(guest), "“whole” does not run."),
        (
            "whole",
            |g, guest| g.delete(guest),
            "“whole” is protected from being deleted. Take the protection off first.",
        ),
        (
            "small",
            |g, guest| g.delete(guest),
            "“small” runs. Stop it first, or kill it.",
        ),
        (
            "small",
            |g, guest| g.unpause(guest),
            "“small” is not paused.",
        ),
        (
            "pc",
            |g, guest| g.stop(guest, 1),
            "“pc” is paused. Unpause it first.",
        ),
        (
            "pc",
            |g, guest| g.disk_remove(guest, "xvda"),
            "“pc” is paused. Unpause it first.",
        ),
        (
            "small",
            |g, guest| g.disk_restore(guest, 7),
            "No disk number 7 of “small” is in the trash.",
        ),
    ];
    for (name, ask, expected) in table {
        let problems = world
            .plan(|ground, book| ask(ground, named(book, name)))
            .unwrap_err();
        assert_eq!(problems[0].text.to_string(), expected);
        assert_ne!(problems[0].sort, Sort::Wrong);
    }
}

#[test]
fn what_is_wrong_with_changes() {
    let world = started();
    let one = |planned: Planned| wrong(planned).remove(0);
    let small = |ask: fn(&crate::Ground<'_>, &Definition) -> Planned| {
        one(world.plan(|ground, book| ask(ground, named(book, "small"))))
    };
    let found = [
        small(|g, guest| g.disk_grow(guest, "xvda", 1 << 29)),
        small(|g, guest| g.disk_grow(guest, "xvdz", 1 << 40)),
        small(|g, guest| {
            g.disk_add(
                guest,
                &NewDisk {
                    size: Some(1),
                    store: None,
                },
            )
        }),
        small(|g, guest| g.nic_remove(guest, "00:00:00:00:00:00")),
        small(|g, guest| {
            g.nic_add(
                guest,
                &NewNic {
                    network: "host".into(),
                    mac: Some(guest.nics[0].mac.to_uppercase()),
                },
            )
        }),
        small(|g, guest| {
            g.set(
                guest,
                &Set {
                    name: Some("-x".into()),
                    ..Set::default()
                },
            )
        }),
    ];
    let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["size", "disk", "size", "nic", "mac", "name"]);
    assert_eq!(
        found[0].1,
        "The disk “xvda” has 1.1 GB; 537 MB is no more, and disks do not shrink."
    );
    assert_eq!(found[1].1, "“small” has no disk “xvdz”; it has xvda.");
    assert_eq!(
        found[2].1,
        "A disk of 0 MB is not possible: at least 1 MB, at most 1126 TB."
    );
    assert!(found[4].1.ends_with("is taken by the guest “small”."));
}

#[test]
fn what_a_running_guest_cannot_take_over_waits_for_its_start() {
    let world = started();
    let set = |memory: u64, cpus: u32| Set {
        memory: Some(memory << 20),
        cpus: Some(cpus),
        ..Set::default()
    };
    let pending = || named(&world.book(), "small").pending.clone();
    let change = |wanted: &Set| world.done(|ground, book| ground.set(named(book, "small"), wanted));
    change(&set(512, 2));
    assert_eq!(pending(), [""; 0], "within its limits it takes it at once");
    change(&set(2048, 6));
    assert_eq!(pending(), ["memory", "cpus"]);
    change(&set(1024, 6));
    assert_eq!(
        pending(),
        ["memory", "cpus"],
        "it is not known whether that is within"
    );
    change(&set(512, 2));
    assert_eq!(
        pending(),
        ["memory", "cpus"],
        "its limits are still to change"
    );
    change(&set(2048, 6));
    world.done(|ground, book| ground.reboot(named(book, "small"), 1));
    assert_eq!(pending(), [""; 0]);
    let guest = named(&world.book(), "small").clone();
    let shape = world.engine.engine.shape(guest.id.as_str()).unwrap();
    assert_eq!(
        (shape.memory, shape.cpus, shape.cpus_max),
        (2048 << 20, 6, 6)
    );
}

#[test]
fn a_dry_run_says_what_would_happen() {
    let new = Create {
        image: Some(1 << 30),
        seed: Some(4096),
        start: true,
        ..wanted("web1", PC)
    };
    let plan = started().plan(|ground, _| ground.create(&new)).unwrap();
    let id = plan.guest.as_str();
    let told: Vec<_> = plan
        .steps
        .iter()
        .map(|step| step.told(&plan.name).to_string().replace(id, "ID"))
        .collect();
    assert_eq!(
        told,
        [
            "Make the volume g-ID-0 of 1.1 GB in the store “local”",
            "Make the volume g-ID-1 of 4 MB in the store “local”",
            "Write the disk image to g-ID-0",
            "Write what cloud-init is told to g-ID-1",
            "Write the definition of “web1”",
            "Hand g-ID-0 over to the guest",
            "Hand g-ID-1 over to the guest",
            "Start “web1”",
        ]
    );
}
