//! What lies over a page: help, and its question.

use super::super::model::{Layer, Model};
use super::super::pages::Question;
use firn_tui::text::{sentence, wrap};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

/// Widest box.
const WIDEST: u16 = 64;

/// Draws the layer, where there is one.
pub fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    let width = WIDEST.min(area.width - 4);
    let columns = usize::from(width - 4);
    let (title, lines) = match model.layer {
        Some(Layer::Help) => {
            let page = model.say(model.page.behaviour().short());
            let title = model.say(say!("wizard-help-title", page = page));
            (title, help(model, columns))
        }
        Some(Layer::Question { yes }) => {
            let Some(question) = model.page.behaviour().question(model) else {
                return;
            };
            let title = model.say(question.title.clone());
            (title, asked(model, question, yes, columns))
        }
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

fn wrapped(model: &Model, text: Text, columns: usize, style: Style) -> Vec<Line<'static>> {
    wrap(&model.say(text), columns)
        .into_iter()
        .map(|line| Line::styled(line, style))
        .collect()
}

fn help(model: &Model, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for text in model.page.behaviour().help() {
        lines.extend(wrapped(model, text, columns, Style::new()));
        lines.push(Line::default());
    }
    let keys = say!("wizard-help-keys");
    lines.extend(wrapped(model, keys, columns, Style::new()));
    lines
}

fn asked(model: &Model, question: Question, yes: bool, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for text in question.against {
        let text = sentence(&model.say(text));
        for (n, text) in wrap(&text, columns - 2).into_iter().enumerate() {
            let sign = if n == 0 { "! " } else { "  " };
            lines.push(Line::styled(format!("{sign}{text}"), theme::bad()));
        }
    }
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines.extend(wrapped(model, question.then, columns, Style::new()));
    lines.push(Line::default());
    lines.push(Line::from(vec![
        super::sheet::button(model.say(question.stay), !yes, Style::new()),
        Span::raw(" "),
        super::sheet::button(model.say(question.go), yes, Style::new()),
    ]));
    lines
}
