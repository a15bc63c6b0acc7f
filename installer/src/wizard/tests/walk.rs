//! Forwards, backwards, and what comes out.

use super::super::message::{Effect, Message, Outcome};
use super::super::page::{Button, Control, Page};
use super::session::{DESK, RACK, Session, WAY};
use firn_config::{BondMode, Ipv4, Ipv6, Ntp, Port, Secret, Wipe};

#[test]
fn answers_hold_what_was_entered() {
    let session = Session::at(Page::Summary);
    let answers = &session.model.answers;
    assert_eq!(answers.keyboard, "de");
    assert_eq!(answers.timezone, "Europe/Berlin");
    assert_eq!(answers.disk.target.path.as_ref().unwrap().0, "/dev/sda");
    assert_eq!(answers.disk.wipe, Wipe::Any);
    let Port::Bond(bond) = &answers.network.port else {
        panic!("no bond")
    };
    assert_eq!(bond.mode, BondMode::ActiveBackup);
    let macs: Vec<_> = bond
        .members
        .iter()
        .map(|rule| rule.mac.as_ref().unwrap().0.as_str())
        .collect();
    assert_eq!(macs, ["52:54:00:ab:cd:e0", "52:54:00:ab:cd:e1"]);
    assert_eq!(answers.network.vlan, Some(42));
    assert!(matches!(answers.network.ipv4, Ipv4::Static { .. }));
    assert_eq!(answers.network.ipv6, Ipv6::Off);
    assert_eq!(
        answers.time.ntp,
        Ntp::Servers(vec!["ntp.example.net".into()])
    );
    assert_eq!(
        answers.host.root_password,
        Some(Secret("correct horse".into()))
    );
    assert_eq!(answers.host.ssh_keys.len(), 1);
    assert!(
        matches!(session.model.plan, Some(Ok(_))),
        "{:?}",
        session.model.plan
    );
}

#[test]
fn back_and_forward_keep_every_entry() {
    let mut session = Session::at(Page::Summary);
    let (answers, screen) = (session.model.answers.clone(), session.screen(80, 24));
    for (page, _) in WAY.iter().rev() {
        assert_eq!(session.model.page, *page);
        session.keys("<Esc>");
    }
    assert_eq!(
        session.model.page,
        Page::Welcome,
        "Esc on the first page does nothing"
    );
    for (page, _) in &WAY[..WAY.len() - 1] {
        assert_eq!(session.model.page, *page, "{:?}", session.model.errors);
        session.model.focus = Control::Button(Button::Next);
        session.keys("<Enter>");
    }
    assert_eq!(session.model.answers, answers);
    assert_eq!(session.screen(80, 24), screen);
}

#[test]
fn the_summary_starts_on_back_and_installs_once_told_to() {
    let mut session = Session::at(Page::Summary);
    assert_eq!(session.model.focus, Control::Button(Button::Back));
    session.keys("<Right><Enter>");
    let Some(Effect::Execute(plan, secrets)) = session.effects.last() else {
        panic!("nothing was begun")
    };
    assert_eq!(plan.disk.path, "/dev/sda");
    assert!(secrets.password.is_some());
    // Nothing leads away from a running installation.
    session.keys("<Esc><Enter>q<Tab><Esc>");
    assert_eq!(session.model.page, Page::Progress);
}

#[test]
fn a_disk_with_contents_wants_its_name() {
    let mut session = Session::at(Page::Disk);
    session.keys("<Down><Enter><Enter>");
    assert_eq!(session.model.page, Page::Disk);
    session.keys("sdb<Enter>");
    assert!(session.model.errors.contains_key(&Control::DiskName));
    // What was typed for one disk does not count for another.
    session.keys("<Up><Down><Enter>");
    assert_eq!(session.model.text(Control::DiskName), "");
    session.keys("sdb<Enter>");
    assert_eq!(session.model.page, Page::Network);
    assert_eq!(
        session.model.answers.disk.wipe,
        Wipe::Host("1a2b3c4d".into())
    );
}

#[test]
fn unfit_disks_cannot_be_chosen() {
    for downs in [3, 4] {
        let mut session = Session::at(Page::Disk);
        session.keys(&"<Down>".repeat(downs));
        session.keys("<Enter>");
        assert_eq!(session.model.page, Page::Disk);
        assert!(session.model.errors.contains_key(&Control::Disk));
    }
}

#[test]
fn problems_are_passed_knowingly_or_not_at_all() {
    let mut session = Session::new(DESK);
    session.keys("<Enter><Enter><Enter>");
    assert!(session.model.layer.is_some());
    session.keys("<Enter>");
    assert_eq!(
        (session.model.page, session.model.layer.is_some()),
        (Page::Checks, false)
    );
    session.keys("<Enter><Right><Enter>");
    assert_eq!(session.model.page, Page::Disk);
    assert_eq!(session.model.answers.checks.skip, ["virtualization"]);
}

#[test]
fn a_second_look_keeps_the_marks() {
    let mut session = Session::at(Page::Disk);
    session.keys("<Down>");
    let mut machine = session.model.machine.clone();
    machine.disks.remove(0);
    session.keys("<Tab><Tab>");
    assert_eq!(session.model.focus, Control::Button(Button::LookAgain));
    session.keys("<Enter>");
    assert!(matches!(session.effects.last(), Some(Effect::Probe)));
    session.tell(Message::Probed(Ok(Box::new(machine.clone()))));
    assert_eq!(session.model.disk().unwrap().name, "sda");
    // The marked disk is pulled: the focus and the mark find another place.
    machine.disks.retain(|disk| disk.name != "sda");
    session.keys("<Down>");
    session.tell(Message::Probed(Ok(Box::new(machine))));
    assert!(session.model.controls().contains(&session.model.focus));
    assert_eq!(session.model.disk().unwrap().name, "sdb");
}

#[test]
fn the_layout_works_once_its_list_is_left() {
    let mut session = Session::new(RACK);
    session.keys("german");
    assert!(session.effects.is_empty());
    session.keys("<Enter>");
    assert!(matches!(session.effects.last(), Some(Effect::Keyboard(layout)) if layout == "de"));
}

#[test]
fn links_show_while_one_watches() {
    let mut session = Session::at(Page::Network);
    session.keys("<Down><Down><Down>");
    let mut nics = session.model.machine.nics.clone();
    nics.reverse();
    session.tell(Message::Nics(nics));
    assert_eq!(session.model.nic().unwrap().name, "ens1f0np0");
    session.tell(Message::Tick(std::time::Duration::from_secs(2)));
    assert!(matches!(session.effects.last(), Some(Effect::Nics)));
}

#[test]
fn a_broken_thread_is_no_endless_wait() {
    let mut session = Session::at(Page::Summary);
    session.keys("<Right><Enter>");
    session.tell(Message::Lost("the installer made a mistake".into()));
    assert_eq!(session.model.page, Page::Failed);
    assert!(matches!(session.effects.last(), Some(Effect::Redraw)));
}

#[test]
fn ends_lead_out() {
    let mut session = Session::new(RACK);
    session.keys("<BackTab><BackTab><BackTab><Enter>");
    assert!(matches!(
        session.effects.last(),
        Some(Effect::Exit(Outcome::PowerOff))
    ));
}
