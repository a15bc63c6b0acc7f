//! Somebody at the keyboard.

use super::super::catalog::Catalog;
use super::super::demo::Demo;
use super::super::message::{Effect, Message};
use super::super::model::Model;
use super::super::page::Page;
use super::super::services::Services;
use super::super::update::update;
use super::super::view::view;
use crate::machine::Machine;
use firn_tui::keys::Key;
use firn_tui::theme::Theme;
use firn_words::Language;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::ops::ControlFlow;

/// A server with five disks and four NICs.
pub const RACK: &str = include_str!("rack.json");
/// An old desktop with virtualization switched off.
pub const DESK: &str = include_str!("desk.json");

/// A wizard, and what it wanted to have done.
pub struct Session {
    pub model: Model,
    pub effects: Vec<Effect>,
    /// The time zone of which it last wanted to know how late it is there.
    pub zone: Option<String>,
}

impl Session {
    pub fn new(machine: &str) -> Self {
        Self::of(serde_json::from_str(machine).unwrap())
    }

    pub fn of(machine: Machine) -> Self {
        let mut model = Model::new(
            machine.clone(),
            Catalog::default(),
            "tty1",
            Theme::default(),
        );
        model.abilities = Demo { machine }.abilities();
        Self {
            model,
            effects: Vec::new(),
            zone: None,
        }
    }

    /// A session that has come to `page` on the rack server.
    pub fn at(page: Page) -> Self {
        let mut session = Self::new(RACK);
        for (from, keys) in WAY {
            if *from == page {
                return session;
            }
            assert_eq!(session.model.page, *from, "{:?}", session.model.form.errors);
            session.keys(keys);
        }
        assert_eq!(session.model.page, page, "{:?}", session.model.form.errors);
        session
    }

    pub fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Claim(key, _) => {
                    self.tell(Message::Claimed);
                    self.tell(Message::Key(key));
                }
                Effect::TimeIn(zone) => self.zone = Some(zone),
                Effect::Speak(_) => {}
                effect => self.effects.push(effect),
            }
        }
    }

    /// Whether [`Session::reply`] has an answer.
    pub fn waits(&self) -> bool {
        let last = self.effects.last();
        matches!(
            last,
            Some(Effect::Ask(..) | Effect::TestNetwork(..) | Effect::Blink(_))
        )
    }

    /// Answers the last task, as the demonstration does.
    pub fn reply(&mut self) {
        let machine = self.model.machine.clone();
        let demo = Demo { machine };
        match self.effects.pop() {
            Some(Effect::Ask(number, task, situation)) => {
                let reply = demo.perform(&task, &situation, &mut |_| ControlFlow::Continue(()));
                self.tell(Message::Reply(number, reply));
            }
            Some(Effect::TestNetwork(number, situation)) => {
                let mut tell = |finding| self.tell(Message::Tested(number, finding));
                let result = demo.test_network(&situation, &mut tell);
                self.tell(Message::TestOver(number, result));
            }
            Some(Effect::Blink(nic)) => {
                let result = demo.blink(&nic);
                self.tell(Message::Blinked(nic, result));
            }
            _ => panic!("nothing was asked for"),
        }
    }

    /// Presses keys: text as it stands, others in angle brackets: `german<Enter>`.
    pub fn keys(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let end = if c == '<' {
                rest.find('>').unwrap() + 1
            } else {
                c.len_utf8()
            };
            let key = if c == '<' {
                named(&rest[1..end - 1])
            } else {
                Key::Char(c)
            };
            self.tell(Message::Key(key));
            rest = &rest[end..];
        }
    }

    /// The screen at this size.
    pub fn screen(&self, width: u16, height: u16) -> String {
        self.screen_in(self.model.language(), width, height)
    }

    /// The screen at this size, as if this language had been chosen.
    pub fn screen_in(&self, language: Language, width: u16, height: u16) -> String {
        let mut model = self.model.clone();
        model.speak(language);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&model, frame)).unwrap();
        terminal
            .backend()
            .to_string()
            .replace(env!("CARGO_PKG_VERSION"), "0.0.0")
    }
}

fn named(name: &str) -> Key {
    match name {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Tab" => Key::Tab,
        "BackTab" => Key::BackTab,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "F1" => Key::Help,
        "Del" => Key::Delete,
        "Clear" => Key::Clear,
        other => panic!("no key {other}"),
    }
}

pub const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin";

/// From the first page to the last question, with something entered on each.
pub const WAY: &[(Page, &str)] = &[
    (Page::Language, "<Enter>"),
    (Page::Keyboard, "german<Enter><Enter>"),
    (Page::Menu, "<Enter>"),
    (Page::Checks, "<Enter>"),
    (Page::Disk, "<Down><Enter>"),
    (Page::Storage, "<Enter><Enter>"),
    (
        Page::Network,
        "<Right><Down><Down><Down> <Down> <Enter><Right><Enter>42<Enter>",
    ),
    (
        Page::Addresses,
        "<Right><Enter>192.0.2.10/24<Enter>192.0.2.1<Enter><Right><Right><Enter>192.0.2.53<Enter>example.net<Enter>",
    ),
    (Page::HostName, "xen1.example.net<Enter>"),
    (Page::Time, "<Enter><Right><Enter>ntp.example.net<Enter>"),
    (Page::Login, LOGIN),
    (Page::Summary, INSTALL),
];

/// Confirms that the disk's contents will be lost, and installs.
pub const INSTALL: &str = "<Tab><Tab>sda<Enter><Enter>";

const LOGIN: &str = "correct horse<Enter>correct horse<Enter>\
    ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin<Enter><Enter>";

#[test]
fn the_key_is_sound() {
    assert_eq!(firn_config::check_ssh_key(KEY), Ok(()));
    assert!(LOGIN.contains(KEY));
}
