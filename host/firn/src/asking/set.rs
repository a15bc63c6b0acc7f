//! Changes of a guest: `set`, `protect`, `rename`.

use super::Session;
use crate::arguments::{self, Changes, Json};
use crate::failure::Failure;
use crate::output::print_json;
use firn_api::{Autostart, Set};
use firn_client::ask;
use firn_words::say;

/// `firn guest set`.
pub fn run(session: &mut Session, arguments: &arguments::Set) -> Result<(), Failure> {
    let guest = session.guest(&arguments.guest.guest)?;
    let changes = &arguments.changes;
    let set = Set {
        cpus: changes.cpus,
        memory: changes.memory,
        notes: changes.notes.clone(),
        autostart: autostart(guest.autostart, changes),
        ..Set::default()
    };
    change(session, &format!("id:{}", guest.id), &set, arguments.json)
}

/// Changes a guest, and says what happens only at its next start.
pub fn change(session: &mut Session, typed: &str, set: &Set, json: Json) -> Result<(), Failure> {
    let guest = session.guest(typed)?;
    let guest = session.client.send(&ask::set(&guest, set))?;
    if json.json {
        return print_json(&guest);
    }
    let name = &guest.name;
    let text = match &guest.pending[..] {
        [] => say!("command-done-change", name = name),
        pending => say!(
            "command-done-pending",
            name = name,
            fields = pending.join(", ")
        ),
    };
    session.say(&text)
}

/// How a guest is to start with the host, where that is to be changed. An order or a delay alone also means that it does.
fn autostart(now: Autostart, typed: &Changes) -> Option<Autostart> {
    let any =
        typed.autostart || typed.no_autostart || typed.order.is_some() || typed.delay.is_some();
    any.then(|| Autostart {
        enabled: !typed.no_autostart,
        order: typed.order.unwrap_or(now.order),
        delay: typed.delay.unwrap_or(now.delay),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_typed_stays_as_it_is() {
        let now = Autostart {
            enabled: false,
            order: 3,
            delay: 10,
        };
        let typed = |autostart, no_autostart, order| Changes {
            cpus: None,
            memory: None,
            autostart,
            no_autostart,
            order,
            delay: None,
            notes: None,
        };
        let set = |enabled, order| {
            Some(Autostart {
                enabled,
                order,
                delay: 10,
            })
        };
        assert_eq!(autostart(now, &typed(false, false, None)), None);
        assert_eq!(autostart(now, &typed(true, false, None)), set(true, 3));
        assert_eq!(autostart(now, &typed(false, false, Some(1))), set(true, 1));
        assert_eq!(autostart(now, &typed(false, true, None)), set(false, 3));
    }
}
