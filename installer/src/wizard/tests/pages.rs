//! Pictures of every page, at the smallest usual size and at a large one.

use super::super::message::Message;
use super::super::model::Owner;
use super::super::page::Page;
use super::super::theme::Theme;
use super::session::{DESK, RACK, Session};
use crate::execute::{Done, Event, Failure};
use std::time::Duration;

fn picture(name: &str, session: &Session) {
    insta::assert_snapshot!(format!("{name}_80x24"), session.screen(80, 24));
    insta::assert_snapshot!(format!("{name}_132x50"), session.screen(132, 50));
}

fn step(n: usize, title: &str) -> Message {
    Message::Event(Event::Step {
        name: format!("step-{n}"),
        n,
        of: 8,
        title: title.into(),
    })
}

#[test]
fn questions() {
    for (page, name) in [
        (Page::Welcome, "welcome"),
        (Page::Checks, "checks"),
        (Page::Disk, "disk"),
        (Page::Network, "network"),
        (Page::Addresses, "addresses"),
        (Page::HostName, "host_name"),
        (Page::Time, "time"),
        (Page::Login, "login"),
        (Page::Summary, "summary"),
    ] {
        picture(name, &Session::at(page));
    }
}

#[test]
fn entered() {
    let mut session = Session::at(Page::Disk);
    session.keys("<Down><Down><Tab>sd");
    picture("disk_with_firn", &session);
    let mut session = Session::at(Page::Network);
    session.keys("<Right><Down> <Down><Enter>");
    picture("network_bond", &session);
    let mut session = Session::at(Page::Addresses);
    session.keys("<Right><Enter>192.0.2.10<Enter>198.51.100.1<Enter><Enter>1.1.1<Enter><Enter>");
    picture("addresses_wrong", &session);
    let mut session = Session::at(Page::Login);
    session.keys("short<Enter>shorter<Enter><Enter>");
    picture("login_wrong", &session);
    session.keys("<F1>");
    picture("login_help", &session);
}

#[test]
fn without_virtualization() {
    let mut session = Session::new(DESK);
    session.keys("<Enter><Enter>");
    picture("checks_problem", &session);
    session.keys("<Enter>");
    picture("checks_question", &session);
}

#[test]
fn installing() {
    let mut session = Session::at(Page::Summary);
    session.keys("<Right><Enter>");
    assert_eq!(session.model.page, Page::Progress);
    session.tell(step(1, "Checking the image and the disk"));
    session.tell(step(4, "Copying the system"));
    session.tell(Message::Event(Event::Log {
        text: "root.squashfs, 150 MB".into(),
    }));
    session.tell(Message::Event(Event::Progress { percent: 42 }));
    session.tell(Message::Tick(Duration::from_secs(21)));
    picture("progress", &session);
    let done = Done {
        hostname: "xen1.example.net".into(),
        addresses: vec!["192.0.2.10".into(), "2001:db8::10".into()],
        warnings: vec![
            "The firmware took no start entry; the disk starts by its fallback path.".into(),
        ],
    };
    session.tell(Message::Tick(Duration::from_secs(63)));
    session.tell(Message::Finished(Ok(done)));
    picture("done", &session);
}

#[test]
fn failing() {
    let mut session = Session::at(Page::Summary);
    session.keys("<Right><Enter>");
    let failure = Failure {
        step: "slot".into(),
        text: "copying root.squashfs to /dev/sda3: Input/output error (os error 5)".into(),
        undone: vec![
            "/run/firn/target unmounted".into(),
            "the partition table of /dev/sda cleared".into(),
        ],
        ..Failure::default()
    };
    session.tell(Message::Finished(Err(failure)));
    picture("failed", &session);
    session.keys("<Enter>");
    assert_eq!(session.model.page, Page::Summary);
}

#[test]
fn in_use_elsewhere() {
    let mut session = Session::new(RACK);
    session.tell(Message::Owner(Some("ttyS0".into())));
    session.keys("<Enter>");
    assert_eq!(session.model.owner, Owner::Other("ttyS0".into()));
    picture("in_use", &session);
    session.tell(step(4, "Copying the system"));
    session.tell(Message::Event(Event::Progress { percent: 30 }));
    picture("in_use_installing", &session);
    session.tell(Message::Owner(None));
    assert_eq!(session.model.page, Page::Welcome);
}

#[test]
fn serial_line_gets_ascii() {
    let mut session = Session::at(Page::Summary);
    session.model.theme = Theme {
        ascii: true,
        mono: true,
    };
    session.model.serial = true;
    session.keys("<Esc><Esc>");
    let screen = session.screen(80, 24);
    assert!(screen.is_ascii());
    insta::assert_snapshot!("time_serial_80x24", screen);
}

#[test]
fn too_small() {
    insta::assert_snapshot!("too_small", Session::at(Page::Disk).screen(40, 10));
}
