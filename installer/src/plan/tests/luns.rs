//! What is planned on an array's disks, as they are seen over all of their paths.

use crate::machine::samples::merge;
use crate::machine::{Content, Disk, Machine, Unfit, What};
use crate::plan;
use firn_config::{Answers, DiskRule, Pattern, Wipe};

const FIRST: &str = "0x624a9370000000000000000000000001";
const ASLEEP: &str = "Input/output error (os error 5)";

/// A server with two disks of an array, each over four paths, as these are before anything is made of them.
fn server(change: impl Fn(&mut Disk)) -> Machine {
    let mut all = crate::recorded::machines().into_iter();
    let (_, mut machine) = all.find(|(name, _)| name.contains("fc-multipath")).unwrap();
    for disk in &mut machine.disks {
        if matches!(disk.unfit, Some(Unfit::MultipathMember(_))) {
            disk.unfit = None;
        }
        disk.paths.clear();
        change(disk);
    }
    merge(&mut machine.disks);
    machine
}

fn path(name: &str) -> DiskRule {
    DiskRule {
        path: Some(Pattern(format!("/dev/{name}"))),
        ..DiskRule::default()
    }
}

/// The disk that is written, and what is lost; else what stands against it.
fn planned(machine: &Machine, target: DiskRule, wipe: Wipe) -> Result<(String, usize), String> {
    let mut answers = Answers::default();
    answers.host.name = "xen1.example.net".into();
    answers.disk.target = target;
    answers.disk.wipe = wipe;
    let plan = plan::plan(machine, &answers).map_err(|problems| {
        let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
        all.join("\n")
    })?;
    Ok((plan.disk.name, plan.disk.destroys.len()))
}

fn first() -> DiskRule {
    DiskRule {
        wwn: Some(Pattern(FIRST.into())),
        ..DiskRule::default()
    }
}

/// LVM on each path; the group is told for the last path only.
fn lvm(disk: &mut Disk) {
    let group = if disk.name == "sdg" { "vg0" } else { "" };
    disk.contents = vec![Content {
        device: format!("{}5", disk.name),
        what: What::Lvm(group.into()),
        set: (!group.is_empty()).then(|| "a-b".into()),
    }];
}

#[test]
fn a_disk_with_lvm_is_one_disk_over_all_its_paths() {
    let machine = server(lvm);
    let names = |disk: &&Disk| disk.unfit.is_none();
    let fit: Vec<&str> = machine
        .disks
        .iter()
        .filter(names)
        .map(|d| d.name.as_str())
        .collect();
    assert_eq!(fit, ["sda", "sdb"]);
    assert_eq!(planned(&machine, first(), Wipe::Any), Ok(("sda".into(), 1)));
    let refused = planned(&machine, first(), Wipe::Empty).unwrap_err();
    assert!(refused.contains("is not empty"), "{refused}");
}

#[test]
fn the_target_is_not_a_further_disk_by_another_path_to_it() {
    // As a recording has it that does not know what is a path to what.
    let mut machine = server(lvm);
    for disk in &mut machine.disks {
        (disk.unfit, disk.paths) = (disk.unfit.take().filter(|u| *u == Unfit::Medium), vec![]);
    }
    let mut answers = Answers::default();
    answers.host.name = "xen1.example.net".into();
    answers.disk.target = path("sda");
    answers.disk.wipe = Wipe::Any;
    answers.guests.disks = vec![path("sdg")];
    let problems = plan::plan(&machine, &answers).unwrap_err();
    assert!(
        problems.iter().any(|p| p.name == "guests.disks"),
        "{problems:?}"
    );
}

/// The paths of the second controller give nothing to read, and these come first.
fn asleep(names: &'static [&'static str]) -> impl Fn(&mut Disk) {
    move |disk: &mut Disk| {
        if names.contains(&disk.name.as_str()) {
            disk.unread = Some(ASLEEP.into());
            disk.contents = vec![Content {
                device: disk.name.clone(),
                what: What::Unreadable(ASLEEP.into()),
                set: None,
            }];
        }
    }
}

#[test]
fn paths_that_are_asleep_say_nothing_while_another_answers() {
    let machine = server(asleep(&["sda", "sdb", "sdc", "sdd"]));
    for wipe in [Wipe::Empty, Wipe::Any] {
        assert_eq!(planned(&machine, first(), wipe), Ok(("sde".into(), 0)));
    }
    let machine = server(asleep(&["sdc"]));
    assert_eq!(
        planned(&machine, first(), Wipe::Empty),
        Ok(("sda".into(), 0))
    );
}

#[test]
fn where_no_path_answers_nothing_is_overwritten() {
    let machine = server(asleep(&["sda", "sdc", "sde", "sdg"]));
    for wipe in [Wipe::Empty, Wipe::Any, Wipe::Host("1a2b3c4d".into())] {
        let refused = planned(&machine, first(), wipe).unwrap_err();
        assert!(refused.contains("cannot be looked at"), "{refused}");
    }
    // A sleeping path that something else has made the disk is not written, either.
    let mut machine = server(asleep(&["sda"]));
    for disk in &mut machine.disks {
        (disk.unfit, disk.paths) = match disk.name.as_str() {
            "sda" => (None, vec!["sde".into()]),
            "sde" => (Some(Unfit::MultipathMember("sda".into())), vec![]),
            _ => (disk.unfit.take(), disk.paths.clone()),
        };
    }
    let refused = planned(&machine, path("sda"), Wipe::Any).unwrap_err();
    assert!(refused.contains("cannot be looked at"), "{refused}");
}
