//! The pages that have something done while they are used: lights, the network's test, the clock, SSH keys.

use super::pages::picture;
use super::session::Session;
use crate::wizard::control::{Button, Control};
use crate::wizard::message::{Effect, Message};
use crate::wizard::page::Page;
use crate::wizard::pages::disk::DISK;
use crate::wizard::pages::{addresses, login, network, time};
use crate::wizard::task::{Fetched, Finding, KeySource, Outcome, Reply, Task, Ticket, What};
use firn_tui::keys::Key;
use firn_words::{Language, Text, say};
use std::time::Duration;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin";
const OTHER: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl anna@laptop.example.net";

fn refused() -> Text {
    say!("desk-blink-cannot", nic = "eno1")
}

#[test]
fn lights_blink_and_the_page_goes_on() {
    let mut session = Session::at(Page::Network);
    session.keys("<Tab>b");
    let Some(Effect::Do(ticket, Task::Blink(nic), _)) = session.effects.last() else {
        panic!("no light blinks")
    };
    let (ticket, nic) = (*ticket, nic.clone());
    assert_eq!(nic, session.model.nic().unwrap().name);
    picture("network-blinking", &session);
    // Once is enough, and nothing else waits for it.
    let before = session.effects.len();
    session.keys("B");
    assert_eq!(session.effects.len(), before);
    session.keys("<Enter><Enter>");
    assert_eq!(session.model.page, Page::Addresses);
    let blinked = Reply::Blinked(nic, Err(refused()));
    session.tell(Message::Reply(ticket, blinked));
    assert!(session.model.form.errors.is_empty());
    session.keys("<Esc>");
    assert!(!session.screen(80, 24).contains("are blinking now"));
}

#[test]
fn lights_that_cannot_blink_say_so() {
    let mut session = Session::at(Page::Network);
    session.model.form.focus = Some(Control::button(Button::Blink));
    session.keys("<Enter>");
    let nic = session.model.nic().unwrap().name.clone();
    session.answer(Reply::Blinked(nic, Err(refused())));
    assert!(session.model.form.errors.contains_key(&network::NICS));
    picture("network-cannot-blink", &session);
}

#[test]
fn without_a_nic_nothing_blinks() {
    let mut session = Session::new("{}");
    session.model.page = Page::Network;
    session.model.form.focus = Some(network::NICS);
    session.keys("<Enter>b");
    assert!(
        !session
            .effects
            .iter()
            .any(|e| matches!(e, Effect::Do(_, Task::Blink(_), _)))
    );
}

/// On the page of the addresses, with everything entered that there is, and the test begun.
fn testing() -> (Session, Ticket) {
    let mut session = Session::at(Page::Addresses);
    session.keys("<Right><Enter>192.0.2.10/24<Enter>192.0.2.1<Enter>");
    session.keys("<Right><Enter>2001:db8::10/64<Enter>fe80::1<Enter>192.0.2.53<Enter>");
    session.model.form.focus = Some(Control::button(Button::Test));
    session.keys("<Enter>");
    let Some(Effect::Do(ticket, Task::TestNetwork, situation)) = session.effects.last() else {
        panic!("{:?}", session.model.form.errors)
    };
    let dns = &situation.answers.network.dns;
    assert_eq!(dns.len(), 1, "what stands on the page is tested");
    let ticket = *ticket;
    session.tell(Message::Tick(Duration::from_secs(12)));
    (session, ticket)
}

fn finding(what: What, outcome: Outcome, text: Text) -> Reply {
    Reply::Found(Finding {
        what,
        outcome,
        text,
    })
}

/// Whether there is something of a test to see.
fn shows(session: &Session) -> bool {
    session.screen(80, 24).contains("NTP (time)")
}

#[test]
fn results_come_one_by_one() {
    let (mut session, ticket) = testing();
    picture("addresses-testing", &session);
    let address = say!("desk-net-address", addresses = "192.0.2.10, 2001:db8::10");
    session.tell(Message::Meanwhile(
        ticket,
        finding(What::Address, Outcome::Works, address),
    ));
    // A second press does not begin a second test.
    let before = session.effects.len();
    session.keys("<Enter>");
    assert_eq!(session.effects.len(), before);
    for (what, outcome, text) in [
        (
            What::Gateway,
            Outcome::Fails,
            say!("desk-net-gateway-silent", gateways = "192.0.2.1, fe80::1"),
        ),
        (What::Dns, Outcome::Note, say!("desk-net-no-dns")),
        (
            What::Ntp,
            Outcome::Fails,
            say!("desk-net-ntp-silent", servers = "2.debian.pool.ntp.org"),
        ),
    ] {
        session.tell(Message::Meanwhile(ticket, finding(what, outcome, text)));
    }
    session.tell(Message::Reply(ticket, Reply::Tested(Ok(()))));
    picture("addresses-tested", &session);
    // A test that could not be made says why, and can be made again.
    session.keys("<Enter>");
    let text = say!("desk-net-failed", reason = "networkd is gone");
    session.answer(Reply::Tested(Err(text)));
    picture("addresses-not-tested", &session);
}

