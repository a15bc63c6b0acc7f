//! Something to read: the hardware report, logs, what came of a repair.

use super::super::control::Button;
use super::super::message::Effect;
use super::super::model::{self, Model};
use super::super::page::Page;
use super::super::update::show;
use super::super::view::reach;
use super::Behaviour;
use firn_tui::text::wrap;
use firn_words::{Text, say};
use ratatui::text::Line;

/// The page.
pub struct Report;

impl Behaviour for Report {
    fn title(&self) -> Text {
        say!("page-report-title")
    }

    fn intro(&self, model: &Model) -> Option<Text> {
        Some(model.report.title.clone())
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-report-help")]
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::Back]
    }

    fn back(&self, model: &Model) -> Option<Page> {
        Some(model.report.back)
    }

    fn hints(&self, _model: &Model) -> Option<Text> {
        Some(say!("keys-read"))
    }

    fn lines(&self, model: &Model, columns: usize) -> Vec<Line<'static>> {
        let lines = &model.report.lines;
        let text = lines.iter().map(|text| model.say(text.clone()));
        text.flat_map(|text| paragraph(&text, columns)).collect()
    }
}

/// The lines of a text that may have several; what stands at the start of a line to set it off stays.
fn paragraph(text: &str, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let start = line.len() - line.trim_start_matches(' ').len();
        let indent = " ".repeat(start.min(8));
        let wrapped = wrap(line, columns.saturating_sub(indent.len()));
        let indented = wrapped.into_iter().map(|line| format!("{indent}{line}"));
        lines.extend(indented.map(Line::from));
    }
    lines
}

/// Scrolls to the last lines.
pub fn to_end(model: &mut Model) {
    model.form.scroll = reach(model).scroll_end;
}

/// Shows something to read, and leads back to the present page.
pub fn read(model: &mut Model, title: Text, lines: Vec<Text>) -> Vec<Effect> {
    let back = if model.page == Page::Report {
        model.report.back
    } else {
        model.page
    };
    model.report = model::Report { title, lines, back };
    show(model, Page::Report)
}
