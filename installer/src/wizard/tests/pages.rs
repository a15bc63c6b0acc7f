//! Pictures of every page, at the smallest usual size and at a large one.

use super::super::message::{Effect, Message};
use super::super::model::Owner;
use super::super::page::Page;
use super::super::pages::repair_host;
use super::session::{DESK, INSTALL, RACK, Session};
use crate::consoles::Holder;
use crate::execute::{Done, Event, Failure};
use crate::machine::{Content, What};
use firn_tui::theme::Theme;
use firn_words::{Language, say};
use std::time::Duration;

pub fn picture(name: &str, session: &Session) {
    for (language, tag) in [(Language::En, "en"), (Language::De, "de")] {
        for (width, height) in [(80, 24), (132, 50)] {
            let screen = session.screen_in(language, width, height);
            insta::assert_snapshot!(format!("{name}-{tag}-{width}x{height}"), screen);
        }
    }
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
        (Page::Language, "language"),
        (Page::Keyboard, "keyboard"),
        (Page::Menu, "menu"),
        (Page::Checks, "checks"),
        (Page::Disk, "disk"),
        (Page::Storage, "storage"),
        (Page::Network, "network"),
        (Page::Addresses, "addresses"),
        (Page::HostName, "host-name"),
        (Page::Time, "time"),
        (Page::Login, "login"),
        (Page::Summary, "summary"),
    ] {
        let mut session = Session::at(page);
        session.tell(Message::TimeIn(Some("2026-11-23 16:30:05".into())));
        picture(name, &session);
    }
}

#[test]
fn no_answers_for_this_machine() {
    let mut session = Session::at(Page::Language);
    let url = "http://netboot.example.net:8080/v1/answers?mac=52-54-00-12-34-56&uuid=0f0e";
    session.model.no_answers = Some(url.into());
    picture("language-no-answers", &session);
}

#[test]
fn entered() {
    let mut session = Session::at(Page::Disk);
    session.keys("<Down><Down>");
    picture("disk-with-firn", &session);
    let mut session = Session::at(Page::Network);
    session.keys("<Right><Down> <Down><Enter>");
    picture("network-bond", &session);
    let mut session = Session::at(Page::Addresses);
    session.keys("<Right><Enter>192.0.2.10<Enter>198.51.100.1<Enter><Enter>1.1.1<Enter><Enter>");
    picture("addresses-wrong", &session);
    let mut session = Session::at(Page::Login);
    session.keys("short<Enter>shorter<Enter><Enter>");
    picture("login-wrong", &session);
    session.keys("<F1>");
    picture("login-help", &session);
}

#[test]
fn without_virtualization() {
    let mut session = Session::new(DESK);
    session.keys("<Enter><Enter><Enter><Enter>");
    picture("checks-problem", &session);
    session.keys("<Enter>");
    picture("checks-question", &session);
}

#[test]
fn installing() {
    let mut session = Session::at(Page::Summary);
    session.keys(INSTALL);
    assert_eq!(session.model.page, Page::Progress);
    session.tell(step(1, "Checking the image and the disk"));
    session.tell(step(4, "Copying the system"));
    session.tell(Message::Event(Event::Log {
        text: "root.squashfs, 150 MB".into(),
    }));
    session.tell(Message::Event(Event::Progress { percent: 42 }));
    session.tell(Message::Tick(Duration::from_secs(21)));
    picture("progress", &session);
    session.keys("l");
    picture("progress-log", &session);
    session.keys("l");
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
    session.keys(INSTALL);
    let failure = Failure {
        step: "slot".into(),
        text: "copying root.squashfs to /dev/sda3: Input/output error (os error 5)".into(),
        command: Some("mkfs.ext4 -q -L firn-a /dev/sda3".into()),
        status: Some("exit status: 1".into()),
        tail: vec![
            "mke2fs 1.47.2 (1-Jan-2025)".into(),
            "/dev/sda3: Input/output error while writing out and closing file system".into(),
        ],
        undone: vec![
            firn_words::say!("execute-undone-mounts"),
            firn_words::say!("execute-undone-mark"),
        ],
        left: firn_words::say!("execute-left-unfinished", disk = "/dev/sda"),
        todo: firn_words::say!("execute-todo-disk-errors", disk = "/dev/sda"),
    };
    session.tell(Message::Finished(Err(failure)));
    picture("failed", &session);
    session.keys("<Left><Enter>");
    assert_eq!(session.model.page, Page::Progress, "tried again");
    session.tell(Message::Lost("broken".into()));
    session.keys("<Enter>");
    assert_eq!(session.model.page, Page::Summary);
}

