//! NICs.

use super::{Check, devices};
use firn_machine::Machine;
use firn_words::{Text, say};

/// NICs found, and if none, why.
pub fn found(machine: &Machine) -> Check {
    const NAME: &str = "nics";
    let causes = devices::network(machine);
    let (cause, todo) = devices::together(&causes);
    if machine.nics.is_empty() {
        let check = |found, todo| Check::problem(NAME, found).because(say!("check-nics-why"), todo);
        return if causes.is_empty() {
            check(say!("check-nics-none"), say!("check-nics-none-todo"))
        } else {
            check(say!("check-nics-none-because", cause = cause), todo)
        };
    }
    let count = count(machine);
    if !causes.is_empty() {
        return Check::note(NAME, Text::join([count, cause], "; "))
            .because(devices::why(&causes), todo);
    }
    if machine.nics.iter().all(|n| n.link == Some(false)) {
        return Check::note(NAME, count).because(
            say!("check-nics-no-link-why"),
            say!("check-nics-no-link-todo"),
        );
    }
    Check::fine(NAME, count)
}

/// How many there are, and how many have a link. A card that is not switched on yet does not know.
fn count(machine: &Machine) -> Text {
    let linked = |link| machine.nics.iter().filter(|n| n.link == link).count();
    let cards = say!("check-nics-count", count = machine.nics.len());
    match linked(Some(true)) {
        0 if linked(None) > 0 => cards,
        links => say!("check-nics-found", cards = cards, links = links),
    }
}
