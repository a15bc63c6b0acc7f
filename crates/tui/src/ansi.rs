//! How the screen is written: each change of style says the whole style, in the sixteen colours that every terminal has.
//!
//! Ratatui's own backend says only what changes, with colours as `38;5;N`. The Linux console takes such a colour for brightness
//! as well and keeps that when only the colour goes back, so that text after grey was white, and grey after bold was black.

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::io::{self, Stdout, Write as _, stdout};

/// Standard output as a terminal of sixteen colours.
pub struct Ansi {
    inner: CrosstermBackend<Stdout>,
    /// Bright colours are made with bold, which is all that the Linux console knows.
    bright_is_bold: bool,
}

impl Ansi {
    /// For the terminal that the environment names.
    pub(crate) fn new() -> Self {
        Self {
            inner: CrosstermBackend::new(stdout()),
            bright_is_bold: std::env::var("TERM").is_ok_and(|term| term == "linux"),
        }
    }
}

/// What brings the cells to a terminal.
fn sequences<'a>(
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
    bright_is_bold: bool,
) -> String {
    let mut text = String::new();
    let mut next = None;
    let mut style = String::new();
    for (x, y, cell) in cells {
        if next != Some((x, y)) {
            // Writing to a string does not fail.
            let _ = write!(text, "\x1b[{};{}H", y + 1, x + 1);
        }
        let own = codes(cell, bright_is_bold);
        if style != own {
            let _ = write!(text, "\x1b[{own}m");
            style = own;
        }
        text.push_str(cell.symbol());
        next = Some((x + 1, y));
    }
    text + "\x1b[0m"
}

/// The numbers of a style (ECMA-48, SGR), beginning with 0, which forgets the style before.
fn codes(cell: &Cell, bright_is_bold: bool) -> String {
    let mut codes = "0".to_owned();
    let mut add = |code: u8| {
        // Writing to a string does not fail.
        let _ = write!(codes, ";{code}");
    };
    let (color, bright) = number(cell.fg);
    if cell.modifier.contains(Modifier::BOLD) || (bright && bright_is_bold) {
        add(1);
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        add(4);
    }
    if cell.modifier.contains(Modifier::REVERSED) {
        add(7);
    }
    if let Some(color) = color {
        add(color + if bright && !bright_is_bold { 90 } else { 30 });
    }
    if let (Some(color), _) = number(cell.bg) {
        add(color + 40);
    }
    codes
}

/// A colour's number from 0 to 7, and whether it is the bright one; none for the terminal's own.
fn number(color: Color) -> (Option<u8>, bool) {
    match color {
        Color::Black => (Some(0), false),
        Color::Red => (Some(1), false),
        Color::Green => (Some(2), false),
        Color::Yellow => (Some(3), false),
        Color::Blue => (Some(4), false),
        Color::Magenta => (Some(5), false),
        Color::Cyan => (Some(6), false),
        Color::Gray => (Some(7), false),
        Color::DarkGray => (Some(0), true),
        Color::LightRed => (Some(1), true),
        Color::LightGreen => (Some(2), true),
        Color::LightYellow => (Some(3), true),
        Color::LightBlue => (Some(4), true),
        Color::LightMagenta => (Some(5), true),
        Color::LightCyan => (Some(6), true),
        Color::White => (Some(7), true),
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => (None, false),
    }
}

impl Backend for Ansi {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let text = sequences(content, self.bright_is_bold);
        self.inner.write_all(text.as_bytes())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn every_style_stands_for_itself() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, "ab", theme::title());
        buffer.set_string(2, 0, "cd", theme::dim());
        buffer.set_string(5, 0, "ef", Style::new());
        let cells = || {
            let row = (0..8).map(|x| (x, 3, &buffer[(x, 0)]));
            row.filter(|(_, _, cell)| cell.symbol() != " ")
        };
        assert_eq!(
            sequences(cells(), true),
            "\x1b[4;1H\x1b[0;1mab\x1b[0;1;30mcd\x1b[4;6H\x1b[0mef\x1b[0m"
        );
        assert_eq!(
            sequences(cells(), false),
            "\x1b[4;1H\x1b[0;1mab\x1b[0;90mcd\x1b[4;6H\x1b[0mef\x1b[0m"
        );
    }
}
