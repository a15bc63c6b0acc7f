//! Keys on the control that has the focus.

use super::super::control::{Button, Control, Kind};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::view;
use super::{moves, push};
use firn_tui::keys::Key;

/// Lines that Page up and Page down move by.
const PAGE: usize = 8;

/// A key that is neither help nor back.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(control) = model.focus else {
        scroll(model, key);
        return Vec::new();
    };
    match (key, control.kind) {
        (Key::Tab, _) => step_focus(model, 1),
        (Key::BackTab, _) => step_focus(model, -1),
        (_, Kind::List | Kind::Ticks) => return list(model, control, key),
        (_, Kind::Picker(_)) => return picker(model, control, key),
        (_, Kind::Choice(count)) => return choice(model, control, count, key),
        (_, Kind::Text | Kind::Secret) => return text(model, control, key),
        (_, Kind::Button(button)) => return on_button(model, button, key),
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
    let here = |control: &Control| Some(*control) == model.focus;
    let at = controls.iter().position(here).unwrap_or(0) as isize;
    model.focus = Some(controls[(at + step).rem_euclid(count) as usize]);
}

/// Up and down between controls do not go around, and the buttons are one row: down goes to its main button, the last.
fn leave(model: &mut Model, down: bool) {
    let fields = model.fields();
    let main = model.buttons().last().copied().map(Control::button);
    let here = |control: &Control| Some(*control) == model.focus;
    let at = fields.iter().position(here);
    let target = match (at, down) {
        (Some(at), true) => fields.get(at + 1).copied().or(main),
        (Some(at), false) => at.checked_sub(1).and_then(|at| fields.get(at).copied()),
        (None, true) => None,
        (None, false) => fields.last().copied(),
    };
    model.focus = target.or(model.focus);
}

/// Enter in a field: on to the next one, and from the last one to the next page.
fn enter(model: &mut Model) -> Vec<Effect> {
    let fields = model.fields();
    let here = |control: &Control| Some(*control) == model.focus;
    let at = fields.iter().position(here);
    match at.and_then(|at| fields.get(at + 1)) {
        Some(control) => {
            model.focus = Some(*control);
            Vec::new()
        }
        None => moves::next(model),
    }
}

fn list(model: &mut Model, control: Control, key: Key) -> Vec<Effect> {
    match key {
        Key::Enter => return enter(model),
        Key::Char(' ') if control.kind == Kind::Ticks => {
            model.page.behaviour().tick(model, control);
            model.errors.remove(&control);
        }
        _ => move_mark(model, control, key),
    }
    Vec::new()
}

/// Moves the mark of a list; at its ends up and down leave it.
fn move_mark(model: &mut Model, control: Control, key: Key) {
    let (at, last) = (
        model.cursor(control),
        model.list_len(control).saturating_sub(1),
    );
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
}

fn picker(model: &mut Model, control: Control, key: Key) -> Vec<Effect> {
    match key {
        Key::Enter => return enter(model),
        Key::Up | Key::Down | Key::PageUp | Key::PageDown => move_mark(model, control, key),
        _ => {
            let marked = model.entry(control).map(|entry| entry.value);
            if edit(model, control, key) {
                narrow(model, control, marked);
            }
        }
    }
    Vec::new()
}

/// After typing the best match is marked; with nothing typed, what was marked stays so.
fn narrow(model: &mut Model, control: Control, marked: Option<&str>) {
    match marked {
        Some(value) if model.text(control).is_empty() => model.mark_entry(control, value),
        _ => drop(model.cursors.insert(control, 0)),
    }
    model.moved.insert(control);
}

fn choice(model: &mut Model, control: Control, count: usize, key: Key) -> Vec<Effect> {
    let at = model.choice(control);
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

fn text(model: &mut Model, control: Control, key: Key) -> Vec<Effect> {
    match key {
        Key::Enter => return enter(model),
        Key::Up | Key::Down => leave(model, key == Key::Down),
        _ => {
            edit(model, control, key);
        }
    }
    Vec::new()
}

/// Edits a field; whether its text changed.
fn edit(model: &mut Model, control: Control, key: Key) -> bool {
    let field = model.texts.entry(control).or_default();
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
        model.errors.remove(&control);
    }
    changed
}

fn on_button(model: &mut Model, focused: Button, key: Key) -> Vec<Effect> {
    let buttons = model.buttons();
    let here = |button: &Button| *button == focused;
    let at = buttons.iter().position(here).unwrap_or(0);
    let to = match key {
        Key::Enter | Key::Char(' ') => return push(model, focused),
        Key::Home | Key::End if scroll(model, key) => return Vec::new(),
        Key::Up | Key::Down | Key::PageUp | Key::PageDown if scroll(model, key) => {
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
        model.focus = Some(Control::button(*button));
    }
    Vec::new()
}

/// Moves the page's text, as far as there is one; whether it moved.
fn scroll(model: &mut Model, key: Key) -> bool {
    let end = view::scroll_end(model);
    let at = model.scroll.min(end);
    let to = match key {
        Key::Up => at.saturating_sub(1),
        Key::Down => at.saturating_add(1),
        Key::PageUp => at.saturating_sub(PAGE),
        Key::PageDown => at.saturating_add(PAGE),
        Key::Home => 0,
        Key::End => end,
        _ => at,
    };
    model.scroll = to.min(end);
    model.scroll != at
}
