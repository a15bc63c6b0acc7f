//! What keys do. Pure.

use super::view::Model;
use crate::event::Event;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key asks for.
#[derive(Debug, PartialEq)]
pub enum Act {
    Nothing,
    Tell(Vec<Event>),
    End,
}

/// Takes a key in.
pub fn act(key: KeyEvent, model: &mut Model) -> Act {
    if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
        return Act::End;
    }
    match key.code {
        KeyCode::Char('q') => Act::End,
        KeyCode::Down | KeyCode::Char('j') => model.step(1),
        KeyCode::Up | KeyCode::Char('k') => model.step(-1),
        KeyCode::Char('a') | KeyCode::Enter => model.approve(),
        KeyCode::Char('A') => model.approve_all(),
        KeyCode::Char('i') => model.again(),
        _ => Act::Nothing,
    }
}
