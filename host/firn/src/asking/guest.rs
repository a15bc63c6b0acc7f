//! `firn guest …`.

use super::{Session, create, set};
use crate::arguments::{DiskCommand, GuestCommand, Json, NicCommand, Waiting};
use crate::failure::{Failure, NOT_FOUND};
use crate::output::{guest as page, print_json};
use firn_api::{Begun, Grow, Guest, Set, Stop};
use firn_client::{Ask, ask};
use firn_words::{Text, say};

/// Does what a command says.
pub fn run(session: &mut Session, command: GuestCommand) -> Result<(), Failure> {
    use GuestCommand as C;
    match command {
        C::List(json) => list(session, json),
        C::Show { guest, json } => show(session, &guest.guest, json),
        C::Create(create) => create::run(session, *create),
        C::Set(set) => set::run(session, &set),
        C::Start(act) => session.act(&act.guest.guest, "start", act.waiting),
        C::Kill(act) => session.act(&act.guest.guest, "kill", act.waiting),
        C::Reset(act) => session.act(&act.guest.guest, "reset", act.waiting),
        C::Pause(act) => session.act(&act.guest.guest, "pause", act.waiting),
        C::Unpause(act) => session.act(&act.guest.guest, "unpause", act.waiting),
        C::Stop(act) => session.please(&act.guest.guest, "stop", act.limit, act.waiting),
        C::Reboot(act) => session.please(&act.guest.guest, "reboot", act.limit, act.waiting),
        C::Delete(act) => {
            let guest = session.guest(&act.guest.guest)?;
            session.work(&guest, &ask::delete(&guest.id), "delete", act.waiting)
        }
        C::Protect { guest, off, json } => {
            let change = Set {
                protected: Some(!off),
                ..Set::default()
            };
            set::change(session, &guest.guest, &change, json)
        }
        C::Rename { guest, new, json } => {
            let change = Set {
                name: Some(new),
                ..Set::default()
            };
            set::change(session, &guest.guest, &change, json)
        }
        C::Disk(command) => disk(session, command),
        C::Nic(command) => nic(session, command),
    }
}

impl Session {
    fn act(&mut self, typed: &str, act: &str, waiting: Waiting) -> Result<(), Failure> {
        let guest = self.guest(typed)?;
        self.work(&guest, &ask::act(&guest.id, act), act, waiting)
    }

    fn please(
        &mut self,
        typed: &str,
        act: &str,
        limit: Option<u32>,
        waiting: Waiting,
    ) -> Result<(), Failure> {
        let guest = self.guest(typed)?;
        self.work(
            &guest,
            &ask::please(&guest.id, act, &Stop { limit }),
            act,
            waiting,
        )
    }

    /// Has something done to a guest, and says that it is done.
    fn work(
        &mut self,
        guest: &Guest,
        ask: &Ask<Begun>,
        act: &str,
        waiting: Waiting,
    ) -> Result<(), Failure> {
        let begun = self.client.send(ask)?;
        self.finish(begun, waiting, &done(act, guest))
    }
}

fn done(act: &str, guest: &Guest) -> Text {
    let name = &guest.name;
    match act {
        "start" => say!("command-done-start", name = name),
        "stop" => say!("command-done-stop", name = name),
        "kill" => say!("command-done-kill", name = name),
        "reboot" | "reset" => say!("command-done-restart", name = name),
        "pause" => say!("command-done-pause", name = name),
        "unpause" => say!("command-done-unpause", name = name),
        "delete" => say!("command-done-delete", name = name),
        _ => say!("command-done-change", name = name),
    }
}

fn list(session: &mut Session, json: Json) -> Result<(), Failure> {
    let guests = session.client.send(&ask::guests())?;
    if guests.is_empty() && !json.json {
        session.note(&say!("command-no-guests"));
        return Ok(());
    }
    session.show(json, &guests, || page::list(&guests, session.language))
}

