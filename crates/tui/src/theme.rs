//! Colours and signs. Pages draw in colour and with line characters; two passes over the finished screen take out what a
//! terminal cannot show. All signs are in code page 437, which is what the kernel's console font has.

use firn_visible::is_seen;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// What the terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Nothing but ASCII.
    pub ascii: bool,
    /// No colours.
    pub mono: bool,
}

/// Marks the chosen line of a list and the focused button.
pub const CHOSEN: &str = "►";
/// What is done, or fine.
pub const DONE: &str = "√";

/// Headings.
pub fn title() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

/// The one colour that leads the eye.
pub fn accent() -> Style {
    Style::new().fg(Color::Cyan)
}

/// What is said beside the matter.
pub fn dim() -> Style {
    Style::new().fg(Color::DarkGray)
}

/// Where the keys go.
pub fn focus() -> Style {
    Style::new()
        .fg(Color::Cyan)
        .add_modifier(Modifier::REVERSED)
}

/// Fine.
pub fn good() -> Style {
    Style::new().fg(Color::Green)
}

/// Worth a look.
pub fn warn() -> Style {
    Style::new().fg(Color::Yellow)
}

/// Wrong, or about to be destroyed.
pub fn bad() -> Style {
    Style::new()
        .fg(Color::LightRed)
        .add_modifier(Modifier::BOLD)
}

impl Theme {
    /// Takes out of a finished screen what this terminal cannot show, and what no terminal may get.
    pub fn reduce(self, buffer: &mut Buffer) {
        for cell in &mut buffer.content {
            if !cell.symbol().chars().all(is_seen) {
                cell.set_symbol("?");
            }
        }
        if !self.ascii && !self.mono {
            return;
        }
        for cell in &mut buffer.content {
            if self.mono {
                (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
            }
            if self.ascii
                && let Some(plain) = plain(cell.symbol())
            {
                cell.set_symbol(plain);
            }
        }
    }
}

/// The ASCII sign for one that is not; `None` for one that is.
fn plain(symbol: &str) -> Option<&'static str> {
    if symbol.is_ascii() {
        return None;
    }
    Some(match symbol {
        "─" => "-",
        "═" => "=",
        "│" => "|",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" => "+",
        "█" | "▓" => "#",
        "░" | "▒" => ".",
        "►" => ">",
        "◄" => "<",
        "▲" => "^",
        "▼" => "v",
        "√" => "+",
        "•" | "■" => "*",
        "○" => "o",
        "·" => ".",
        "ä" | "á" | "à" | "â" | "ã" | "å" => "a",
        "é" | "è" | "ê" | "ë" => "e",
        "í" | "î" | "ï" => "i",
        "ö" | "ó" | "ô" | "õ" | "ø" => "o",
        "ü" | "ú" | "û" => "u",
        "ç" => "c",
        "ñ" => "n",
        "Å" => "A",
        _ => "?",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn a_plain_terminal_gets_ascii_only() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, "►─√ Curaçao", bad());
        Theme {
            ascii: true,
            mono: true,
        }
        .reduce(&mut buffer);
        assert!(
            buffer
                .content
                .iter()
                .all(|cell| cell.symbol().is_ascii() && cell.fg == Color::Reset)
        );
        assert!(buffer.content.iter().any(|cell| cell.symbol() == ">"));
    }
}
