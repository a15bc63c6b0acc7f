//! Definitions as files, also damaged ones, and guests by their names.

use super::sample;
use super::world::{World, named, wanted};
use crate::definition::{read, write};
use crate::{Definition, Disk, Machine, Removed, Role, Stray, audit};
use proptest::prelude::*;

#[test]
fn a_damaged_file_is_reported_and_loses_nothing() {
    let world = World::new();
    for name in ["one", "two"] {
        world.done(|ground, _| ground.create(&wanted(name, Machine::Pvh)));
    }
    let files = &world.hands.files;
    let one = named(&world.book(), "one").id.clone();
    let file = format!("definitions/guests/{one}.toml");
    let whole = String::from_utf8(files.read(&file).unwrap().unwrap()).unwrap();
    let table = [
        (
            whole.replace("cpus = 1", "cpus = \"x\""),
            "Line 7: invalid type: string \"x\", expected u32. Correct it.",
        ),
        (
            whole.replace("cpus = 1", "cpuz = 1"),
            "Line 7: unknown field `cpuz`",
        ),
        (
            whole.replace("version = 1", "version = 9"),
            "It has version 9, and this Firn knows versions up to 1. Update the host.",
        ),
        (
            whole.replace(one.as_str(), "a0000000"),
            "Its field “id” is “a0000000”, and the file's name says another. Correct it.",
        ),
        (
            whole.replace("\"one\"", "\"a/b\""),
            "The name “a/b” has a “/”",
        ),
        (whole[..whole.len() / 2].to_owned(), "Line "),
        (String::new(), "Line 1: missing field `version`"),
        (
            whole.replace("template", "deleted = \"x\"\ntemplate"),
            "It has a field “deleted” outside the trash",
        ),
    ];
    for (text, expected) in table {
        files.write(&file, &mut text.as_bytes()).unwrap();
        let book = world.book();
        assert_eq!(book.guests.len(), 1, "the other one is still there");
        let told = book.troubles[0].text.to_string();
        assert!(
            told.starts_with(&format!("The definition {file} is not used: {expected}")),
            "{told}"
        );
        let by_id = book.find(&format!("id:{one}")).unwrap_err();
        assert_eq!(by_id.text.to_string(), told);
        assert_eq!(
            audit(&world.hands, &book).unwrap(),
            [],
            "its volumes stay its own"
        );
    }
    files.write(&file, &mut [0xff, 0xfe].as_slice()).unwrap();
    assert!(
        world.book().troubles[0]
            .text
            .to_string()
            .ends_with("It is no text in UTF-8. Restore it from a backup.")
    );
    files
        .write("definitions/guests/notes.txt", &mut b"x".as_slice())
        .unwrap();
    assert_eq!(world.book().troubles.len(), 2);
    files.write("tasks/abc.json", &mut b"{".as_slice()).unwrap();
    let damaged = world.book().troubles[0].text.to_string();
    assert!(
        damaged.starts_with("The task's file tasks/abc.json is damaged (EOF"),
        "{damaged}"
    );
}

#[test]
fn guests_are_found_by_name_and_id() {
    let world = World::new();
    for name in ["web1", "Straße", "mail"] {
        world.done(|ground, _| ground.create(&wanted(name, Machine::Pvh)));
    }
    let book = world.book();
    let web = book.find("WEB1").unwrap();
    assert_eq!(book.find(&format!("id:{}", web.id)).unwrap(), web);
    assert_eq!(book.find("STRASSE").unwrap().name, "Straße");
    let said = |words: &str| book.find(words).unwrap_err().text.to_string();
    assert_eq!(
        said("wbe1"),
        "There is no guest “wbe1”; did you mean “web1”?"
    );
    assert_eq!(
        said("postgres"),
        "There is no guest “postgres”; “firn guest list” shows them all."
    );
    assert_eq!(
        said("id:a0000000"),
        "There is no guest “id:a0000000”; “firn guest list” shows them all."
    );
    assert_eq!(
        book.find_trashed("web1").unwrap_err().text.to_string(),
        "There is no guest “web1” in the trash; “firn trash list” shows what is."
    );
    let again = Definition {
        name: "Web1".into(),
        ..sample("x")
    };
    let text = write(&again).unwrap();
    let file = format!("definitions/guests/{}.toml", again.id);
    world
        .hands
        .files
        .write(&file, &mut text.as_bytes())
        .unwrap();
    let two = world.book().find("web1").unwrap_err().text.to_string();
    assert!(
        two.starts_with("Two guests have the name “web1”; say which one by its id, as “id:"),
        "{two}"
    );
}

