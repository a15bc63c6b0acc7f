//! What stands around the page: header, steps, footer.

use super::super::model::{Layer, Model};
use super::super::page::Page;
use super::{SIDE, WIDE, at, sheet};
use firn_tui::text::wrap;
use firn_tui::theme;
use firn_words::say;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

/// Lines below the page's buttons.
const FOOT: u16 = 3;

/// Draws header, steps and footer.
pub fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    header(model, frame, area);
    footer(model, frame, area);
    if area.width >= WIDE {
        steps(model, frame, area);
    }
}

fn header(model: &Model, frame: &mut Frame, area: Rect) {
    let console = if model.serial {
        model.say(say!("wizard-on-console", console = &model.console))
    } else {
        String::new()
    };
    let demo = if model.demo {
        format!("   {}", model.say(say!("wizard-demo")))
    } else {
        String::new()
    };
    let left = Line::from(vec![
        Span::styled("  Firn ", theme::accent().patch(theme::title())),
        Span::styled(env!("CARGO_PKG_VERSION"), theme::dim()),
        Span::styled(format!(" {console}"), theme::dim()),
        Span::styled(demo, theme::warn()),
    ]);
    let place = match model.page.step() {
        Some(step) if area.width < WIDE => model.say(say!(
            "wizard-place",
            page = model.page.behaviour().short(),
            n = step + 1,
            of = Page::STEPS.len()
        )),
        _ => model.machine.product.clone().unwrap_or_default(),
    };
    // A span: the style of a line would go over the whole row.
    let place = Line::from(Span::styled(format!("{place}  "), theme::dim()));
    frame.render_widget(left, at(area, 0));
    frame.render_widget(place.right_aligned(), at(area, 0));
    frame.render_widget(rule(model, area.width), at(area, 1));
}

/// The line below the header is double as far as the person has come.
fn rule(model: &Model, width: u16) -> Line<'static> {
    let all = Page::STEPS.len();
    let share = match model.page {
        Page::Progress | Page::Done | Page::Failed => all,
        page => page.step().map_or(0, |step| step + 1),
    };
    let done = usize::from(width) * share / all;
    Line::from(vec![
        Span::styled("═".repeat(done), theme::accent()),
        Span::styled("─".repeat(usize::from(width) - done), theme::dim()),
    ])
}

fn footer(model: &Model, frame: &mut Frame, area: Rect) {
    let line = Line::styled("─".repeat(usize::from(area.width)), theme::dim());
    frame.render_widget(line, at(area, area.height - 2));
    let told = model
        .told
        .as_ref()
        .filter(|_| model.layer.is_none() && model.busy.is_none());
    if let (Some(told), None) = (told, &model.notice) {
        return say_all(frame, area, &model.say(told.clone()), theme::good());
    }
    if let (None, None, Some(notice)) = (&model.layer, &model.busy, &model.notice) {
        let text = format!("! {}", model.say(notice.clone()));
        return say_all(frame, area, &text, theme::bad());
    }
    let (text, style) = match (&model.layer, &model.busy) {
        (Some(Layer::Help), _) => (model.say(say!("keys-close")), Style::new()),
        (Some(_), _) => (model.say(say!("keys-question")), Style::new()),
        (None, Some(busy)) => (format!("{}...", model.say(busy.clone())), theme::warn()),
        (None, None) => {
            let own = model.page.behaviour().hints(model);
            let text = own.map_or_else(|| sheet::hints(model), |text| model.say(text));
            (text, Style::new())
        }
    };
    let text = Line::styled(format!("  {text}"), style);
    frame.render_widget(text, at(area, area.height - 1));
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

/// The list of steps.
fn steps(model: &Model, frame: &mut Frame, area: Rect) {
    let over = matches!(model.page, Page::Progress | Page::Done | Page::Failed);
    let now = match model.page.step() {
        Some(step) => step,
        None if over => Page::STEPS.len(),
        None => 0,
    };
    for (n, page) in Page::STEPS.iter().enumerate() {
        let (sign, style) = match n {
            _ if n < now => (theme::DONE, theme::good()),
            _ if model.page == *page => (theme::CHOSEN, theme::accent().patch(theme::title())),
            _ => ("·", theme::dim()),
        };
        let text = model.say(page.behaviour().short());
        let text = if n < now {
            Span::raw(text)
        } else {
            Span::styled(text, style)
        };
        let line = Line::from(vec![Span::styled(format!("  {sign} "), style), text]);
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
