//! Forwards, backwards, and what comes out.

use super::super::control::{Button, Control};
use super::super::message::{Effect, Message, Outcome};
use super::super::page::Page;
use super::super::pages::{disk::DISK, keyboard::KEYBOARD, summary, summary::CONFIRM};
use super::super::task::Reply;
use super::session::{DESK, INSTALL, RACK, Session, WAY};
use crate::machine::Disk;
use firn_config::{BondMode, Ipv4, Ipv6, Ntp, Port, Secret, Wipe};

#[test]
fn answers_hold_what_was_entered() {
    let session = Session::at(Page::Summary);
    let answers = &session.model.answers;
    assert_eq!(answers.keyboard, "de");
    assert_eq!(answers.timezone, "Europe/Berlin");
    // Its name may be another one's after the next start, its serial number may not.
    let target = &answers.disk.target;
    assert_eq!(target.serial.as_ref().unwrap().0, "S45PNA0M2");
    assert_eq!(target.path, None);
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
        Page::Language,
        "Esc on the first page does nothing"
    );
    for (page, _) in &WAY[..WAY.len() - 1] {
        assert_eq!(session.model.page, *page, "{:?}", session.model.form.errors);
        session.model.form.focus = Some(Control::button(Button::Next));
        session.keys("<Enter>");
    }
    assert_eq!(session.model.answers, answers);
    assert_eq!(session.screen(80, 24), screen);
}

