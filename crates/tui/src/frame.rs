//! What stands around a page: header, steps, footer.

use crate::page::at;
use crate::text::wrap;
use crate::theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

/// The smallest screen that makes sense: columns and lines.
pub const LEAST: (u16, u16) = (60, 16);
/// From this width on the steps stand at the left.
const WIDE: u16 = 104;
/// Columns of the steps.
const SIDE: u16 = 26;
/// Widest page.
const BODY: u16 = 92;
/// Lines below the page's buttons.
const FOOT: u16 = 3;

/// What stands around a page.
pub struct Around {
    /// At the left of the header.
    pub left: Vec<Span<'static>>,
    /// At its right.
    pub right: String,
    /// The names of the steps.
    pub steps: Vec<String>,
    /// How many of them are done.
    pub done: usize,
    /// Whether the next one is the page that is shown.
    pub on_step: bool,
    /// The line at the bottom.
    pub foot: Foot,
}

/// What the line at the bottom says.
pub enum Foot {
    /// What the keys do.
    Keys(String),
    /// What is being waited for.
    Busy(String),
    /// What was done.
    Told(String),
    /// What went wrong.
    Notice(String),
}

/// Whether the steps stand beside the page.
pub fn is_wide(area: Rect) -> bool {
    area.width >= WIDE
}

/// Whether a screen is too small for anything but a sentence that says so.
pub fn is_too_small(area: Rect) -> bool {
    area.width < LEAST.0 || area.height < LEAST.1
}

/// Draws nothing but a sentence.
pub fn only(text: &str, frame: &mut Frame, area: Rect) {
    let lines = wrap(text, usize::from(area.width)).into_iter();
    let lines: Vec<_> = lines.map(Line::from).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// Where the page stands: between header and footer, with air at the sides.
pub fn body(area: Rect) -> Rect {
    let side = if is_wide(area) { SIDE + 1 } else { 0 };
    let width = (area.width - side - 6).min(BODY);
    Rect {
        x: area.x + side + 3,
        y: area.y + 3,
        width,
        height: area.height - 6,
    }
}

impl Around {
    /// Draws header, steps and footer.
    pub fn draw(&self, frame: &mut Frame, area: Rect) {
        // A span: the style of a line would go over the whole row.
        let right = Line::from(Span::styled(format!("{}  ", self.right), theme::dim()));
        frame.render_widget(Line::from(self.left.clone()), at(area, 0));
        frame.render_widget(right.right_aligned(), at(area, 0));
        frame.render_widget(self.rule(area.width), at(area, 1));
        self.foot.draw(frame, area);
        if is_wide(area) {
            self.side(frame, area);
        }
    }

    /// The line below the header is double as far as the person has come.
    fn rule(&self, width: u16) -> Line<'static> {
        let come = self.done + usize::from(self.on_step);
        let done = usize::from(width) * come / self.steps.len().max(1);
        Line::from(vec![
            Span::styled("═".repeat(done), theme::accent()),
            Span::styled("─".repeat(usize::from(width) - done), theme::dim()),
        ])
    }

    /// The list of steps.
    fn side(&self, frame: &mut Frame, area: Rect) {
        for (n, name) in self.steps.iter().enumerate() {
            let (sign, style) = match n {
                _ if n < self.done => (theme::DONE, theme::good()),
                _ if n == self.done && self.on_step => {
                    (theme::CHOSEN, theme::accent().patch(theme::title()))
                }
                _ => ("·", theme::dim()),
            };
            let name_style = if n < self.done { Style::new() } else { style };
            let line = Line::from(vec![
                Span::styled(format!("  {sign} "), style),
                Span::styled(name.clone(), name_style),
            ]);
            let place = Rect {
                width: SIDE,
                ..at(area, 3 + n as u16)
            };
            frame.render_widget(line, place);
        }
        for y in 2..area.height - 2 {
            frame.buffer_mut()[(SIDE, y)]
                .set_symbol("│")
                .set_style(theme::dim());
        }
    }
}

impl Foot {
    fn draw(&self, frame: &mut Frame, area: Rect) {
        let line = Line::styled("─".repeat(usize::from(area.width)), theme::dim());
        frame.render_widget(line, at(area, area.height - 2));
        let (text, style) = match self {
            Self::Told(text) => return say_all(frame, area, text, theme::good()),
            Self::Notice(text) => return say_all(frame, area, &format!("! {text}"), theme::bad()),
            Self::Keys(text) => (text.clone(), Style::new()),
            Self::Busy(text) => (format!("{text}..."), theme::warn()),
        };
        let text = Line::styled(format!("  {text}"), style);
        frame.render_widget(text, at(area, area.height - 1));
    }
}

/// A sentence at the bottom; one that is longer than a line takes the lines above it, too, up to the buttons.
fn say_all(frame: &mut Frame, area: Rect, text: &str, style: Style) {
    let lines = wrap(text, usize::from(area.width).saturating_sub(4));
    let first = lines.len().saturating_sub(usize::from(FOOT));
    for (n, line) in lines[first..].iter().rev().enumerate() {
        let place = at(area, area.height - 1 - n as u16);
        frame.render_widget(Clear, place);
        frame.render_widget(Line::styled(format!("  {line}"), style), place);
    }
}