#[test]
fn menu_entries() {
    let mut session = Session::at(Page::Menu);
    session.keys("<Down><Enter>");
    assert_eq!(session.model.page, Page::Drivers);
    picture("drivers-looking", &session);
    session.reply();
    picture("drivers", &session);
    session.keys("<Enter>");
    session.reply();
    assert!(matches!(session.effects.last(), Some(Effect::Probe)));

    let mut session = Session::at(Page::Menu);
    session.keys("<Down><Down><Enter>");
    picture("repair", &session);
    session.keys("<Enter>");
    picture("repair-host", &session);
    session.keys("<Enter>");
    picture("repair-question", &session);
    session.keys("<Esc>");
    session.keys("<Down>");
    picture("repair-network", &session);
    session.keys("<Down><Tab>short<Enter><Enter>");
    picture("repair-password", &session);
    session.keys("<Tab><Tab>");
    session.model.form.focus = Some(repair_host::ACTIONS);
    session.keys("<Down><Enter>");
    session.reply();
    assert_eq!(session.model.page, Page::Report);
    picture("logs", &session);

    let mut session = Session::at(Page::Menu);
    session.keys("<Down><Down><Down><Enter>");
    picture("hardware", &session);
    session.keys("<Esc>");
    assert_eq!(session.model.page, Page::Menu);
}

#[test]
fn saving() {
    let mut session = Session::at(Page::Summary);
    session.keys("<Left><Enter>");
    picture("save-looking", &session);
    session.reply();
    picture("save", &session);
    // Longer than a line: what to do about it must be read, too.
    session.model.notice = Some(say!("stick-broken", device = "/dev/sdb1", kind = "vfat"));
    picture("save-notice", &session);
    session.keys("<Tab><Tab><Tab><Enter>");
    session.reply();
    picture("answers", &session);
    session.keys("<Esc><Esc>");
    assert_eq!(session.model.page, Page::Summary);
}

#[test]
fn half_of_a_volume_group() {
    let mut session = Session::at(Page::Disk);
    for disk in &mut session.model.machine.disks[..2] {
        disk.contents.push(Content {
            device: disk.name.clone(),
            what: What::Lvm("vg0".into()),
            set: Some("of both".into()),
        });
    }
    picture("disk-torn", &session);
}

#[test]
fn further_disks() {
    let mut session = Session::at(Page::Storage);
    session.keys("<Enter> <Down>");
    picture("storage-ticked", &session);
}

#[test]
fn in_use_elsewhere() {
    let mut session = Session::new(RACK);
    let by = |language| Holder {
        console: "ttyS0".into(),
        language,
    };
    session.tell(Message::Owner(Some(by(Language::De))));
    assert_eq!(session.model.language(), Language::De);
    session.tell(Message::Owner(Some(by(Language::En))));
    session.keys("<Enter>");
    assert_eq!(session.model.owner, Owner::Other("ttyS0".into()));
    picture("in-use", &session);
    session.tell(step(4, "Copying the system"));
    session.tell(Message::Event(Event::Progress { percent: 30 }));
    picture("in-use-installing", &session);
    session.tell(Message::Owner(None));
    assert_eq!(session.model.page, Page::Language);
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
    let german = session.screen_in(Language::De, 80, 24);
    assert!(german.is_ascii() && german.contains("zurueck"), "{german}");
    insta::assert_snapshot!("time-serial-80x24", screen);
}

#[test]
fn too_small() {
    let session = Session::at(Page::Disk);
    let screen = session.screen_in(Language::De, 40, 10);
    insta::assert_snapshot!("too-small-en", session.screen(40, 10));
    insta::assert_snapshot!("too-small-de", screen);
}

#[test]
fn what_has_to_be_named() {
    let mut session = Session::at(Page::Summary);
    session.keys("<Right><Enter>");
    picture("summary-unconfirmed", &session);
}

/// The last line says what the keys do; cut off it would say it wrong.
#[test]
fn hints_fit_on_the_smallest_usual_screen() {
    for page in Page::STEPS {
        let session = Session::at(*page);
        for language in Language::ALL {
            let screen = session.screen_in(language, 80, 24);
            let last = screen.lines().last().unwrap();
            assert!(last.ends_with("  \""), "{last}");
        }
    }
}
