//! What is entered on pages, and what keys do to it.

use crate::control::{Control, Kind};
use crate::keys::Key;
use crate::text::Field;
use std::collections::{BTreeMap, BTreeSet};

/// Lines that Page up and Page down move by.
const PAGE: usize = 8;

/// What is entered and marked in controls, where the focus is, and what is wrong. `B` are the buttons, `T` the texts of errors.
#[derive(Clone, Debug)]
pub struct Form<B, T> {
    /// The control that takes the keys; `None` where the page has none.
    pub focus: Option<Control<B>>,
    /// Text of each field.
    pub texts: BTreeMap<Control<B>, Field>,
    /// Chosen option of each choice.
    pub choices: BTreeMap<Control<B>, usize>,
    /// Marked line of each list.
    pub cursors: BTreeMap<Control<B>, usize>,
    /// What is ticked in each list, by a name that stays when the list changes.
    pub ticked: BTreeMap<Control<B>, BTreeSet<String>>,
    /// Lists whose mark the person has moved.
    pub moved: BTreeSet<Control<B>>,
    /// What is wrong with a control, shown below it.
    pub errors: BTreeMap<Control<B>, T>,
    /// First line that is shown of a text that scrolls.
    pub scroll: usize,
}

impl<B, T> Default for Form<B, T> {
    fn default() -> Self {
        Self {
            focus: None,
            texts: BTreeMap::new(),
            choices: BTreeMap::new(),
            cursors: BTreeMap::new(),
            ticked: BTreeMap::new(),
            moved: BTreeSet::new(),
            errors: BTreeMap::new(),
            scroll: 0,
        }
    }
}

/// What keys can reach on a page.
#[derive(Clone, Debug)]
pub struct Reach<B> {
    /// The controls without the buttons, in the order of Tab.
    pub fields: Vec<Control<B>>,
    /// The buttons, from left to right; the last is the main one.
    pub buttons: Vec<B>,
    /// Lines of the list that has the focus.
    pub lines: usize,
    /// How far the page's text can be scrolled, in lines.
    pub scroll_end: usize,
}

/// What follows from a key for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed<B> {
    /// Nothing more.
    Taken,
    /// Enter in the last field: on to the next page.
    Next,
    /// A button was pressed.
    Push(B),
    /// Space on a line of a list whose lines can be ticked.
    Tick(Control<B>),
    /// What is typed into a picker has changed, so other lines match.
    Typed(Control<B>),
}

impl<B: Copy + Ord, T> Form<B, T> {
    /// What is typed into a field, without spaces around it (but a password is taken as it is).
    pub fn text(&self, control: Control<B>) -> &str {
        let text = self.texts.get(&control).map_or("", Field::value);
        if control.is_secret() {
            text
        } else {
            text.trim()
        }
    }

    /// Which option of a choice is on.
    pub fn choice(&self, control: Control<B>) -> usize {
        self.choices.get(&control).copied().unwrap_or(0)
    }

    /// Which line of a list is marked.
    pub fn cursor(&self, control: Control<B>) -> usize {
        self.cursors.get(&control).copied().unwrap_or(0)
    }

    /// Whether something is ticked in a list.
    pub fn is_ticked(&self, control: Control<B>, name: &str) -> bool {
        let ticked = self.ticked.get(&control);
        ticked.is_some_and(|names| names.contains(name))
    }

    /// Shows errors, and puts the focus on the first; whether there are any. Of several errors of a control the first is shown.
    pub fn refuse(&mut self, errors: Vec<(Control<B>, T)>) -> bool {
        let Some((first, _)) = errors.first() else {
            return false;
        };
        self.focus = Some(*first);
        self.errors = errors.into_iter().rev().collect();
        true
    }

    /// A key on the control that has the focus.
    pub fn press(&mut self, key: Key, page: &Reach<B>) -> Pressed<B> {
        let Some(control) = self.focus else {
            self.scroll(key, page);
            return Pressed::Taken;
        };
        match (key, control.kind) {
            (Key::Tab, _) => self.step_focus(page, 1),
            (Key::BackTab, _) => self.step_focus(page, -1),
            (_, Kind::Button(button)) => return self.on_button(page, button, key),
            (Key::Enter, _) => return self.enter(page),
            (_, Kind::List | Kind::Ticks) => return self.list(page, control, key),
            (_, Kind::Picker) => return self.picker(page, control, key),
            (_, Kind::Choice(count)) => self.turn(page, control, count, key),
            (_, Kind::Text | Kind::Secret) => self.field(page, control, key),
        }
        Pressed::Taken
    }

    /// Moves the focus around the controls of the page.
    fn step_focus(&mut self, page: &Reach<B>, step: isize) {
        let buttons = page.buttons.iter().copied().map(Control::button);
        let controls: Vec<_> = page.fields.iter().copied().chain(buttons).collect();
        let count = controls.len() as isize;
        if count == 0 {
            return;
        }
        let here = |control: &Control<B>| Some(*control) == self.focus;
        let at = controls.iter().position(here).unwrap_or(0) as isize;
        self.focus = Some(controls[(at + step).rem_euclid(count) as usize]);
    }

