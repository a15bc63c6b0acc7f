//! Draws the model. Knows nothing of terminals: what is too much for one is taken out at the end.

mod ends;
mod help;
mod questions;
mod sheet;

use super::model::{Layer, Model};
use super::page::Page;
use super::text::wrap;
use super::theme;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};
use sheet::{Row, Sheet};

/// The smallest screen that makes sense.
const LEAST: (u16, u16) = (60, 16);
/// From this width on the steps stand at the left.
const WIDE: u16 = 104;
/// Columns of the steps.
const SIDE: u16 = 24;
/// Widest page.
const BODY: u16 = 92;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(frame, area);
    } else {
        header(model, frame, area);
        footer(model, frame, area);
        steps(model, frame, area);
        page(model, frame, body_area(area));
        layer(model, frame, area);
    }
    model.theme.reduce(frame.buffer_mut());
}

fn too_small(frame: &mut Frame, area: Rect) {
    let text = format!(
        "This window has {} x {} characters; the installer needs {} x {}. Make it larger.",
        area.width, area.height, LEAST.0, LEAST.1
    );
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

fn header(model: &Model, frame: &mut Frame, area: Rect) {
    let left = Line::from(vec![
        Span::styled("  Firn ", theme::accent().patch(theme::title())),
        Span::styled(env!("CARGO_PKG_VERSION"), theme::dim()),
        Span::styled(format!(" on {}", model.console), theme::dim()),
        Span::styled(
            if model.demo { "   demonstration" } else { "" },
            theme::warn(),
        ),
    ]);
    let place = match model.page.step() {
        Some(step) if area.width < WIDE => format!(
            "{}  {} of {}  ",
            model.page.short(),
            step + 1,
            Page::STEPS.len()
        ),
        _ => format!("{}  ", model.machine.product.as_deref().unwrap_or("")),
    };
    frame.render_widget(left, at(area, 0));
    frame.render_widget(
        Line::styled(place, theme::dim()).right_aligned(),
        at(area, 0),
    );
    frame.render_widget(rule(model, area.width), at(area, 1));
}

/// The line below the header is double as far as the person has come.
fn rule(model: &Model, width: u16) -> Line<'static> {
    let all = Page::STEPS.len();
    let share = model.page.step().map_or(all, |step| step + 1);
    let done = usize::from(width) * share / all;
    Line::from(vec![
        Span::styled("═".repeat(done), theme::accent()),
        Span::styled("─".repeat(usize::from(width) - done), theme::dim()),
    ])
}

fn footer(model: &Model, frame: &mut Frame, area: Rect) {
    let line = Line::styled("─".repeat(usize::from(area.width)), theme::dim());
    frame.render_widget(line, at(area, area.height - 2));
    let text = match (model.page, model.busy, &model.notice) {
        _ if model.layer == Some(Layer::Help) => Line::styled("  Esc close", theme::dim()),
        _ if model.layer.is_some() => Line::styled(
            "  Left/Right choose   Enter press   Esc close",
            theme::dim(),
        ),
        (_, Some(busy), _) => Line::styled(format!("  {busy}..."), theme::warn()),
        (_, _, Some(notice)) => Line::styled(format!("  ! {notice}"), theme::bad()),
        (Page::Progress | Page::InUse, ..) => {
            Line::styled("  Ctrl-L draws the screen anew", theme::dim())
        }
        (Page::Done | Page::Failed, ..) => {
            Line::styled("  Left/Right choose   Enter press", theme::dim())
        }
        _ => Line::styled(format!("  {}", sheet::hints(model)), theme::dim()),
    };
    frame.render_widget(text, at(area, area.height - 1));
}

