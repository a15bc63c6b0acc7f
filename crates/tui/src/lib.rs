//! Text screens that are read on a console, a serial line or over ssh: 80 by 24 characters and more, with or without colours.
//!
//! It knows nothing of what it shows: texts come in the language of the screen, and what is to be done about a key is said to
//! whoever asked.

mod ansi;
pub mod control;
pub mod form;
pub mod frame;
pub mod keys;
pub mod layers;
pub mod page;
pub mod sheet;
pub mod terminal;
pub mod text;
pub mod theme;

pub use ansi::Ansi;