#[test]
fn a_test_of_other_entries_is_dropped() {
    let (mut session, ticket) = testing();
    // Moving about keeps it.
    session.keys("<Up><Up><BackTab>");
    assert!(session.screen(80, 24).contains("testing..."));
    session.model.form.focus = Some(addresses::DNS);
    session.keys(" 192.0.2.54");
    assert!(!shows(&session));
    let late = finding(What::Address, Outcome::Works, "late".into());
    session.tell(Message::Meanwhile(ticket, late.clone()));
    session.tell(Message::Reply(ticket, Reply::Tested(Ok(()))));
    assert!(!shows(&session));
    // The same for a page that was left, and for one test after another.
    session.model.form.focus = Some(Control::button(Button::Test));
    session.keys("<Enter><Right><Right><Enter>");
    assert_eq!(session.model.page, Page::HostName);
    session.keys("<Esc>");
    assert!(!shows(&session));
    session.model.form.focus = Some(Control::button(Button::Test));
    session.keys("<Enter>");
    let second = Ticket {
        number: ticket.number + 1,
        ..ticket
    };
    session.tell(Message::Meanwhile(second, late));
    assert!(!session.screen(80, 24).contains("late"));
}

#[test]
fn wrong_entries_are_not_tested() {
    let mut session = Session::at(Page::Addresses);
    session.keys("<Right><Enter>192.0.2.10<Enter>");
    session.model.form.focus = Some(Control::button(Button::Test));
    session.keys("<Enter>");
    assert!(
        session
            .effects
            .iter()
            .all(|e| !matches!(e, Effect::Do(_, Task::TestNetwork, _)))
    );
    assert_eq!(session.model.form.focus, Some(addresses::V4_ADDRESS));
}

#[test]
fn disks_come_and_go_while_the_page_is_open() {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    let mut session = Session::at(Page::Disk);
    session.answer(Reply::BlockDevices(names(&["sda", "sdb"])));
    session.effects.clear();
    session.answer(Reply::BlockDevices(names(&["sda", "sdb"])));
    assert!(session.effects.is_empty());
    session.answer(Reply::BlockDevices(names(&["sdb"])));
    assert!(matches!(
        session.effects.last(),
        Some(Effect::Do(_, Task::Probe, _))
    ));

    let mut machine = session.model.machine.clone();
    let gone = machine.disks.remove(session.model.form.cursor(DISK)).name;
    session.answer(Reply::Machine(Box::new(machine)));
    let screen = session.screen(80, 24);
    assert!(
        screen.contains(&format!("! {gone} is not there any more")),
        "{screen}"
    );
    assert_ne!(session.model.disk().unwrap().name, gone);
    assert!(session.model.unfit(session.model.disk().unwrap()).is_none());
}

#[test]
fn a_plan_for_a_disk_that_was_taken_out_is_none() {
    let mut session = Session::at(Page::Summary);
    assert!(matches!(session.model.plan, Some(Ok(_))));
    let mut machine = session.model.machine.clone();
    machine.disks.remove(session.model.form.cursor(DISK));
    session.answer(Reply::Machine(Box::new(machine)));
    assert!(matches!(session.model.plan, Some(Err(_))));
}

#[test]
fn the_time_there_ticks() {
    let mut session = Session::at(Page::Time);
    assert_eq!(session.zone.as_deref(), Some("Europe/Berlin"));
    session.keys("tokyo");
    assert_eq!(session.zone.as_deref(), Some("Asia/Tokyo"));
    session.zone = None;
    session.tell(Message::Tick(Duration::from_secs(1)));
    assert_eq!(session.zone.as_deref(), Some("Asia/Tokyo"));
    session.answer(Reply::Time(Some("2026-11-24 00:30:05".into())));
    assert!(session.screen(80, 24).contains("2026-11-24 00:30:05"));
    session.keys("qqq");
    let screen = session.screen(80, 24);
    assert!(!screen.contains("00:30:05"), "of no zone there is no time");
}

#[test]
fn the_clock_is_set_by_hand() {
    let mut session = Session::at(Page::Time);
    session.answer(Reply::Time(Some("2026-11-23 16:30:05".into())));
    session.keys("<Enter><Right><Right><Enter>2026-11-23 17:3<Enter>");
    assert!(session.model.busy.is_some());
    let Some(Effect::Do(_, Task::SetClock(text), situation)) = session.effects.last() else {
        panic!("{:?}", session.model.form.errors)
    };
    assert_eq!(text, "2026-11-23 17:3");
    assert_eq!(situation.answers.timezone, "Europe/Berlin");
    let error = say!("desk-clock-form", text = text);
    session.answer(Reply::Done(Err(error)));
    picture("time-wrong", &session);
    session.keys("0<Enter>");
    session.answer(Reply::Done(Ok(say!("page-time-is-set"))));
    picture("time-by-hand", &session);
    assert_eq!(session.model.page, Page::Time);
    assert_eq!(session.model.form.text(time::CLOCK), "");
    session.keys("<Enter>");
    assert_eq!(session.model.page, Page::Login);
}

