//! A page on the screen: heading, text that scrolls, rows, buttons.

use crate::control::{Control, Kind};
use crate::form::Form;
use crate::sheet::Row;
use crate::text::wrap;
use crate::theme;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

/// Lines of text that are shown at least, however many rows there are.
const TEXT: usize = 3;

/// A page's parts, before they are drawn.
pub struct Page<B> {
    heading: Vec<Line<'static>>,
    buttons: Line<'static>,
    /// A text that scrolls; [`Page::columns`] says how wide it may be.
    pub text: Vec<Line<'static>>,
    /// The rows below it; [`Page::height`] says how many there is room for.
    pub rows: Vec<Row<B>>,
    area: Rect,
}

impl<B: Copy + Ord> Page<B> {
    /// A page with only its heading and the sentences below it, and its row of buttons.
    pub fn new(area: Rect, title: String, intro: Option<String>, buttons: Line<'static>) -> Self {
        let mut heading = vec![Line::styled(title, theme::title())];
        if let Some(intro) = intro {
            let intro = wrap(&intro, usize::from(area.width));
            heading.extend(intro.into_iter().map(Line::from));
        }
        heading.push(Line::default());
        Self {
            heading,
            buttons,
            text: Vec::new(),
            rows: Vec::new(),
            area,
        }
    }

    /// Columns for the text: two are for the signs that there is more.
    pub fn columns(&self) -> usize {
        usize::from(self.area.width).saturating_sub(2)
    }

    /// Lines between heading and buttons.
    pub fn height(&self) -> usize {
        let buttons = if self.buttons.spans.is_empty() { 0 } else { 2 };
        usize::from(self.area.height).saturating_sub(self.heading.len() + buttons)
    }

    /// Lines that the text has: it gives way to the controls below it.
    fn text_height(&self) -> usize {
        if self.text.is_empty() {
            return 0;
        }
        let height = self.height();
        height
            .saturating_sub(self.rows.len())
            .max(height.min(TEXT))
            .min(self.text.len())
    }

    /// How far the text can be scrolled, in lines.
    pub fn scroll_end(&self) -> usize {
        self.text.len() - self.text_height()
    }

    /// Draws it; without a text cursor where something lies over it.
    pub fn draw<T>(self, form: &Form<B, T>, covered: bool, frame: &mut Frame) {
        let (area, text_height) = (self.area, self.text_height());
        let rows_height = self.height() - text_height;
        let mut y = self.heading.len() as u16;
        frame.render_widget(Paragraph::new(self.heading), area);
        draw_text(form.scroll, frame, lines(area, y, text_height), self.text);
        y += text_height as u16;
        let cursor = draw_rows(form.focus, frame, lines(area, y, rows_height), self.rows);
        if let (Some(cursor), false) = (cursor, covered) {
            frame.set_cursor_position(cursor);
        }
        if !self.buttons.spans.is_empty() {
            let line = self.buttons.right_aligned();
            frame.render_widget(line, at(area, area.height - 1));
        }
    }
}

/// One line of an area.
pub(crate) fn at(area: Rect, line: u16) -> Rect {
    lines(area, line, 1)
}

fn lines(area: Rect, from: u16, height: usize) -> Rect {
    Rect {
        y: area.y + from,
        height: height as u16,
        ..area
    }
}

/// Draws the part of the text that is scrolled to, with signs where there is more.
fn draw_text(scroll: usize, frame: &mut Frame, area: Rect, text: Vec<Line<'static>>) {
    let (height, total) = (usize::from(area.height), text.len());
    let top = scroll.min(total.saturating_sub(height));
    for (n, mut line) in text.into_iter().skip(top).take(height).enumerate() {
        let more = match n {
            0 if top > 0 => "▲",
            _ if n + 1 == height && top + height < total => "▼",
            _ => " ",
        };
        let room = usize::from(area.width).saturating_sub(line.width() + 1);
        let more = format!("{}{more}", " ".repeat(room));
        line.spans.push(Span::styled(more, theme::dim()));
        frame.render_widget(line, at(area, n as u16));
    }
}

/// Draws rows so that those of the focused control, with its error, can be seen; gives the place of the text cursor.
fn draw_rows<B: Copy + Ord>(
    focus: Option<Control<B>>,
    frame: &mut Frame,
    area: Rect,
    rows: Vec<Row<B>>,
) -> Option<Position> {
    let height = usize::from(area.height);
    let focused = |row: &Row<B>| row.control.is_some() && row.control == focus;
    // Below the fields stands what a button has brought about.
    let on_button = matches!(focus.map(|focus| focus.kind), Some(Kind::Button(_)));
    let end = if on_button { rows.len() } else { 1 };
    let last = rows
        .iter()
        .rposition(focused)
        .unwrap_or(end.saturating_sub(1));
    let top = (last + 1).saturating_sub(height);
    let mut cursor = None;
    for (n, row) in rows.into_iter().skip(top).take(height).enumerate() {
        let line = at(area, n as u16);
        frame.render_widget(row.line, line);
        if let Some(column) = row.cursor {
            cursor = Some(Position::new(line.x + column as u16, line.y));
        }
    }
    cursor
}

/// A button; the focused one has a sign as well as a colour.
pub fn button(label: String, focused: bool, style: Style) -> Span<'static> {
    if focused {
        Span::styled(format!("►[ {label} ]◄"), theme::focus().patch(style))
    } else {
        Span::styled(format!(" [ {label} ] "), style)
    }
}

/// Buttons in a row.
pub fn buttons(buttons: impl IntoIterator<Item = Span<'static>>) -> Line<'static> {
    let mut spans = Vec::new();
    for button in buttons {
        spans.extend([button, Span::raw(" ")]);
    }
    spans.pop();
    spans.into()
}
