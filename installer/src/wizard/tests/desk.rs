//! The pages that have something done while they are used: lights, the network's test, the clock, SSH keys.

use super::super::control::{Button, Control};
use super::super::message::{Effect, Message};
use super::super::page::Page;
use super::super::pages::disk::DISK;
use super::super::pages::{addresses, login, network, time};
use super::super::task::{Fetched, Finding, KeySource, Outcome, Reply, Task, What};
use super::pages::picture;
use super::session::Session;
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
    let Some(Effect::Blink(nic)) = session.effects.last() else {
        panic!("no light blinks")
    };
    let nic = nic.clone();
    assert_eq!(nic, session.model.nic().unwrap().name);
    picture("network-blinking", &session);
    // Once is enough, and nothing else waits for it.
    let before = session.effects.len();
    session.keys("B");
    assert_eq!(session.effects.len(), before);
    session.keys("<Enter><Enter>");
    assert_eq!(session.model.page, Page::Addresses);
    session.tell(Message::Blinked(nic, Err(refused())));
    assert!(session.model.form.errors.is_empty() && session.model.blinking.is_empty());
}

#[test]
fn lights_that_cannot_blink_say_so() {
    let mut session = Session::at(Page::Network);
    session.model.form.focus = Some(Control::button(Button::Blink));
    session.keys("<Enter>");
    let nic = session.model.nic().unwrap().name.clone();
    session.tell(Message::Blinked(nic, Err(refused())));
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
            .any(|e| matches!(e, Effect::Blink(_)))
    );
}

/// On the page of the addresses, with everything entered that there is, and the test begun.
fn testing() -> (Session, u64) {
    let mut session = Session::at(Page::Addresses);
    session.keys("<Right><Enter>192.0.2.10/24<Enter>192.0.2.1<Enter>");
    session.keys("<Right><Enter>2001:db8::10/64<Enter>fe80::1<Enter>192.0.2.53<Enter>");
    session.model.form.focus = Some(Control::button(Button::Test));
    session.keys("<Enter>");
    let Some(Effect::TestNetwork(number, situation)) = session.effects.last() else {
        panic!("{:?}", session.model.form.errors)
    };
    let dns = &situation.answers.network.dns;
    assert_eq!(dns.len(), 1, "what stands on the page is tested");
    let number = *number;
    session.tell(Message::Tick(Duration::from_secs(12)));
    (session, number)
}

fn finding(what: What, outcome: Outcome, text: Text) -> Finding {
    Finding {
        what,
        outcome,
        text,
    }
}

#[test]
fn results_come_one_by_one() {
    let (mut session, number) = testing();
    picture("addresses-testing", &session);
    let address = say!("desk-net-address", addresses = "192.0.2.10, 2001:db8::10");
    session.tell(Message::Tested(
        number,
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
        session.tell(Message::Tested(number, finding(what, outcome, text)));
    }
    session.tell(Message::TestOver(number, Ok(())));
    picture("addresses-tested", &session);
    // A test that could not be made says why, and can be made again.
    session.keys("<Enter>");
    let number = number + 1;
    let text = say!("desk-net-failed", reason = "networkd is gone");
    session.tell(Message::TestOver(number, Err(text)));
    picture("addresses-not-tested", &session);
}

#[test]
fn a_test_of_other_entries_is_dropped() {
    let (mut session, number) = testing();
    // Moving about keeps it.
    session.keys("<Up><Up><BackTab>");
    assert!(session.model.network_test.runs());
    session.model.form.focus = Some(addresses::DNS);
    session.keys(" 192.0.2.54");
    assert!(!session.model.network_test.shows());
    let late = finding(What::Address, Outcome::Works, "late".into());
    session.tell(Message::Tested(number, late.clone()));
    session.tell(Message::TestOver(number, Ok(())));
    assert!(!session.model.network_test.shows());
    // The same for a page that was left, and for one test after another.
    session.model.form.focus = Some(Control::button(Button::Test));
    session.keys("<Enter><Right><Right><Enter>");
    assert_eq!(session.model.page, Page::HostName);
    session.keys("<Esc>");
    assert!(!session.model.network_test.shows());
    session.model.form.focus = Some(Control::button(Button::Test));
    session.keys("<Enter>");
    session.tell(Message::Tested(number + 2, late));
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
            .all(|e| !matches!(e, Effect::TestNetwork(..)))
    );
    assert_eq!(session.model.form.focus, Some(addresses::V4_ADDRESS));
}

#[test]
fn disks_come_and_go_while_the_page_is_open() {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    let mut session = Session::at(Page::Disk);
    session.tell(Message::BlockDevices(names(&["sda", "sdb"])));
    session.effects.clear();
    session.tell(Message::BlockDevices(names(&["sda", "sdb"])));
    assert!(session.effects.is_empty());
    session.tell(Message::BlockDevices(names(&["sdb"])));
    assert!(matches!(session.effects.last(), Some(Effect::Probe)));

    let mut machine = session.model.machine.clone();
    let gone = machine.disks.remove(session.model.form.cursor(DISK)).name;
    session.tell(Message::Probed(Ok(Box::new(machine))));
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
    session.tell(Message::Probed(Ok(Box::new(machine))));
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
    session.tell(Message::TimeIn(Some("2026-11-24 00:30:05".into())));
    assert!(session.screen(80, 24).contains("2026-11-24 00:30:05"));
    session.keys("qqq");
    assert_eq!(
        session.model.time_there, None,
        "of no zone there is no time"
    );
}

#[test]
fn the_clock_is_set_by_hand() {
    let mut session = Session::at(Page::Time);
    session.tell(Message::TimeIn(Some("2026-11-23 16:30:05".into())));
    session.keys("<Enter><Right><Right><Enter>2026-11-23 17:3<Enter>");
    assert!(session.model.busy.is_some());
    let Some(Effect::Ask(_, Task::SetClock(text), situation)) = session.effects.last() else {
        panic!("{:?}", session.model.form.errors)
    };
    assert_eq!(text, "2026-11-23 17:3");
    assert_eq!(situation.answers.timezone, "Europe/Berlin");
    let error = say!("desk-clock-form", text = text);
    session.tell(Message::Reply(
        session.model.number,
        Reply::Done(Err(error)),
    ));
    picture("time-wrong", &session);
    session.keys("0<Enter>");
    session.tell(Message::Reply(
        session.model.number,
        Reply::Done(Ok(say!("page-time-is-set"))),
    ));
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
    let Some(Effect::Ask(_, Task::Keys(KeySource::Url(_)), _)) = session.effects.last() else {
        panic!("nothing is fetched")
    };
    picture("login-fetching", &session);
    let keys = Fetched {
        lines: vec![OTHER.to_owned(), KEY.to_owned()],
        refused: None,
    };
    session.tell(Message::Reply(session.model.number, Reply::Keys(Ok(keys))));
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
    session.tell(Message::Reply(session.model.number, Reply::Keys(Ok(keys))));
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
        Some(Effect::Ask(_, Task::Keys(KeySource::Sticks), _))
    ));
    let none = say!("page-login-no-stick");
    session.tell(Message::Reply(session.model.number, Reply::Keys(Err(none))));
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
            for control in session.model.controls() {
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