#[test]
fn keys_are_listed_and_taken_out() {
    let mut session = Session::at(Page::Login);
    session.keys(&format!(
        "tulpen am see<Enter>tulpen am see<Enter>{KEY}<Enter>"
    ));
    assert_eq!(session.model.page, Page::Login);
    assert_eq!(session.model.answers.host.ssh_keys, [KEY]);
    // The same key by another name is the same key.
    session.keys(&format!("{}<Enter>", KEY.replace("admin", "other")));
    assert_eq!(session.model.answers.host.ssh_keys, [KEY]);
    session.keys("https://git.example.net/anna.keys<Enter>");
    let Some(Effect::Do(_, Task::Keys(KeySource::Url(_)), _)) = session.effects.last() else {
        panic!("nothing is fetched")
    };
    picture("login-fetching", &session);
    let keys = Fetched {
        lines: vec![OTHER.to_owned(), KEY.to_owned()],
        refused: None,
    };
    session.answer(Reply::Keys(Ok(keys)));
    assert_eq!(session.model.answers.host.ssh_keys, [KEY, OTHER]);
    assert_eq!(session.model.form.focus, Some(login::KEYS));
    picture("login-fetched", &session);
    session.keys("<Up><Del>");
    assert_eq!(session.model.answers.host.ssh_keys, [OTHER]);
    session.keys("<Del>");
    assert!(session.model.answers.host.ssh_keys.is_empty());
    assert_eq!(session.model.form.focus, Some(login::KEY));
}

#[test]
fn a_bad_line_among_fetched_keys_is_said_and_the_good_ones_are_taken() {
    let mut session = Session::at(Page::Login);
    session.keys("<Tab><Tab>https://git.example.net/anna.keys<Enter>");
    let refused = say!("desk-keys-line", line = 2_usize, reason = "it is none");
    let keys = Fetched {
        lines: vec![KEY.to_owned()],
        refused: Some(refused.clone()),
    };
    session.answer(Reply::Keys(Ok(keys)));
    assert_eq!(session.model.answers.host.ssh_keys, [KEY]);
    assert_eq!(session.model.form.errors.get(&login::KEY), Some(&refused));
    picture("login-fetched-some", &session);
    session.model.form.focus = Some(Control::button(Button::Next));
    session.keys("<Enter>");
    assert_ne!(session.model.page, Page::Login);
}

#[test]
fn keys_that_give_no_shell_are_not_enough() {
    let mut session = Session::at(Page::Login);
    session.keys(&format!("<Tab><Tab>command=\"backup\" {KEY}<Enter>"));
    session.model.form.focus = Some(Control::button(Button::Next));
    session.keys("<Enter>");
    assert_eq!(session.model.page, Page::Login);
    let said = session.model.form.errors[&login::KEY].to_string();
    insta::assert_snapshot!(said, @r#"each of the keys has a command forced upon it and there is no password, so nobody would get a shell; add a key without "command=", or a password"#);
}

#[test]
fn keys_come_from_a_stick_or_say_why_not() {
    let mut session = Session::at(Page::Login);
    session.model.form.focus = Some(Control::button(Button::Fetch));
    session.keys("<Enter>");
    assert!(matches!(
        session.effects.last(),
        Some(Effect::Do(_, Task::Keys(KeySource::Sticks), _))
    ));
    let none = say!("page-login-no-stick");
    session.answer(Reply::Keys(Err(none)));
    picture("login-no-stick", &session);
    session.keys("ssh-ed25519 AAAA<Enter>");
    assert!(session.model.form.errors.contains_key(&login::KEY));
}

#[test]
fn a_password_shows_how_strong_it_is() {
    let mut session = Session::at(Page::Login);
    session.keys("geheim");
    assert!(session.screen(80, 24).contains("2 characters more"));
    session.keys("nis1");
    assert!(session.screen(80, 24).contains("easy to guess"));
    session.keys("<Clear>tulpen am see");
    assert!(session.screen(80, 24).contains("good"));
}

/// What the keys do is said whole for each control, and so is the help.
#[test]
fn hints_and_help_fit_on_a_small_screen() {
    for page in Page::STEPS {
        let mut session = Session::at(*page);
        session.model.answers.host.ssh_keys = vec![KEY.into()];
        for language in Language::ALL {
            session.model.speak(language);
            let page = session.pages.shown(&session.model);
            for control in page.all_controls(&session.model) {
                session.model.form.focus = Some(control);
                let screen = session.screen(80, 24);
                let last = screen.lines().last().unwrap();
                assert!(last.ends_with("  \""), "{last}");
            }
            session.tell(Message::Key(Key::Help));
            let end = match language {
                Language::En => "Esc closes this.",
                Language::De => "Hilfe.",
            };
            let screen = session.screen(80, 24);
            assert!(screen.contains(end), "{screen}");
            session.keys("<Esc>");
        }
    }
}

#[test]
fn both_passwords_are_seen_to_be_the_same() {
    let mut session = Session::at(Page::Login);
    session.keys("tulpen am see<Enter>tulpen am se");
    assert!(!session.screen(80, 24).contains("both the same"));
    session.keys("e");
    assert!(session.screen(80, 24).contains("good, both the same"));
}
