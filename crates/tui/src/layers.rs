//! What lies over a page: a box with text, and with a question.

use crate::page::{button, buttons};
use crate::text::{sentence, wrap};
use crate::theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

/// Widest box.
const WIDEST: u16 = 64;

/// A question with two buttons; the first one, which does nothing, has the focus.
pub struct Question<T> {
    /// Its heading.
    pub title: T,
    /// What stands against it, one sentence each.
    pub against: Vec<T>,
    /// What follows from agreeing.
    pub then: T,
    /// The button that does nothing.
    pub stay: T,
    /// The button that agrees.
    pub go: T,
}

/// Draws a box over the middle of a screen; `fill` is told how many columns it has.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    title: &str,
    fill: impl FnOnce(usize) -> Vec<Line<'static>>,
) {
    let width = WIDEST.min(area.width - 4);
    let lines = fill(usize::from(width - 4));
    let height = (lines.len() as u16 + 2).min(area.height - 2);
    let place = Rect {
        x: (area.width - width) / 2,
        y: (area.height - height) / 2,
        width,
        height,
    };
    // A column of air at each side keeps the page's text from running into the frame.
    let air = Rect {
        x: place.x - 1,
        width: place.width + 2,
        ..place
    };
    frame.render_widget(Clear, air);
    let title = Span::styled(format!(" {title} "), theme::title());
    let block = Block::bordered().border_style(theme::accent()).title(title);
    frame.render_widget(block, place);
    let inner = Rect {
        x: place.x + 2,
        y: place.y + 1,
        width: place.width - 4,
        height: place.height - 2,
    };
    frame.render_widget(Paragraph::new(lines), inner);
}

/// Paragraphs with an empty line between them.
pub fn paragraphs(texts: impl IntoIterator<Item = String>, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for text in texts {
        lines.extend(wrapped(&text, columns));
        lines.push(Line::default());
    }
    lines.pop();
    lines
}

fn wrapped(text: &str, columns: usize) -> impl Iterator<Item = Line<'static>> + use<> {
    let lines = wrap(text, columns).into_iter();
    lines.map(|line| Line::styled(line, Style::new()))
}

impl<T> Question<T> {
    /// Its lines; `yes` is whether the button that agrees has the focus.
    pub fn lines(self, yes: bool, columns: usize, say: impl Fn(T) -> String) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for text in self.against {
            let text = sentence(&say(text));
            for (n, text) in wrap(&text, columns - 2).into_iter().enumerate() {
                let sign = if n == 0 { "! " } else { "  " };
                lines.push(Line::styled(format!("{sign}{text}"), theme::bad()));
            }
        }
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(wrapped(&say(self.then), columns));
        lines.push(Line::default());
        lines.push(buttons([
            button(say(self.stay), !yes, Style::new()),
            button(say(self.go), yes, Style::new()),
        ]));
        lines
    }
}
