//! A kill or a power cut before, in the middle of and after any action of every operation, and a kill during the recovery: nothing is left
//! without an owner, and every guest is as it was or as it was asked for.

use super::fuse::How;
use super::operations::{ALL, Operation, RUNNING, host};
use super::world::{Quiet, Seen, World};
use crate::{Outcome, Plan, Watcher, recover};
use firn_engine::Engine;
use firn_words::Text;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many kills that are followed by others an operation gets.
const CHAINS: usize = 25;
const KILLS: [How; 3] = [How::Before, How::Middle, How::After];

/// An operation on a host, and how the host is before and after it.
struct Trial<'a> {
    operation: &'a Operation,
    base: &'a Seen,
    plan: Plan,
    before: Seen,
    after: Seen,
}

fn world(base: &Seen, operation: &Operation) -> World {
    let world = World::like(base);
    world.start(&RUNNING);
    (operation.first)(&world);
    world
}

impl<'a> Trial<'a> {
    fn new(base: &'a Seen, operation: &'a Operation) -> Self {
        let host = world(base, operation);
        let plan = host
            .plan(operation.plan)
            .unwrap_or_else(|p| panic!("{}: {p:?}", operation.name));
        assert!(
            plan.steps
                .iter()
                .all(|step| !step.told("x").to_string().contains('<'))
        );
        let text = serde_json::to_string(&plan).unwrap();
        assert_eq!(
            serde_json::from_str::<Plan>(&text).unwrap(),
            plan,
            "plans are data"
        );
        assert_eq!(
            host.run(&plan),
            Outcome::Done(Vec::new()),
            "{}",
            operation.name
        );
        let after = settled(&host);
        let before = settled(&world(base, operation));
        Self {
            operation,
            base,
            plan,
            before,
            after,
        }
    }

    /// Does it with a kill at an action, and recovers with kills at others; whether it came as far.
    fn killed(&self, at: usize, how: How, later: &[(usize, How)]) -> bool {
        let host = world(self.base, self.operation);
        host.fuse.set(at, how);
        host.run(&self.plan);
        if !host.fuse.mend() {
            return false;
        }
        for (at, how) in later {
            host.fuse.set(*at, *how);
            let _ = recover(&host.hands, &Quiet);
            host.fuse.mend();
        }
        self.holds(&host, &format!("{how:?} {at}, then {later:?}"));
        true
    }

    /// A power cut at an action: no domain outlives it.
    fn cut(&self, at: usize, how: How) {
        let host = world(self.base, self.operation);
        host.fuse.set(at, how);
        host.run(&self.plan);
        host.fuse.mend();
        for domain in host.engine.engine.domains().unwrap() {
            host.engine.engine.destroy(&domain.name).unwrap();
        }
        recover(&host.hands, &Quiet).unwrap();
        let (seen, what) = (
            settled(&host),
            format!("{}, {how:?} {at}", self.operation.name),
        );
        assert_eq!(host.leftovers(), [""; 0], "{what}");
        let kept = |seen: &Seen| (seen.files.clone(), seen.volumes.clone());
        assert!(
            [kept(&self.before), kept(&self.after)].contains(&kept(&seen)),
            "{what}: {seen:?}"
        );
    }

    /// What holds after every recovery.
    fn holds(&self, host: &World, what: &str) {
        let what = format!("{}, {what}", self.operation.name);
        for (journal, outcome) in recover(&host.hands, &Quiet).unwrap() {
            assert!(
                !matches!(outcome, Outcome::Unfinished(_)),
                "{what}: {journal:?}: {outcome:?}"
            );
        }
        let seen = settled(host);
        assert_eq!(host.leftovers(), [""; 0], "{what}");
        if seen != self.before && seen != self.after {
            assert_eq!(seen, self.before, "{what}: not as before");
            assert_eq!(seen, self.after, "{what}: not as asked for");
        }
    }

    /// All actions of it, with each kind of kill, and a power cut as well; how many actions and kinds there were.
    fn everywhere(&self) -> usize {
        let all = (0..).flat_map(|at| KILLS.map(|how| (at, how)));
        all.take_while(|(at, how)| self.killed(*at, *how, &[]))
            .map(|(at, how)| self.cut(at, how))
            .count()
    }
}