/// The list of steps, where there is room for it.
fn steps(model: &Model, frame: &mut Frame, area: Rect) {
    if area.width < WIDE {
        return;
    }
    let now = model.page.step().unwrap_or(Page::STEPS.len());
    for (n, page) in Page::STEPS.iter().enumerate() {
        let (sign, style) = match n {
            _ if n < now => (theme::DONE, theme::good()),
            _ if n == now => (theme::CHOSEN, theme::accent().patch(theme::title())),
            _ => ("·", theme::dim()),
        };
        let text = if n < now {
            Span::raw(page.short())
        } else {
            Span::styled(page.short(), style)
        };
        let line = Line::from(vec![Span::styled(format!("  {sign} "), style), text]);
        frame.render_widget(
            line,
            Rect {
                width: SIDE,
                ..at(area, 3 + n as u16)
            },
        );
    }
    for y in 2..area.height - 2 {
        frame.buffer_mut()[(SIDE, y)]
            .set_symbol("│")
            .set_style(theme::dim());
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
    let mut lines = vec![Line::styled(model.page.title(), theme::title())];
    let intro = questions::intro(model);
    if !intro.is_empty() {
        lines.extend(wrap(intro, width).into_iter().map(Line::from));
    }
    lines.push(Line::default());
    lines
}

fn page(model: &Model, frame: &mut Frame, area: Rect) {
    let width = usize::from(area.width);
    let head = heading(model, width);
    let (top, has_buttons) = (head.len() as u16, !model.buttons().is_empty());
    frame.render_widget(Paragraph::new(head), area);
    let height = rows_height(model, area);
    let mut sheet = Sheet {
        model,
        width,
        height,
        rows: Vec::new(),
    };
    questions::fill(&mut sheet);
    ends::fill(&mut sheet);
    draw_rows(
        model,
        frame,
        Rect {
            y: area.y + top,
            height: height as u16,
            ..area
        },
        sheet.rows,
    );
    if has_buttons {
        let line = sheet::buttons(model).right_aligned();
        frame.render_widget(line, at(area, area.height - 1));
    }
}

/// Lines between heading and buttons.
fn rows_height(model: &Model, area: Rect) -> usize {
    let buttons = if model.buttons().is_empty() { 0 } else { 2 };
    usize::from(area.height).saturating_sub(heading(model, usize::from(area.width)).len() + buttons)
}

/// Draws rows so that those of the focused control, with its error, can be seen.
fn draw_rows(model: &Model, frame: &mut Frame, area: Rect, rows: Vec<Row>) {
    let height = usize::from(area.height);
    let last = rows
        .iter()
        .rposition(|row| row.control == Some(model.focus))
        .unwrap_or(0);
    let top = (last + 1).saturating_sub(height);
    for (n, row) in rows.into_iter().skip(top).take(height).enumerate() {
        let line = at(area, n as u16);
        frame.render_widget(row.line, line);
        if let (Some(column), None) = (row.cursor, &model.layer) {
            frame.set_cursor_position(Position::new(line.x + column as u16, line.y));
        }
    }
}

fn layer(model: &Model, frame: &mut Frame, area: Rect) {
    let width = 64.min(area.width - 4);
    let columns = usize::from(width - 4);
    let (title, lines) = match model.layer {
        Some(Layer::Help) => (
            format!(" Help: {} ", model.page.short()),
            help::help_lines(model.page, columns),
        ),
        Some(Layer::GoOn { yes }) => (
            " Go on all the same? ".to_owned(),
            help::go_on_lines(model, yes, columns),
        ),
        None => return,
    };
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
    let block = Block::bordered()
        .border_style(theme::accent())
        .title(Span::styled(title, theme::title()));
    frame.render_widget(block, place);
    let inner = Rect {
        x: place.x + 2,
        y: place.y + 1,
        width: place.width - 4,
        height: place.height - 2,
    };
    frame.render_widget(Paragraph::new(lines), inner);
}

/// How far the summary can be scrolled on this terminal, in lines.
pub fn summary_end(model: &Model) -> usize {
    let (width, height) = (model.size.0.max(LEAST.0), model.size.1.max(LEAST.1));
    let area = body_area(Rect::new(0, 0, width, height));
    let lines = ends::summary_lines(model, usize::from(area.width)).len();
    lines.saturating_sub(rows_height(model, area))
}
