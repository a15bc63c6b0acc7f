//! Draws the model. Knows nothing of terminals: what is too much for one is taken out at the end.

mod frame;
mod layers;
mod sheet;

use super::control::Kind;
use super::model::Model;
use firn_tui::text::wrap;
use firn_tui::theme;
use firn_words::say;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use sheet::Row;

pub use sheet::{Item, Sheet};

/// The smallest screen that makes sense.
const LEAST: (u16, u16) = (60, 16);
/// From this width on the steps stand at the left.
const WIDE: u16 = 104;
/// Columns of the steps.
const SIDE: u16 = 26;
/// Widest page.
const BODY: u16 = 92;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(model, frame, area);
    } else {
        frame::draw(model, frame, area);
        page(model, frame, body_area(area));
        layers::draw(model, frame, area);
    }
    model.theme.reduce(frame.buffer_mut());
}

fn too_small(model: &Model, frame: &mut Frame, area: Rect) {
    let text = model.say(say!(
        "wizard-too-small",
        columns = area.width,
        lines = area.height,
        least_columns = LEAST.0,
        least_lines = LEAST.1
    ));
    let lines: Vec<_> = wrap(&text, usize::from(area.width))
        .into_iter()
        .map(Line::from)
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
}

fn at(area: Rect, line: u16) -> Rect {
    Rect {
        y: area.y + line,
        height: 1,
        ..area
    }
}

/// Where the page stands: between header and footer, with air at the sides.
fn body_area(area: Rect) -> Rect {
    let side = if area.width < WIDE { 0 } else { SIDE + 1 };
    let width = (area.width - side - 6).min(BODY);
    Rect {
        x: area.x + side + 3,
        y: area.y + 3,
        width,
        height: area.height - 6,
    }
}

/// Heading and the sentences below it.
fn heading(model: &Model, width: usize) -> Vec<Line<'static>> {
    let page = model.page.behaviour();
    let mut lines = vec![Line::styled(model.say(page.title()), theme::title())];
    if let Some(intro) = page.intro(model) {
        let intro = wrap(&model.say(intro), width);
        lines.extend(intro.into_iter().map(Line::from));
    }
    lines.push(Line::default());
    lines
}

/// A page's parts, before they are drawn.
struct Parts {
    heading: Vec<Line<'static>>,
    text: Vec<Line<'static>>,
    rows: Vec<Row>,
    /// Lines that the text has.
    text_height: usize,
    /// Lines that the rows have.
    rows_height: usize,
}

/// Lays a page out in an area of this size.
fn parts(model: &Model, area: Rect) -> Parts {
    let page = model.page.behaviour();
    let width = usize::from(area.width);
    let heading = heading(model, width);
    let buttons = if model.buttons().is_empty() { 0 } else { 2 };
    let height = usize::from(area.height).saturating_sub(heading.len() + buttons);
    // Two columns for the signs that there is more.
    let text = page.lines(model, width.saturating_sub(2));
    let mut sheet = Sheet::new(model, width, height);
    page.view(&mut sheet);
    let rows = sheet.rows;
    // A text that scrolls gives way to the controls below it.
    let text_height = if text.is_empty() {
        0
    } else {
        height
            .saturating_sub(rows.len())
            .max(height.min(3))
            .min(text.len())
    };
    Parts {
        heading,
        text,
        rows,
        text_height,
        rows_height: height - text_height,
    }
}

fn page(model: &Model, frame: &mut Frame, area: Rect) {
    let parts = parts(model, area);
    let mut y = parts.heading.len() as u16;
    frame.render_widget(Paragraph::new(parts.heading), area);
    draw_text(model, frame, lines(area, y, parts.text_height), parts.text);
    y += parts.text_height as u16;
    draw_rows(model, frame, lines(area, y, parts.rows_height), parts.rows);
    if !model.buttons().is_empty() {
        let line = sheet::buttons(model).right_aligned();
        frame.render_widget(line, at(area, area.height - 1));
    }
}

fn lines(area: Rect, from: u16, height: usize) -> Rect {
    Rect {
        y: area.y + from,
        height: height as u16,
        ..area
    }
}

/// Draws the part of the text that is scrolled to, with signs where there is more.
fn draw_text(model: &Model, frame: &mut Frame, area: Rect, text: Vec<Line<'static>>) {
    let (height, total) = (usize::from(area.height), text.len());
    let top = model.scroll.min(total.saturating_sub(height));
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

/// Draws rows so that those of the focused control, with its error, can be seen.
fn draw_rows(model: &Model, frame: &mut Frame, area: Rect, rows: Vec<Row>) {
    let height = usize::from(area.height);
    let focused = |row: &Row| row.control.is_some() && row.control == model.focus;
    // Below the fields stands what a button has brought about.
    let on_button = matches!(model.focus.map(|focus| focus.kind), Some(Kind::Button(_)));
    let end = if on_button { rows.len() } else { 1 };
    let last = rows
        .iter()
        .rposition(focused)
        .unwrap_or(end.saturating_sub(1));
    let top = (last + 1).saturating_sub(height);
    for (n, row) in rows.into_iter().skip(top).take(height).enumerate() {
        let line = at(area, n as u16);
        frame.render_widget(row.line, line);
        if let (Some(column), None) = (row.cursor, &model.layer) {
            frame.set_cursor_position(Position::new(line.x + column as u16, line.y));
        }
    }
}

/// How far the page's text can be scrolled on this terminal, in lines.
pub fn scroll_end(model: &Model) -> usize {
    let (width, height) = (model.size.0.max(LEAST.0), model.size.1.max(LEAST.1));
    let parts = parts(model, body_area(Rect::new(0, 0, width, height)));
    parts.text.len() - parts.text_height
}
