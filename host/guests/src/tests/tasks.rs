//! Tasks from their beginning to their end, on real files.

use super::operations::PC;
use super::world::{NOW, Quiet, Stuff, World, memory, named, wanted};
use crate::{
    Create, Folder, Ground, Hands, Id, Machine, Networks, Outcome, Set, Task, Watcher, recover, run,
};
use firn_engine::{FAIL_START, SLOW_STOP};
use firn_words::Text;
use std::sync::{Arc, Mutex};

fn told(outcome: Outcome) -> Vec<String> {
    let (Outcome::Done(all) | Outcome::Undone(all) | Outcome::Unfinished(all)) = outcome else {
        return Vec::new();
    };
    all.iter().map(ToString::to_string).collect()
}

#[test]
fn a_guest_that_does_not_answer_is_left_as_it_is() {
    let world = World::new();
    world.done(|ground, _| {
        ground.create(&Create {
            start: true,
            ..wanted(SLOW_STOP, PC)
        })
    });
    let before = world.seen();
    let plan = world
        .plan(|ground, book| ground.stop(named(book, SLOW_STOP), 0))
        .unwrap();
    let outcome = world.run(&plan);
    assert!(matches!(outcome, Outcome::Undone(_)));
    let expected = "“slow-stop” has not ended within 0 seconds. Nothing was changed: ask it again, or kill it.";
    assert_eq!(told(outcome), [expected]);
    assert_eq!(world.seen(), before);
}

#[test]
fn a_guest_that_does_not_start_is_still_made() {
    let world = World::new();
    let plan = world.plan(|ground, _| {
        ground.create(&Create {
            start: true,
            ..wanted(FAIL_START, PC)
        })
    });
    let outcome = world.run(&plan.unwrap());
    assert!(
        matches!(&outcome, Outcome::Done(problems) if problems.len() == 1),
        "{outcome:?}"
    );
    assert_eq!(named(&world.book(), FAIL_START).name, FAIL_START);
    assert_eq!(world.leftovers(), [""; 0]);
}

#[test]
fn what_is_not_finished_keeps_others_off_until_it_is() {
    let world = World::new();
    world.done(|ground, _| ground.create(&wanted("one", Machine::Pvh)));
    let plan = world
        .plan(|ground, book| ground.delete(named(book, "one")))
        .unwrap();
    world.fuse.set(2, super::fuse::How::Before);
    assert!(matches!(world.run(&plan), Outcome::Unfinished(_)));
    world.fuse.mend();
    let refused = world
        .plan(|ground, book| ground.set(named(book, "one"), &Set::default()))
        .unwrap_err();
    assert!(
        refused[0]
            .text
            .to_string()
            .contains("on “one” has not come to its end."),
        "{refused:?}"
    );
    let recovered = recover(&world.hands, &Quiet).unwrap();
    let expected = "It was interrupted by a restart of firnd or of the host, and is undone.";
    assert_eq!(told(recovered[0].1.clone()), [expected]);
    world.done(|ground, book| ground.set(named(book, "one"), &Set::default()));
}

/// Writes down what it hears.
#[derive(Default)]
struct Listener(Mutex<Vec<String>>);

impl Watcher for Listener {
    fn begins(&self, text: Text, n: usize, of: usize, _: bool) {
        self.0.lock().unwrap().push(format!("{n}/{of} {text}"));
    }
    fn reached(&self, percent: u8) {
        self.0.lock().unwrap().push(format!("{percent}%"));
    }
    fn is_cancelled(&self) -> bool {
        false
    }
}

#[test]
fn a_guests_life_on_real_files() {
    let root = memory();
    let simulated = World::new();
    let store = Arc::new(firn_stores::Files::open(root.path().join("store")).unwrap());
    let hands = Hands {
        files: Arc::new(Folder::new(root.path())),
        engine: simulated.engine.clone(),
        stores: [("local".to_owned(), store as Arc<dyn firn_stores::Store>)].into(),
        networks: Networks::default(),
        screens: "/run/firn/vnc".into(),
    };
    let world = World { hands, ..simulated };
    let image = Create {
        image: Some(1 << 20),
        start: true,
        ..wanted("web1", Machine::Pvh)
    };
    let plan = world.plan(|ground, _| ground.create(&image)).unwrap();
    let heard = Listener::default();
    let task = Task {
        id: Id::random(),
        begun: NOW.into(),
        by: "test".into(),
    };
    let outcome = run(
        &world.hands,
        &mut Stuff(world.fuse.clone()),
        &plan,
        &task,
        &heard,
    );
    assert_eq!(outcome, Outcome::Done(Vec::new()));
    let heard = heard.0.into_inner().unwrap();
    assert!(
        heard[0].starts_with("1/5 Make the volume g-") && heard.last().unwrap() == "100%",
        "{heard:?}"
    );
    assert!(
        heard.iter().any(|line| line == "44%"),
        "half of the image: {heard:?}"
    );
    type Ask = fn(&Ground<'_>, &crate::Book) -> crate::Planned;
    let life: [Ask; 6] = [
        |ground, book| {
            ground.disk_add(
                named(book, "web1"),
                &crate::NewDisk {
                    size: Some(1 << 20),
                    store: None,
                },
            )
        },
        |ground, book| ground.disk_grow(named(book, "web1"), "xvda", 2 << 30),
        |ground, book| ground.stop(named(book, "web1"), 1),
        |ground, book| ground.delete(named(book, "web1")),
        |ground, book| ground.restore(named(book, "web1"), None),
        |ground, book| ground.delete(named(book, "web1")),
    ];
    for ask in life {
        world.done(ask);
        assert_eq!(world.leftovers(), [""; 0]);
    }
    world.done(|ground, book| ground.empty(named(book, "web1")));
    assert_eq!(world.hands.stores["local"].volumes().unwrap(), []);
    assert!(world.book().trash.is_empty());
}
