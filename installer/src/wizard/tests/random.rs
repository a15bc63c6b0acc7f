//! Any keys, any size: no crash, and no disk is written that was not named.

use super::super::message::{Effect, Message};
use super::super::page::Page;
use super::super::pages::{disk::holds_something, storage, summary};
use super::session::{DESK, RACK, Session};
use firn_tui::keys::Key;
use proptest::prelude::*;

fn key() -> impl Strategy<Value = Key> {
    let fixed = [
        Key::Enter,
        Key::Enter,
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Backspace,
        Key::Delete,
        Key::Clear,
        Key::Help,
        Key::Redraw,
        Key::Other,
        Key::Char(' '),
    ];
    prop_oneof![4 => proptest::sample::select(fixed.to_vec()), 1 => any::<char>().prop_map(Key::Char)]
}

fn start() -> impl Strategy<Value = Session> {
    let pages = proptest::sample::select(
        [&[Page::Language, Page::Keyboard, Page::Menu], Page::STEPS].concat(),
    );
    prop_oneof![
        pages.prop_map(|page| (page, RACK)),
        Just((Page::Language, DESK)),
        Just((Page::Language, "{}")),
    ]
    .prop_map(|(page, machine)| {
        if machine == RACK {
            Session::at(page)
        } else {
            Session::new(machine)
        }
    })
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session at {:?}", self.model.page)
    }
}

proptest! {
    // As many cases as fit into an ordinary run; PROPTEST_CASES says how many more.
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn nothing_breaks(mut session in start(), answers in any::<bool>(), keys in proptest::collection::vec(key(), 0..60), width in 1u16..140, height in 1u16..50) {
        session.tell(Message::Resize(width, height));
        for key in keys {
            session.tell(Message::Key(key));
            // Now and then what was asked for is answered at once.
            if answers && session.waits() {
                session.reply();
            }
            if let Some(Effect::Execute(plan, _)) = session.effects.last() {
                let disk = session.model.disk().unwrap();
                prop_assert_eq!(&plan.disk.path, &disk.path);
                prop_assert!(session.model.unfit(disk).is_none());
                for further in &plan.store_disks {
                    prop_assert!(storage::further(&session.model).iter().any(|disk| disk.path == further.path));
                }
                prop_assert!(!holds_something(disk) || summary::confirmed(&session.model));
            }
        }
        prop_assert!(!session.screen(width, height).is_empty());
        prop_assert!(!session.screen(80, 24).is_empty());
    }
}