#[test]
fn the_summary_starts_on_back_and_installs_once_told_to() {
    let mut session = Session::at(Page::Summary);
    assert_eq!(
        session.model.form.focus,
        Some(Control::button(Button::Back))
    );
    // Nothing but the disk's name confirms that its contents go.
    session.keys("<Right><Enter>");
    assert!(session.model.form.errors.contains_key(&CONFIRM));
    session.keys("sdb<Enter>");
    assert_eq!(session.model.page, Page::Summary);
    assert_eq!(
        session.model.form.focus,
        Some(Control::button(Button::Back))
    );
    session.keys("<Up><Clear>sda<Enter><Enter>");
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
fn an_installed_host_wants_its_id() {
    let mut session = Session::at(Page::Disk);
    session.keys("<Down><Down><Enter>");
    assert_eq!(session.model.page, Page::Storage);
    assert_eq!(
        session.model.answers.disk.wipe,
        Wipe::Host("1a2b3c4d".into())
    );
    for (_, keys) in &WAY[5..WAY.len() - 1] {
        session.keys(keys);
    }
    assert_eq!(session.model.page, Page::Summary);
    session.keys("<Tab><Tab>sdb<Enter><Right><Enter>");
    assert_eq!(session.model.page, Page::Summary);
    session.keys("<Clear>1A2B3C4D<Enter><Enter>");
    assert!(
        matches!(session.effects.last(), Some(Effect::Execute(plan, _)) if plan.disk.path == "/dev/sdb")
    );
}

#[test]
fn disks_of_a_store_go_with_their_host_or_an_empty_disk() {
    // Marked as the host's own disk: the empty nvme0n1, sda with Windows, sdb with the Firn whose store sdd belongs to.
    for (downs, wipe) in [
        (0, Some(Wipe::Host("1a2b3c4d".into()))),
        (1, None),
        (2, Some(Wipe::Host("1a2b3c4d".into()))),
    ] {
        let mut session = Session::at(Page::Disk);
        let disks = &mut session.model.machine.disks;
        let host = disks[2].clone();
        disks.push(Disk {
            name: "sdd".into(),
            path: "/dev/sdd".into(),
            wwn: None,
            serial: Some("STORE".into()),
            store_of: host.firn.clone(),
            firn: None,
            ..host
        });
        session.keys(&format!("{}<Enter>", "<Down>".repeat(downs)));
        assert_eq!(session.model.page, Page::Storage);
        session.keys("<Enter><Down><Down><Down><Down> <Enter>");
        let answers = &session.model.answers;
        let further = usize::from(wipe.is_some());
        assert_eq!(answers.guests.disks.len(), further, "{downs}");
        assert_eq!(answers.disk.wipe, wipe.unwrap_or(Wipe::Any), "{downs}");
        let words = summary::to_confirm(&session.model);
        assert_eq!(words, [if downs == 1 { "sda" } else { "1a2b3c4d" }]);
    }
}

#[test]
fn unfit_disks_cannot_be_chosen() {
    for downs in [3, 4] {
        let mut session = Session::at(Page::Disk);
        session.keys(&"<Down>".repeat(downs));
        session.keys("<Enter>");
        assert_eq!(session.model.page, Page::Disk);
        assert!(session.model.form.errors.contains_key(&DISK));
    }
}

#[test]
fn problems_are_passed_knowingly_or_not_at_all() {
    let mut session = Session::new(DESK);
    session.keys("<Enter><Enter><Enter><Enter><Enter>");
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
    session.keys("<Tab>");
    assert_eq!(
        session.model.form.focus,
        Some(Control::button(Button::LookAgain))
    );
    session.keys("<Enter>");
    assert!(matches!(session.effects.last(), Some(Effect::Probe)));
    session.tell(Message::Probed(Ok(Box::new(machine.clone()))));
    assert_eq!(session.model.disk().unwrap().name, "sda");
    // The marked disk is pulled: the focus and the mark find another place.
    machine.disks.retain(|disk| disk.name != "sda");
    session.keys("<Down>");
    session.tell(Message::Probed(Ok(Box::new(machine))));
    assert!(
        session
            .model
            .controls()
            .contains(&session.model.form.focus.unwrap())
    );
    assert_eq!(session.model.disk().unwrap().name, "sdb");
}

#[test]
fn the_layout_works_once_its_list_is_left() {
    let mut session = Session::new(RACK);
    session.keys("<Enter>german");
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
    session.keys(INSTALL);
    session.tell(Message::Lost("the installer made a mistake".into()));
    assert_eq!(session.model.page, Page::Failed);
    assert!(matches!(session.effects.last(), Some(Effect::Redraw)));
}

#[test]
fn ends_lead_out() {
    let mut session = Session::new(RACK);
    session.keys("<BackTab><BackTab><Enter>");
    assert!(matches!(
        session.effects.last(),
        Some(Effect::Exit(Outcome::PowerOff))
    ));
}

#[test]
fn the_language_is_spoken_at_once() {
    let mut session = Session::new(RACK);
    assert!(session.screen(80, 24).contains("Welcome"));
    session.keys("<Down>");
    assert!(session.screen(80, 24).contains("Willkommen"));
    session.keys("<Enter>");
    assert_eq!(session.model.entry(KEYBOARD).unwrap().value, "de");
    session.keys("<Esc><Up>");
    assert!(session.screen(80, 24).contains("Welcome"));
}

#[test]
fn further_disks_are_ticked_and_named() {
    let mut session = Session::at(Page::Storage);
    // The first other disk is empty, the second holds an installed host and cannot be ticked.
    session.keys("<Enter> <Down> <Enter>");
    assert_eq!(session.model.page, Page::Network);
    let disks = &session.model.answers.guests.disks;
    assert_eq!(disks.len(), 1);
    assert_eq!(disks[0].serial.as_ref().unwrap().0, "S64DNX0R1");

    // Now the empty one is the host's, and the one with data is added to it: it has to be named.
    let mut session = Session::at(Page::Disk);
    session.keys("<Enter><Enter> <Enter>");
    for (_, keys) in &WAY[6..WAY.len() - 1] {
        session.keys(keys);
    }
    assert_eq!(session.model.answers.disk.wipe, Wipe::Any);
    assert_eq!(session.model.page, Page::Summary);
    session.keys("<Tab><Enter>");
    assert_eq!(session.model.page, Page::Summary);
    // Nothing is begun while the machine is being looked at anew.
    session.keys("sda<Enter>");
    session.model.busy = Some("looking".into());
    session.keys("<Enter>");
    assert_eq!(session.model.page, Page::Summary);
    session.model.busy = None;
    session.keys("<Enter>");
    let Some(Effect::Execute(plan, _)) = session.effects.last() else {
        panic!("nothing was begun: {:?}", session.model.form.errors)
    };
    assert_eq!(plan.disk.path, "/dev/nvme0n1");
    assert_eq!(plan.store_disks[0].path, "/dev/sda");
}

#[test]
fn what_changes_something_is_waited_for_and_what_looks_is_not() {
    let mut session = Session::at(Page::Menu);
    session.keys("<Down><Down><Enter><Enter><Enter>");
    assert_eq!(session.model.page, Page::RepairHost);
    session.keys("<Enter>");
    assert_eq!(session.model.busy, None, "nothing is written unasked");
    session.keys("<Enter><Tab><Enter>");
    assert!(session.model.busy.is_some());
    session.keys("<Esc><Esc>");
    assert_eq!(session.model.page, Page::RepairHost, "a repair goes on");
    session.reply();
    assert_eq!(session.model.page, Page::Report);

    let mut session = Session::at(Page::Checks);
    session.keys("<BackTab><BackTab><BackTab><BackTab><Enter>");
    let number = session.model.number;
    session.tell(Message::Meanwhile(number, Reply::Percent(40)));
    assert!(session.screen(80, 24).contains("40 %"));
    session.keys("<Esc>");
    assert!(matches!(session.effects.last(), Some(Effect::Stop)));
    assert_eq!(session.model.page, Page::Checks);
    // What comes after all is not for anybody.
    session.tell(Message::Reply(number, Reply::Done(Err("late".into()))));
    assert_eq!(session.model.notice, None);
}
