//! The recorded machines of `tests/machines` in front of the wizard: somebody who takes what it proposes, and enters what must be
//! entered. How far that leads, and what the screen says there, is one snapshot for each machine.

use super::session::Session;
use crate::recorded;
use crate::wizard::message::Message;
use crate::wizard::model::Layer;
use crate::wizard::page::Page;
use firn_words::Language;
use std::fmt::Write as _;
use std::path::Path;

/// No page has more controls.
const CONTROLS: usize = 25;

/// What must be entered; everything else is proposed.
fn entries(page: Page) -> &'static str {
    match page {
        Page::HostName => "xen1.example.net",
        Page::Login => "correct horse<Enter>correct horse",
        _ => "",
    }
}

/// Enter until another page has come, past the question whether to go on; whether one has.
fn go_on(session: &mut Session, way: &mut String) -> bool {
    let before = session.model.page;
    session.keys(entries(before));
    for _ in 0..CONTROLS {
        session.keys("<Enter>");
        if let Some(Layer::Question { .. }) = session.model.layer {
            way.push_str(" (in spite of it)");
            session.keys("<Tab><Enter>");
        }
        if session.model.page != before {
            return true;
        }
    }
    false
}

fn walk(session: &mut Session) -> String {
    let mut way = String::new();
    while session.model.page != Page::Summary {
        let _ = write!(way, "{:?}", session.model.page);
        if !go_on(session, &mut way) {
            way.push_str(": no further");
            return way;
        }
        way.push_str(" > ");
    }
    way.push_str("Summary");
    way
}

#[test]
fn no_page_shows_an_evil_machine_as_it_wants() {
    for (name, machine) in crate::evil::machines() {
        let mut session = Session::of(machine);
        let mut way = String::new();
        for _ in 0..20 {
            let (page, cursor) = (session.model.page, "<Down>");
            session.keys(cursor);
            for language in [Language::En, Language::De] {
                let screen = session.screen_in(language, 132, 50);
                crate::evil::harmless(&screen, &format!("{name}, {page:?}"));
            }
            if page == Page::Summary || !go_on(&mut session, &mut way) {
                break;
            }
        }
    }
}

#[test]
fn every_recorded_machine_goes_through_the_wizard() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/machines/wizard");
    for (name, machine) in recorded::machines() {
        let mut session = Session::of(machine);
        session.tell(Message::Resize(80, 24));
        let mut text = walk(&mut session);
        for language in [Language::En, Language::De] {
            write!(text, "\n\n{}", session.screen_in(language, 80, 24)).unwrap();
        }
        // Nothing is begun by taking what is proposed: the first button of the summary is Back.
        assert!(session.model.run.steps.is_empty(), "{name}");
        insta::with_settings!({ snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
}
