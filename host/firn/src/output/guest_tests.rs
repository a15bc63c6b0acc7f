use super::*;
use crate::asking::tests::guest;
use firn_api::Problem;

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

fn others() -> Vec<Guest> {
    let stopped = Guest {
        id: "bbbbbbbb".into(),
        name: "Büro".into(),
        state: State::Stopped,
        cpus: 16,
        memory: 512 << 20,
        addresses: Vec::new(),
        disks: Vec::new(),
        ..guest()
    };
    let crashed = Guest {
        id: "cccccccc".into(),
        name: "数据库\u{1b}[2J".into(),
        state: State::Crashed,
        addresses: guest().addresses[..1].to_vec(),
        ..guest()
    };
    vec![guest(), stopped, crashed]
}

#[test]
fn the_list_is_sorted_and_aligned() {
    insta::assert_snapshot!(plain(&list(&others(), Language::En)));
    insta::assert_snapshot!("list-german", plain(&list(&others(), Language::De)));
}

#[test]
fn a_running_guest_fills_a_page() {
    insta::assert_snapshot!(plain(&page(&guest(), None, &TimeZone::UTC, Language::En)));
}

#[test]
fn a_page_says_why_a_guest_is_as_it_is() {
    let problem = |text: &str| {
        Some(Problem {
            text: text.into(),
            ..Problem::default()
        })
    };
    let crashed = Guest {
        state: State::Crashed,
        why: problem("It has crashed five times in a row, and is not started again."),
        no_address: problem("It does not run."),
        addresses: Vec::new(),
        started: None,
        protected: true,
        pending: vec!["memory".into(), "cpus".into()],
        autostart: Autostart {
            enabled: true,
            order: 2,
            delay: 30,
        },
        notes: "Anna's\nDo not touch".into(),
        task: Some("t1".into()),
        ..guest()
    };
    let doing = Text::from("Writing the image");
    insta::assert_snapshot!(plain(&page(
        &crashed,
        Some(&doing),
        &TimeZone::UTC,
        Language::En
    )));
    insta::assert_snapshot!(
        "page-german",
        plain(&page(&crashed, Some(&doing), &TimeZone::UTC, Language::De))
    );
}

#[test]
fn the_best_address_is_one_that_others_reach() {
    assert_eq!(best_address(&guest()).unwrap().address, "192.0.2.17");
    let mut guest = guest();
    guest.addresses.truncate(2);
    assert_eq!(best_address(&guest).unwrap().address, "2001:db8::17");
}
