//! From the wizard's tasks to the parts of the installer that do them.

use super::task::{Ability, Offer, Reply, Situation, Task};
use crate::stick::{self, Stick};
use firn_words::Text;
use std::collections::BTreeSet;

/// What [`perform`] can do.
pub fn abilities() -> BTreeSet<Ability> {
    BTreeSet::new()
}

/// Does a task.
pub fn perform(task: &Task, _situation: &Situation) -> Reply {
    match task {
        Task::Sticks => Reply::Offers(stick::writable().iter().map(offer).collect()),
        // What is not among the abilities is not asked for.
        _ => Reply::Done(Err(Text::default())),
    }
}

fn offer(stick: &Stick) -> Offer {
    Offer {
        id: stick.name.clone(),
        title: stick.title(),
        problem: stick.problem.clone(),
    }
}
