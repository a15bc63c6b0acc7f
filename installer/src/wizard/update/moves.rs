//! From page to page.

use super::super::message::Effect;
use super::super::model::Model;
use super::super::page::Page;

/// Shows a page, and says what it needs.
pub fn show(model: &mut Model, page: Page) -> Vec<Effect> {
    model.page = page;
    model.errors.clear();
    model.layer = None;
    model.scroll = 0;
    model.told = None;
    model.focus = model.first_focus();
    page.behaviour().arrive(model)
}

/// To the page before, if there is one.
pub fn back(model: &mut Model) -> Vec<Effect> {
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
    let Some((first, _)) = errors.first() else {
        return true;
    };
    model.focus = Some(*first);
    // The first error of a control is the one that is shown.
    model.errors = errors.into_iter().rev().collect();
    false
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
