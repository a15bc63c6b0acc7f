//! Keys on the control that has the focus.

use super::super::keys::Key;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::page::{Control, Kind, Page};
use super::super::view;
use super::{moves, push};
use crate::machine::Nic;

/// Lines that Page up and Page down move by.
const PAGE: usize = 8;

/// A key that is neither help nor back.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match key {
        Key::Tab => step_focus(model, 1),
        Key::BackTab => step_focus(model, -1),
        _ => match model.focus.kind() {
            Kind::List => return list(model, key),
            Kind::Picker => return picker(model, key),
            Kind::Choice => return choice(model, key),
            Kind::Text => return text(model, key),
            Kind::Button => return button(model, key),
        },
    }
    Vec::new()
}

/// Moves the focus around the controls of the page.
fn step_focus(model: &mut Model, step: isize) {
    let controls = model.controls();
    let count = controls.len() as isize;
    if count == 0 {
        return;
    }
    let at = controls
        .iter()
        .position(|control| *control == model.focus)
        .unwrap_or(0) as isize;
    model.focus = controls[(at + step).rem_euclid(count) as usize];
}

/// Up and down between controls do not go around, and the buttons are one row: down goes to its main button, the last.
fn leave(model: &mut Model, down: bool) {
    let fields: Vec<_> = model
        .controls()
        .into_iter()
        .filter(|control| control.kind() != Kind::Button)
        .collect();
    let last_button = model
        .buttons()
        .last()
        .map(|button| Control::Button(*button));
    let at = fields.iter().position(|control| *control == model.focus);
    let target = match (at, down) {
        (Some(at), true) => fields.get(at + 1).copied().or(last_button),
        (Some(at), false) => at.checked_sub(1).and_then(|at| fields.get(at).copied()),
        (None, true) => None,
        (None, false) => fields.last().copied(),
    };
    model.focus = target.unwrap_or(model.focus);
}

/// Enter in a field: on to the next one, and from the last one to the next page.
fn enter(model: &mut Model) -> Vec<Effect> {
    let fields: Vec<_> = model
        .controls()
        .into_iter()
        .filter(|control| control.kind() != Kind::Button)
        .collect();
    let next = fields
        .iter()
        .position(|control| *control == model.focus)
        .and_then(|at| fields.get(at + 1));
    match next {
        Some(control) => {
            model.focus = *control;
            Vec::new()
        }
        None => moves::next(model),
    }
}

fn list(model: &mut Model, key: Key) -> Vec<Effect> {
    match key {
        Key::Enter => return enter(model),
        Key::Char(' ') if model.focus == Control::Nics && model.bonds() => tick_member(model),
        _ => move_mark(model, key),
    }
    Vec::new()
}

/// Moves the mark of a list; at its ends up and down leave it.
fn move_mark(model: &mut Model, key: Key) {
    let (control, len) = (model.focus, model.list_len(model.focus));
    let (at, last) = (model.cursor(control), len.saturating_sub(1));
    let to = match key {
        Key::Up if at == 0 => return leave(model, false),
        Key::Down if at >= last => return leave(model, true),
        Key::Up => at - 1,
        Key::Down => at + 1,
        Key::PageUp => at.saturating_sub(PAGE),
        Key::PageDown => (at + PAGE).min(last),
        Key::Home => 0,
        Key::End => last,
        _ => return,
    };
    model.cursors.insert(control, to);
    model.moved.insert(control);
    model.errors.remove(&control);
    if control == Control::Disk && to != at {
        model.texts.remove(&Control::DiskName);
        model.errors.remove(&Control::DiskName);
    }
}

fn tick_member(model: &mut Model) {
    let Some(Nic { mac, .. }) = model.nic() else {
        return;
    };
    let mac = mac.clone();
    if !model.members.remove(&mac) {
        model.members.insert(mac);
    }
    model.errors.remove(&Control::Nics);
}

fn picker(model: &mut Model, key: Key) -> Vec<Effect> {
    let control = model.focus;
    match key {
        Key::Enter => return enter(model),
        Key::Up | Key::Down | Key::PageUp | Key::PageDown => move_mark(model, key),
        _ => {
            let marked = model.entry(control).map(|entry| entry.value.clone());
            if edit(model, key) {
                narrow(model, control, marked.as_deref());
            }
        }
    }
    Vec::new()
}

/// After typing the best match is marked; with nothing typed, what was marked stays so.
fn narrow(model: &mut Model, control: Control, marked: Option<&str>) {
    let keep = |model: &Model| {
        model
            .entries(control)
            .iter()
            .position(|entry| Some(entry.value.as_str()) == marked)
    };
    let at = if model.text(control).is_empty() {
        keep(model).unwrap_or(0)
    } else {
        0
    };
    model.cursors.insert(control, at);
    model.moved.insert(control);
}

fn choice(model: &mut Model, key: Key) -> Vec<Effect> {
    let control = model.focus;
    let (at, count) = (model.choice(control), control.options().len());
    let to = match key {
        Key::Enter => return enter(model),
        Key::Left => at.saturating_sub(1),
        Key::Right => (at + 1).min(count - 1),
        Key::Char(' ') => (at + 1) % count,
        Key::Home => 0,
        Key::End => count - 1,
        Key::Up | Key::Down => {
            leave(model, key == Key::Down);
            at
        }
        _ => at,
    };
    model.choices.insert(control, to);
    model.errors.remove(&control);
    Vec::new()
}

fn text(model: &mut Model, key: Key) -> Vec<Effect> {
    match key {
        Key::Enter => return enter(model),
        Key::Up | Key::Down => leave(model, key == Key::Down),
        _ => {
            edit(model, key);
        }
    }
    Vec::new()
}

/// Edits the field that has the focus; whether its text changed.
fn edit(model: &mut Model, key: Key) -> bool {
    let field = model.texts.entry(model.focus).or_default();
    match key {
        Key::Left => field.step(-1),
        Key::Right => field.step(1),
        Key::Home => field.home(),
        Key::End => field.end(),
        Key::Char(c) => field.insert(c),
        Key::Backspace => field.backspace(),
        Key::Delete => field.delete(),
        Key::Clear => field.clear(),
        _ => return false,
    }
    let changed = !matches!(key, Key::Left | Key::Right | Key::Home | Key::End);
    if changed {
        model.errors.remove(&model.focus);
    }
    changed
}

fn button(model: &mut Model, key: Key) -> Vec<Effect> {
    let buttons = model.buttons();
    let Control::Button(focused) = model.focus else {
        return Vec::new();
    };
    let at = buttons
        .iter()
        .position(|button| *button == focused)
        .unwrap_or(0);
    let to = match key {
        Key::Enter | Key::Char(' ') => return push(model, focused),
        Key::Up | Key::Down | Key::PageUp | Key::PageDown if model.page == Page::Summary => {
            scroll(model, key);
            return Vec::new();
        }
        Key::Up => {
            leave(model, false);
            return Vec::new();
        }
        Key::Left => at.saturating_sub(1),
        Key::Right => (at + 1).min(buttons.len().saturating_sub(1)),
        _ => at,
    };
    if let Some(button) = buttons.get(to) {
        model.focus = Control::Button(*button);
    }
    Vec::new()
}

/// The buttons are all that the summary has, so up and down move its text.
fn scroll(model: &mut Model, key: Key) {
    let (at, end) = (model.cursor(Control::Text), view::summary_end(model));
    let to = match key {
        Key::Up => at.saturating_sub(1),
        Key::Down => at + 1,
        Key::PageUp => at.saturating_sub(PAGE),
        _ => at + PAGE,
    };
    model.cursors.insert(Control::Text, to.min(end));
}