fn show(session: &mut Session, typed: &str, json: Json) -> Result<(), Failure> {
    let guest = session.guest(typed)?;
    if json.json {
        return print_json(&guest);
    }
    // That a task has ended meanwhile is no reason to show nothing.
    let task = guest.task.as_deref().map(ask::task);
    let task = task.and_then(|ask| session.client.send(&ask).ok());
    let doing = task.and_then(|task| task.doing);
    let doing = doing.map(|doing| Text::from(doing.told(session.language)));
    let page = page::page(&guest, doing.as_ref(), &session.zone, session.language);
    crate::output::print(&page)
}

fn disk(session: &mut Session, command: DiskCommand) -> Result<(), Failure> {
    match command {
        DiskCommand::Add {
            guest,
            disk,
            waiting,
        } => {
            let guest = session.guest(&guest.guest)?;
            session.work(&guest, &ask::add_disk(&guest.id, &disk), "disk", waiting)
        }
        DiskCommand::Remove {
            guest,
            disk,
            waiting,
        } => {
            let guest = session.guest(&guest.guest)?;
            let ask = ask::remove_disk(&guest.id, target(&guest, &disk)?);
            session.work(&guest, &ask, "disk", waiting)
        }
        DiskCommand::Grow {
            guest,
            disk,
            size,
            waiting,
        } => {
            let guest = session.guest(&guest.guest)?;
            let ask = ask::grow_disk(&guest.id, target(&guest, &disk)?, &Grow { size });
            session.work(&guest, &ask, "disk", waiting)
        }
    }
}

fn nic(session: &mut Session, command: NicCommand) -> Result<(), Failure> {
    match command {
        NicCommand::Add {
            guest,
            nic,
            waiting,
        } => {
            let guest = session.guest(&guest.guest)?;
            session.work(&guest, &ask::add_nic(&guest.id, &nic), "nic", waiting)
        }
        NicCommand::Remove {
            guest,
            nic,
            waiting,
        } => {
            let guest = session.guest(&guest.guest)?;
            let ask = ask::remove_nic(&guest.id, number(&guest, &nic)?);
            session.work(&guest, &ask, "nic", waiting)
        }
    }
}

/// The disk that was named, as the guest has it.
fn target<'g>(guest: &'g Guest, typed: &str) -> Result<&'g str, Failure> {
    let mut targets = guest.disks.iter().map(|disk| disk.target.as_str());
    let found = targets.clone().find(|target| *target == typed);
    let all: Vec<&str> = targets.by_ref().collect();
    found.ok_or_else(|| {
        let (name, typed) = (&guest.name, format!("{typed:?}"));
        let all = if all.is_empty() {
            "-".to_owned()
        } else {
            all.join(", ")
        };
        Failure::Said(
            NOT_FOUND,
            say!("command-no-disk", name = name, disk = typed, disks = all),
        )
    })
}

/// The number of the NIC that was named by it or by its MAC address.
fn number(guest: &Guest, typed: &str) -> Result<usize, Failure> {
    let same = |mac: &str| mac.eq_ignore_ascii_case(typed);
    let mut numbers = guest.nics.iter().enumerate();
    let found = numbers.find(|(number, nic)| number.to_string() == typed || same(&nic.mac));
    found.map(|(number, _)| number).ok_or_else(|| {
        let (name, typed) = (&guest.name, format!("{typed:?}"));
        Failure::Said(NOT_FOUND, say!("command-no-nic", name = name, nic = typed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::tests::guest;
    use firn_words::Language;

    #[test]
    fn a_disk_that_is_none_says_which_there_are() {
        let guest = guest();
        assert_eq!(target(&guest, "xvda").unwrap(), "xvda");
        let wrong = target(&guest, "xvdz").unwrap_err();
        assert_eq!(wrong.status(), 3);
        assert_eq!(
            wrong.told(Language::En),
            ["web1 has no disk \"xvdz\"; its disks: xvda, xvdb"]
        );
    }

    #[test]
    fn a_nic_is_named_by_number_or_address() {
        let guest = guest();
        assert_eq!(number(&guest, "0").unwrap(), 0);
        assert_eq!(number(&guest, "00:16:3E:00:00:01").unwrap(), 0);
        let wrong = number(&guest, "1").unwrap_err();
        assert_eq!(
            wrong.told(Language::En),
            ["web1 has no NIC \"1\"; firn guest show web1 says which it has"]
        );
    }
}
