//! Something to read: the hardware report, logs, what came of a repair.

use crate::wizard::behaviour::{About, Behaviour, Event};
use crate::wizard::control::Button;
use crate::wizard::message::Effect;
use crate::wizard::model::{self, Model};
use crate::wizard::page::Page;
use firn_tui::text::wrap;
use firn_words::{Text, say};
use ratatui::text::Line;

/// The page.
#[derive(Debug, Default)]
pub struct Report;

impl Behaviour for Report {
    fn about(&self, model: &Model) -> About {
        About {
            title: say!("page-report-title"),
            intro: Some(model.report.title.clone()),
            help: vec![say!("page-report-help")],
            ..About::default()
        }
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::Back]
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Arrive => Some(Self::arrive(model)),
            _ => None,
        }
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

impl Report {
    /// The newest lines of a log are the last.
    fn arrive(model: &mut Model) -> Vec<Effect> {
        if model.report.at_end {
            model.form.scroll = usize::MAX;
        }
        Vec::new()
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

/// Shows something to read, and leads back to the present page.
pub fn read(model: &mut Model, title: Text, lines: Vec<Text>) -> Vec<Effect> {
    let back = if model.page == Page::Report {
        model.report.back
    } else {
        model.page
    };
    model.report = model::Report {
        title,
        lines,
        back,
        at_end: false,
    };
    vec![Effect::Show(Page::Report)]
}
