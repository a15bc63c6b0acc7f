//! What holds for every store: one test, which each of them passes.

use crate::{Error, Owner, Store};

const MIB: u64 = 1 << 20;

fn owner(guest: &str, task: Option<&str>) -> Owner {
    Owner {
        guest: Some(guest.into()),
        task: task.map(str::to_owned),
    }
}

fn names(store: &dyn Store) -> Vec<String> {
    let volumes = store.volumes().unwrap();
    volumes.into_iter().map(|volume| volume.name).collect()
}

/// Leads a store, which is empty, through all its calls, each of them twice.
pub(crate) fn holds(store: &dyn Store) {
    let (making, made) = (owner("web1a2b3", Some("task0001")), owner("web1a2b3", None));
    assert!(store.facts().unwrap().size > 0);
    assert_eq!(names(store), [""; 0]);
    let path = store.create("g-web1a2b3-0", 8 * MIB, &making).unwrap();
    assert_eq!(
        store.create("g-web1a2b3-0", 8 * MIB, &making).unwrap(),
        path
    );
    assert_eq!(store.path("g-web1a2b3-0").unwrap(), path);
    taken(store);
    for _ in 0..2 {
        store.own("g-web1a2b3-0", &made).unwrap();
        store.grow("g-web1a2b3-0", 12 * MIB).unwrap();
    }
    let volume = store.volumes().unwrap().remove(0);
    assert_eq!((volume.size, &volume.owner), (12 * MIB, &made));
    let error = store.grow("g-web1a2b3-0", 4 * MIB).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The volume g-web1a2b3-0 has 12582912 bytes and cannot become smaller."
    );
    moves(store);
    missing(store);
}

fn taken(store: &dyn Store) {
    let other = owner("other000", None);
    let error = store.create("g-web1a2b3-0", MIB, &other).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The volume g-web1a2b3-0 is there already and belongs to somebody else."
    );
}

fn moves(store: &dyn Store) {
    for _ in 0..2 {
        store.rename("g-web1a2b3-0", "t-web1a2b3-0").unwrap();
    }
    assert_eq!(names(store), ["t-web1a2b3-0"]);
    store
        .create("g-web1a2b3-0", MIB, &Owner::default())
        .unwrap();
    let error = store.rename("g-web1a2b3-0", "t-web1a2b3-0").unwrap_err();
    assert!(matches!(error, Error::Taken { .. }), "{error}");
    assert_eq!(names(store), ["g-web1a2b3-0", "t-web1a2b3-0"]);
    for _ in 0..2 {
        store.remove("g-web1a2b3-0").unwrap();
        store.remove("t-web1a2b3-0").unwrap();
    }
    assert_eq!(names(store), [""; 0]);
}

fn missing(store: &dyn Store) {
    let errors = [
        store.path("g-no-0").unwrap_err(),
        store.grow("g-no-0", MIB).unwrap_err(),
        store.own("g-no-0", &Owner::default()).unwrap_err(),
        store.rename("g-no-0", "t-no-0").unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.to_string(), "There is no volume g-no-0 in the store.");
    }
    let error = store.create("../etc", MIB, &Owner::default()).unwrap_err();
    assert!(matches!(error, Error::Name { .. }), "{error}");
}
