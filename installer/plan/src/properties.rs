//! What holds for every machine and all answers, however odd: a plan never touches a disk that it must not.

mod odd;

use super::same::same;
use super::{Plan, plan};
use firn_config::{Answers, DiskRule, Pattern, Wipe};
use firn_machine::{Disk, Machine, Unfit};
use odd::all;
use proptest::prelude::*;

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
    group(machine, machine.disks.iter().filter(named).collect())
}

/// These disks with everything that leads to one of them, by any number of steps.
fn group<'m>(machine: &'m Machine, mut known: Vec<&'m Disk>) -> Vec<&'m Disk> {
    loop {
        let count = known.len();
        let tied = |d: &&Disk| known.iter().any(|k| same(k, d));
        known = machine.disks.iter().filter(tied).collect();
        if known.len() == count {
            return known;
        }
    }
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
            // A path that is asleep shows nothing; what another one shows counts.
            if !disk.answers() && touched.iter().any(|path| path.answers()) {
                continue;
            }
            match (&answers.disk.wipe, disk.owner()) {
                (Wipe::Host(id), Some(firn)) => {
                    prop_assert!(!id.is_empty() && firn.id.to_lowercase().starts_with(id.as_str()));
                }
                (Wipe::Token(_), _) => {
                    let lost = !disk.contents.is_empty() || disk.owner().is_some();
                    prop_assert!(!lost || plan.needs_token, "lost without a token");
                }
                (_, Some(_)) => prop_assert!(false, "an installed Firn would be destroyed"),
                (_, None) if disk.unread.is_some() => {
                    prop_assert!(false, "what cannot be read may be a Firn");
                }
                (Wipe::Any, None) => {}
                (_, None) => prop_assert!(disk.contents.is_empty()),
            }
            // Another disk that the rule names as well would have made the choice a guess.
            let rival = machine.disks.iter().find(|other| {
                is_named(other, rule)
                    && !touched.iter().any(|t| same(t, other))
                    && must_not_be_touched(machine, other, true).is_none()
                    && group(machine, vec![other]).iter().all(|path| {
                        must_not_be_touched(machine, path, path.name == other.name).is_none()
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
