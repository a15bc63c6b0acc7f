//! What pages ask for.

use crate::wizard::message::Effect;
use crate::wizard::model::{Asked, Model};
use crate::wizard::task::{Situation, Task, Ticket};
use firn_words::{Text, say};

/// Has a task done for the present page, which goes on meanwhile.
pub fn start(model: &mut Model, task: Task) -> Effect {
    hand_in(model, task, false)
}

/// Has a task done that the present page waits for, unless something is being done; meanwhile these words are shown.
pub fn ask(model: &mut Model, task: Task, busy: Text) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    model.busy = Some(busy);
    let on_esc = task.on_esc();
    let effect = hand_in(model, task, true);
    if let Effect::Do(ticket, ..) = effect {
        model.asked = Some(Asked { ticket, on_esc });
    }
    vec![effect]
}

fn hand_in(model: &mut Model, task: Task, waited: bool) -> Effect {
    model.number += 1;
    let ticket = Ticket {
        number: model.number,
        page: model.page,
        waited,
    };
    Effect::Do(ticket, task, Box::new(situation(model)))
}

/// What a task may have to know, as it is now.
fn situation(model: &Model) -> Situation {
    Situation {
        machine: model.machine.clone(),
        answers: model.answers.clone(),
        plan: model.plan.clone().and_then(Result::ok),
        failure: model.run.end.clone().and_then(Result::err),
    }
}

/// Looks which disks are there, on a page about disks: they come and go while it is open.
pub fn watch_disks(model: &mut Model) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    vec![start(model, Task::BlockDevices)]
}

/// Probes the machine anew, unless that is being done.
pub fn look_again(model: &mut Model) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    model.busy = Some(say!("wizard-looking-again"));
    vec![start(model, Task::Probe)]
}