#[test]
fn the_audit_finds_what_belongs_to_nobody() {
    let world = World::new();
    world.done(|ground, _| ground.create(&wanted("one", Machine::Pvh)));
    let guest = named(&world.book(), "one").clone();
    let store = &world.hands.stores["local"];
    let owner = |guest: &str, task: Option<&str>| firn_stores::Owner {
        guest: Some(guest.into()),
        task: task.map(str::to_owned),
    };
    store
        .create("g-a0000000-0", 1 << 20, &owner("a0000000", None))
        .unwrap();
    store
        .create(
            &format!("g-{}-9", guest.id),
            1 << 20,
            &owner(guest.id.as_str(), Some("a1111111")),
        )
        .unwrap();
    store
        .create("suspend", 1 << 20, &firn_stores::Owner::default())
        .unwrap();
    store.remove(&format!("g-{}-0", guest.id)).unwrap();
    world
        .hands
        .files
        .write("boot/a0000000.kernel", &mut b"x".as_slice())
        .unwrap();
    let shape = crate::shape(
        &world.hands,
        &Definition {
            disks: Vec::new(),
            ..sample("other")
        },
    )
    .unwrap();
    world.hands.engine.start(&shape).unwrap();
    let found = audit(&world.hands, &world.book()).unwrap();
    let volume = |volume: String| Stray::Volume {
        store: "local".into(),
        volume,
    };
    let mut expected = [
        volume("g-a0000000-0".into()),
        volume(format!("g-{}-9", guest.id)),
        Stray::Domain { name: shape.name },
        Stray::File {
            path: "boot/a0000000.kernel".into(),
        },
        Stray::Lacking {
            guest: "one".into(),
            store: "local".into(),
            volume: format!("g-{}-0", guest.id),
        },
    ];
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(found[0].text().to_string().split(' ').next(), Some("The"));
}

prop_compose! {
    fn disk()(number in 0..3000u32, size in 0..1u64 << 50, role in 0..3usize, store in "[a-z]{1,8}") -> Disk {
        let role = [Role::Disk, Role::Cd, Role::Seed][role];
        Disk { number, store, size, target: format!("t{number}"), role }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(
        notes in any::<String>(),
        line in any::<String>(),
        disk in disk(),
        removed in disk(),
        memory in 0..1u64 << 50,
        ramdisk in any::<bool>(),
    ) {
        let removed = Removed { when: "2026-12-01T00:00:00Z".into(), disk: removed };
        let machine = Machine::Kernel { ramdisk, command_line: line };
        let (disks, removed) = (vec![disk], vec![removed]);
        let guest = Definition { notes, memory, machine, disks, removed, ..sample("Büro 漢字 \"x\"") };
        prop_assert_eq!(read(&guest.id, write(&guest).unwrap().as_bytes()), Ok(guest));
    }

    #[test]
    fn no_damage_makes_another_guest_of_it(at in 0..400usize, byte in any::<u8>(), cut in 0..400usize) {
        let guest = sample("one");
        let mut bytes = write(&guest).unwrap().into_bytes();
        let place = at % bytes.len();
        bytes[place] = byte;
        bytes.truncate(bytes.len().max(cut) - cut / 2);
        if let Ok(read) = read(&guest.id, &bytes) {
            prop_assert_eq!(read.id, guest.id);
        }
    }
}
