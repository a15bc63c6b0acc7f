//! Waiting until a guest that has just been started shows itself on the network.

use super::Session;
use crate::failure::{FAILED, Failure};
use crate::output::figures::age;
use crate::output::guest::best_address;
use crate::output::progress::Progress;
use crate::output::word;
use firn_api::{Found, Guest, State};
use firn_client::ask;
use firn_words::{Language, Text, say};
use std::time::{Duration, Instant};

/// How long a guest may take to show itself.
const LIMIT: Duration = Duration::from_secs(120);
/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);

/// The guest as it is then, and the last line about it: its address, or why none is known.
pub fn wait(
    session: &mut Session,
    guest: Guest,
    user: Option<&str>,
) -> Result<(Guest, Text), Failure> {
    let text = say!(
        "command-waiting-address",
        name = &guest.name,
        limit = age(LIMIT.as_secs())
    );
    let progress = Progress::of_waiting(text.in_language(session.language), session.language);
    let (mut guest, since) = (guest, Instant::now());
    while seen(&guest).is_none() && goes_on(&guest) && since.elapsed() < LIMIT {
        session.client.pause(LOOK)?;
        guest = session.client.send(&ask::guest(&guest.id))?;
    }
    drop(progress);
    let last = last_line(&guest, user, session.language)?;
    Ok((guest, last))
}

/// Whether it runs, or firnd is at work on it: a guest that restarts at its first start is off for a moment.
fn goes_on(guest: &Guest) -> bool {
    guest.state == State::Running || guest.task.is_some()
}

/// The best address from which something was heard.
fn seen(guest: &Guest) -> Option<&Found> {
    best_address(guest).filter(|found| found.source != "fixed")
}

fn last_line(guest: &Guest, user: Option<&str>, language: Language) -> Result<Text, Failure> {
    let name = &guest.name;
    if guest.state != State::Running {
        let why = guest.why.as_ref().map(|why| why.told(language));
        let why = why.unwrap_or_else(|| say!("command-no-reason").in_language(language));
        return Err(Failure::Said(
            FAILED,
            say!("command-ended-soon", name = name, why = why),
        ));
    }
    Ok(match (seen(guest), user, best_address(guest)) {
        (Some(found), Some(user), _) => {
            say!(
                "command-answers-user",
                name = name,
                address = &found.address,
                user = user
            )
        }
        (Some(found), None, _) => say!("command-answers", name = name, address = &found.address),
        (None, _, Some(fixed)) => {
            say!(
                "command-silent-address",
                word = word(name).as_ref(),
                name = name,
                address = &fixed.address,
                limit = age(LIMIT.as_secs())
            )
        }
        (None, _, None) => {
            let why = guest.no_address.as_ref().map(|why| why.told(language));
            let why = why.unwrap_or_else(|| say!("command-no-reason").in_language(language));
            say!(
                "command-no-address",
                word = word(name).as_ref(),
                name = name,
                why = why
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::tests::guest;
    use firn_api::Problem;

    fn told(guest: &Guest, user: Option<&str>) -> String {
        last_line(guest, user, Language::En).unwrap().to_string()
    }

    #[test]
    fn the_last_line_says_the_address_or_why_there_is_none() {
        let mut guest = guest();
        assert_eq!(told(&guest, None), "web1 runs and answers at 192.0.2.17");
        assert_eq!(
            told(&guest, Some("anna")),
            "web1 runs and answers at 192.0.2.17; log in with: ssh anna@192.0.2.17"
        );
        guest
            .addresses
            .retain(|found| found.address == "192.0.2.17");
        guest.addresses[0].source = "fixed".into();
        assert_eq!(
            told(&guest, None),
            "web1 runs, but nothing was heard from its address 192.0.2.17 within 2 min; firn guest show web1 says when it is heard"
        );
        guest.addresses.clear();
        guest.no_address = Some(Problem {
            text: "It has asked no DHCP server.".into(),
            ..Problem::default()
        });
        assert_eq!(
            told(&guest, None),
            "web1 runs, but no address of it is known. It has asked no DHCP server. firn guest show web1 says when there is one."
        );
        guest.state = State::Crashed;
        let failure = last_line(&guest, None, Language::En).unwrap_err();
        assert_eq!(failure.status(), 1);
        assert_eq!(
            failure.told(Language::En),
            ["web1 was made and started, but does not run any more. The reason is not known."]
        );
    }
}