    /// Where the focus is among the fields.
    fn at(&self, page: &Reach<B>) -> Option<usize> {
        let here = |control: &Control<B>| Some(*control) == self.focus;
        page.fields.iter().position(here)
    }

    /// Up and down between controls do not go around, and the buttons are one row: down goes to its main button, the last.
    fn leave(&mut self, page: &Reach<B>, down: bool) {
        let main = page.buttons.last().copied().map(Control::button);
        let fields = &page.fields;
        let target = match (self.at(page), down) {
            (Some(at), true) => fields.get(at + 1).copied().or(main),
            (Some(at), false) => at.checked_sub(1).and_then(|at| fields.get(at).copied()),
            (None, true) => None,
            (None, false) => fields.last().copied(),
        };
        self.focus = target.or(self.focus);
    }

    /// Enter in a field: on to the next one, and from the last one to the next page.
    fn enter(&mut self, page: &Reach<B>) -> Pressed<B> {
        let next = self.at(page).and_then(|at| page.fields.get(at + 1));
        match next {
            Some(control) => {
                self.focus = Some(*control);
                Pressed::Taken
            }
            None => Pressed::Next,
        }
    }

    fn list(&mut self, page: &Reach<B>, control: Control<B>, key: Key) -> Pressed<B> {
        if key == Key::Char(' ') && control.kind == Kind::Ticks {
            self.errors.remove(&control);
            return Pressed::Tick(control);
        }
        self.move_mark(page, control, key);
        Pressed::Taken
    }

    /// Moves the mark of a list; at its ends up and down leave it.
    fn move_mark(&mut self, page: &Reach<B>, control: Control<B>, key: Key) {
        let (at, last) = (self.cursor(control), page.lines.saturating_sub(1));
        let to = match key {
            Key::Up if at == 0 => return self.leave(page, false),
            Key::Down if at >= last => return self.leave(page, true),
            Key::Up => at - 1,
            Key::Down => at + 1,
            Key::PageUp => at.saturating_sub(PAGE),
            Key::PageDown => (at + PAGE).min(last),
            Key::Home => 0,
            Key::End => last,
            _ => return,
        };
        self.cursors.insert(control, to);
        self.moved.insert(control);
        self.errors.remove(&control);
    }

    fn picker(&mut self, page: &Reach<B>, control: Control<B>, key: Key) -> Pressed<B> {
        match key {
            Key::Up | Key::Down | Key::PageUp | Key::PageDown => {
                self.move_mark(page, control, key);
            }
            _ if self.edit(control, key) => {
                self.moved.insert(control);
                return Pressed::Typed(control);
            }
            _ => {}
        }
        Pressed::Taken
    }

    fn turn(&mut self, page: &Reach<B>, control: Control<B>, count: usize, key: Key) {
        let at = self.choice(control);
        let to = match key {
            Key::Left => at.saturating_sub(1),
            Key::Right => (at + 1).min(count - 1),
            Key::Char(' ') => (at + 1) % count,
            Key::Home => 0,
            Key::End => count - 1,
            Key::Up | Key::Down => {
                self.leave(page, key == Key::Down);
                at
            }
            _ => at,
        };
        self.choices.insert(control, to);
        self.errors.remove(&control);
    }

    fn field(&mut self, page: &Reach<B>, control: Control<B>, key: Key) {
        match key {
            Key::Up | Key::Down => self.leave(page, key == Key::Down),
            _ => drop(self.edit(control, key)),
        }
    }

    /// Edits a field; whether its text changed.
    fn edit(&mut self, control: Control<B>, key: Key) -> bool {
        let field = self.texts.entry(control).or_default();
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
            self.errors.remove(&control);
        }
        changed
    }

    fn on_button(&mut self, page: &Reach<B>, focused: B, key: Key) -> Pressed<B> {
        let here = |button: &B| *button == focused;
        let at = page.buttons.iter().position(here).unwrap_or(0);
        let to = match key {
            Key::Enter | Key::Char(' ') => return Pressed::Push(focused),
            Key::Left => at.saturating_sub(1),
            Key::Right => (at + 1).min(page.buttons.len().saturating_sub(1)),
            Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::Home | Key::End
                if self.scroll(key, page) =>
            {
                return Pressed::Taken;
            }
            Key::Up => {
                self.leave(page, false);
                return Pressed::Taken;
            }
            _ => at,
        };
        if let Some(button) = page.buttons.get(to) {
            self.focus = Some(Control::button(*button));
        }
        Pressed::Taken
    }

    /// Moves the page's text, as far as there is one; whether it moved.
    fn scroll(&mut self, key: Key, page: &Reach<B>) -> bool {
        let end = page.scroll_end;
        let at = self.scroll.min(end);
        let to = match key {
            Key::Up => at.saturating_sub(1),
            Key::Down => at.saturating_add(1),
            Key::PageUp => at.saturating_sub(PAGE),
            Key::PageDown => at.saturating_add(PAGE),
            Key::Home => 0,
            Key::End => end,
            _ => at,
        };
        self.scroll = to.min(end);
        self.scroll != at
    }
}
