//! From page to page.

use crate::wizard::behaviour::Event;
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::page::Page;
use crate::wizard::pages::Pages;
use crate::wizard::task::OnEsc;

/// Shows the pages that are to be shown; gives what is left to be done outside.
pub fn follow(model: &mut Model, pages: &mut Pages, effects: Vec<Effect>) -> Vec<Effect> {
    let mut left = Vec::new();
    for effect in effects {
        match effect {
            Effect::Show(page) => {
                let effects = show(model, pages, page);
                left.extend(follow(model, pages, effects));
            }
            effect => left.push(effect),
        }
    }
    left
}

/// Shows a page, and says what it needs.
fn show(model: &mut Model, pages: &mut Pages, page: Page) -> Vec<Effect> {
    model.page = page;
    model.form.errors.clear();
    model.layer = None;
    model.form.scroll = 0;
    model.told = None;
    pages.shown(model).focus(model);
    let mut effects = stop(model);
    effects.extend(pages.tell(model, Event::Arrive));
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
pub fn back(model: &mut Model, pages: &Pages) -> Vec<Effect> {
    match model.asked.map(|asked| asked.on_esc) {
        Some(OnEsc::Waits) => return Vec::new(),
        Some(OnEsc::Stops) => return stop(model),
        Some(OnEsc::Leaves) | None => {}
    }
    let page = pages.shown(model).back(model);
    page.map(Effect::Show).into_iter().collect()
}

/// To the page after, if this one is in order.
pub fn next(model: &mut Model, pages: &mut Pages) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    let page = pages.get_mut(model.page);
    if let Some(effects) = page.handle(model, Event::GoOn) {
        return effects;
    }
    if page.in_order(model) {
        model.next()
    } else {
        Vec::new()
    }
}