fn settled(host: &World) -> Seen {
    host.settle();
    host.seen()
}

/// Numbers by chance, the same ones in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn kill(&mut self, limit: usize) -> (usize, How) {
        (self.below(limit), KILLS[self.below(KILLS.len())])
    }
}

/// Every kill in a part of the operations, and by chance kills that are followed by others; how many there were of both.
fn kills(part: &[Operation]) -> (usize, usize) {
    let base = host().seen();
    let mut chance = Chance(17);
    let (mut single, mut several) = (0, 0);
    for operation in part {
        let trial = Trial::new(&base, operation);
        let kills = trial.everywhere();
        single += kills;
        for _ in 0..CHAINS {
            let (at, how) = chance.kill(kills / KILLS.len());
            let later: Vec<_> = (0..=chance.below(3)).map(|_| chance.kill(8)).collect();
            several += usize::from(trial.killed(at, how, &later));
        }
    }
    (single, several)
}

/// In three parts, which run side by side.
fn part(at: usize) {
    let parts: Vec<_> = ALL.chunks(ALL.len().div_ceil(3)).collect();
    let (single, several) = kills(parts[at]);
    println!("{single} kills, and {several} followed by others");
    assert!(single >= 150 && several == CHAINS * parts[at].len());
}

#[test]
fn a_kill_anywhere_leaves_guests_as_before_or_as_asked_for_1() {
    part(0);
}

#[test]
fn a_kill_anywhere_leaves_guests_as_before_or_as_asked_for_2() {
    part(1);
}

#[test]
fn a_kill_anywhere_leaves_guests_as_before_or_as_asked_for_3() {
    part(2);
}

#[test]
fn an_action_that_fails_is_undone_or_tried_again() {
    let base = host().seen();
    for operation in ALL {
        let trial = Trial::new(&base, operation);
        for at in 0.. {
            let host = world(&base, operation);
            host.fuse.set(at, How::Fails);
            let outcome = host.run(&trial.plan);
            if !host.fuse.mend() {
                break;
            }
            let what = format!("fails at {at}: {outcome:?}");
            match outcome {
                // A start that has failed does not take back what was before it.
                Outcome::Done(problems) => {
                    assert!(!problems.is_empty(), "{what}");
                    assert_eq!(host.leftovers(), [""; 0], "{what}");
                }
                // A guest that was asked to shut down does so, whatever becomes of the task.
                Outcome::Undone(_) if trial.operation.name == "stop" => trial.holds(&host, &what),
                Outcome::Undone(_) => {
                    assert_eq!(settled(&host), trial.before, "{}, {what}", operation.name);
                }
                Outcome::Unfinished(_) => trial.holds(&host, &what),
                Outcome::Cancelled => panic!("{what}"),
            }
        }
    }
}

/// Cancels when it has been asked so often.
struct Impatient(AtomicUsize);

impl Watcher for Impatient {
    fn begins(&self, _: Text, _: usize, _: usize, _: bool) {}
    fn reached(&self, percent: u8) {
        assert!(percent <= 100);
    }
    fn is_cancelled(&self) -> bool {
        let left = self.0.load(Ordering::Relaxed);
        self.0.store(left.saturating_sub(1), Ordering::Relaxed);
        left == 0
    }
}

#[test]
fn cancelling_undoes_what_can_be_undone() {
    let base = host().seen();
    let mut cancelled = 0;
    for operation in ALL {
        let trial = Trial::new(&base, operation);
        for patience in 0..12 {
            let host = world(&base, operation);
            match host.watched(&trial.plan, &Impatient(patience.into())) {
                Outcome::Done(problems) => {
                    assert_eq!((problems, settled(&host)), (vec![], trial.after.clone()))
                }
                Outcome::Cancelled => {
                    cancelled += 1;
                    let seen = settled(&host);
                    let stopped = operation.name == "stop" && seen == trial.after;
                    assert!(
                        stopped || seen == trial.before,
                        "{} {patience}",
                        operation.name
                    );
                }
                other => panic!("{}: {other:?}", operation.name),
            }
            assert_eq!(host.leftovers(), [""; 0]);
        }
    }
    assert!(cancelled > 50, "{cancelled}");
}
