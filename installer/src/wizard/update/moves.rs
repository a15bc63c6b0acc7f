//! From page to page.

use super::super::message::Effect;
use super::super::model::{Layer, Model, Run};
use super::super::page::{Control, Page};
use super::commit;
use crate::execute::Secrets;
use crate::plan::plan;

/// Shows a page.
pub fn show(model: &mut Model, page: Page) {
    model.page = page;
    model.errors.clear();
    model.layer = None;
    model.focus = model.first_focus();
}

/// To the page before, if there is one.
pub fn back(model: &mut Model) -> Vec<Effect> {
    match model.page.back() {
        Some(page) => {
            show(model, page);
            arrive(model)
        }
        None => Vec::new(),
    }
}

/// To the page after, if this one is in order.
pub fn next(model: &mut Model) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    if model.page == Page::Checks && !model.open_problems().is_empty() {
        model.layer = Some(Layer::GoOn { yes: false });
        return Vec::new();
    }
    let errors = commit::page(model);
    if let Some((first, _)) = errors.first() {
        model.focus = *first;
        model.errors = errors.into_iter().rev().collect();
        return Vec::new();
    }
    forward(model)
}

/// Past the problems of the checks, knowingly.
pub fn go_on_anyway(model: &mut Model) -> Vec<Effect> {
    let names: Vec<_> = model
        .open_problems()
        .iter()
        .map(|check| check.name.to_owned())
        .collect();
    model.answers.checks.skip.extend(names);
    forward(model)
}

fn forward(model: &mut Model) -> Vec<Effect> {
    match model.page.next() {
        Some(page) => {
            show(model, page);
            arrive(model)
        }
        None => Vec::new(),
    }
}

/// What a page needs when it is come to.
fn arrive(model: &mut Model) -> Vec<Effect> {
    match model.page {
        Page::Network => vec![Effect::BringUp, Effect::Nics],
        Page::Summary => {
            make_plan(model);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Decides what would be done, or gathers everything that stands against it.
fn make_plan(model: &mut Model) {
    let problems = firn_config::parse(&model.answers.to_toml(), &[]).err();
    model.plan = Some(problems.map_or_else(|| plan(&model.machine, &model.answers), Err));
    model.cursors.insert(Control::Text, 0);
    model.focus = model.first_focus();
}

/// Begins the installation.
pub fn install(model: &mut Model) -> Vec<Effect> {
    let Some(Ok(plan)) = model.plan.clone() else {
        return Vec::new();
    };
    model.run = Run {
        started: model.now,
        title: "Beginning".into(),
        ..Run::default()
    };
    show(model, Page::Progress);
    vec![Effect::Execute(
        Box::new(plan),
        Secrets::from(&model.answers),
    )]
}

/// After a key on the first page: the marked layout works as soon as its list is left. While someone types to find a
/// layout, the keys stay where they are.
pub fn keyboard_effect(model: &mut Model, was: Page) -> Option<Effect> {
    let marked = model
        .entry(Control::Keyboard)
        .map(|entry| entry.value.clone());
    let left = !model.serial && was == Page::Welcome && model.focus != Control::Keyboard;
    let layout = marked.filter(|layout| left && *layout != model.loaded_keyboard)?;
    model.loaded_keyboard.clone_from(&layout);
    Some(Effect::Keyboard(layout))
}
