//! The simulated engine does what guests do.

use super::*;
use crate::{Ask, Clock, Engine, Loader, Machine, Model, Nic};
use std::time::Duration;

fn shape(called: &str) -> Shape {
    Shape {
        name: "a1b2c3d4".into(),
        called: called.into(),
        uuid: "6f1ae6f4-7d2b-4a6e-9a55-0d2f6f0a2b11".into(),
        machine: Machine::Pvh(Loader::Grub),
        memory: 1 << 30,
        memory_max: 1 << 30,
        cpus: 1,
        cpus_max: 2,
        disks: Vec::new(),
        nics: vec![Nic {
            mac: "00:16:3e:00:00:2a".into(),
            bridge: "xenbr0".into(),
            model: Model::Xen,
        }],
        clock: Clock::Utc,
    }
}

fn states(engine: &Simulated) -> Vec<State> {
    let domains = engine.domains().unwrap();
    domains.iter().map(|domain| domain.state).collect()
}

#[test]
fn a_life() {
    let engine = Simulated::default();
    let (shape, now) = (shape("web"), Duration::ZERO);
    assert_eq!(engine.start(&shape), Ok(1));
    assert_eq!(engine.watch(now), Ok(true));
    assert_eq!(engine.watch(now), Ok(false));
    let guest = shape.name.clone();
    assert_eq!(engine.start(&shape), Err(Error::Running { guest }));
    assert_eq!(
        engine.addresses("a1b2c3d4")[0].address.to_string(),
        "192.0.2.42"
    );
    assert_eq!(engine.ask("a1b2c3d4", Ask::Reboot), Ok(()));
    assert_eq!(states(&engine), [State::Ended(Reason::Reboot)]);
    let error = engine.ask("a1b2c3d4", Ask::Shutdown).unwrap_err();
    assert_eq!(error.to_string(), "The guest a1b2c3d4 is not running.");
    assert_eq!(engine.destroy("a1b2c3d4"), Ok(()));
    assert_eq!(engine.destroy("a1b2c3d4"), Ok(()));
    assert_eq!(engine.start(&shape), Ok(2));
}

#[test]
fn agreed_names_fail() {
    let engine = Simulated::default();
    let error = engine.start(&shape(FAIL_START)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "xl create failed: the guest is called fail-start"
    );
    assert_eq!(states(&engine), []);
    engine.start(&shape(SLOW_STOP)).unwrap();
    engine.ask("a1b2c3d4", Ask::Shutdown).unwrap();
    assert_eq!(states(&engine), [State::Running]);
    engine.destroy("a1b2c3d4").unwrap();
    engine.start(&shape(CRASH_START)).unwrap();
    assert_eq!(states(&engine), [State::Ended(Reason::Crash)]);
}

#[test]
fn a_guest_gets_what_the_machine_has_and_no_more() {
    let engine = Simulated::new(2 << 30, 4);
    let mut large = shape("large");
    large.memory = 2 << 30;
    large.memory_max = 2 << 30;
    let error = engine.start(&large).unwrap_err();
    assert_eq!(
        error.to_string(),
        "large needs 2060 MiB of memory (2048 MiB of its own, and what Xen needs to run it), but only 2048 MiB are free. \
         Stop another guest, or give this one less."
    );
    engine.start(&shape("web")).unwrap();
    assert_eq!(engine.host().unwrap().memory_free, (1 << 30) - (8 << 20));
    assert!(engine.set_cpus("a1b2c3d4", 3).is_err());
    assert_eq!(engine.set_cpus("a1b2c3d4", 2), Ok(()));
    assert_eq!(engine.domains().unwrap()[0].cpus, 2);
}
