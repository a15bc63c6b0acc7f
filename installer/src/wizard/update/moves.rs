//! From page to page.

use super::super::message::Effect;
use super::super::model::Model;
use super::super::page::Page;
use super::super::task::OnEsc;

/// Shows a page, and says what it needs.
pub fn show(model: &mut Model, page: Page) -> Vec<Effect> {
    model.page = page;
    model.form.errors.clear();
    model.layer = None;
    model.form.scroll = 0;
    model.told = None;
    model.form.focus = model.first_focus();
    let mut effects = stop(model);
    effects.extend(page.behaviour().arrive(model));
    effects
}

/// Nobody waits any longer for the task that is being done.
fn stop(model: &mut Model) -> Vec<Effect> {
    if model.asked.take().is_none() {
        return Vec::new();
    }
    model.busy = None;
    vec![Effect::Stop]
}

/// To the page before, if there is one and nothing is going on that has to be waited for.
pub fn back(model: &mut Model) -> Vec<Effect> {
    match model.asked.map(|asked| asked.on_esc) {
        Some(OnEsc::Waits) => return Vec::new(),
        Some(OnEsc::Stops) => return stop(model),
        Some(OnEsc::Leaves) | None => {}
    }
    match model.page.behaviour().back(model) {
        Some(page) => show(model, page),
        None => Vec::new(),
    }
}

/// To the page after, if this one is in order.
pub fn next(model: &mut Model) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    if let Some(effects) = model.page.behaviour().hold(model) {
        return effects;
    }
    if in_order(model) {
        forward(model)
    } else {
        Vec::new()
    }
}

/// Takes the page's entries into the answers; whether nothing is wrong with them. If something is, it is shown.
pub fn in_order(model: &mut Model) -> bool {
    let errors = model.page.behaviour().commit(model);
    !model.form.refuse(errors)
}

/// Past the problems of the checks, knowingly.
pub fn go_on_anyway(model: &mut Model) -> Vec<Effect> {
    let problems = model.open_problems();
    let names: Vec<_> = problems.iter().map(|check| check.name.to_owned()).collect();
    model.answers.checks.skip.extend(names);
    forward(model)
}

fn forward(model: &mut Model) -> Vec<Effect> {
    match model.page.next() {
        Some(page) => show(model, page),
        None => Vec::new(),
    }
}
