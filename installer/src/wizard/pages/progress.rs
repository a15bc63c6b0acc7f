//! The installation while it runs.

use super::super::control::Button;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::page::Page;
use super::super::view::Sheet;
use super::{Behaviour, in_use};
use firn_tui::keys::Key;
use firn_tui::text::{clock, fit, wrap};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The page; also of a console that only looks on, since another one has the wizard.
pub struct Progress {
    /// Whether it only looks on.
    pub looks_on: bool,
}

impl Behaviour for Progress {
    fn title(&self) -> Text {
        if self.looks_on {
            say!("page-in-use-title")
        } else {
            say!("page-progress-title")
        }
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-progress-help")]
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        Vec::new()
    }

    /// Nothing leads away from a running installation.
    fn back(&self, _model: &Model) -> Option<Page> {
        None
    }

    /// L shows the log, and the steps again.
    fn key(&self, model: &mut Model, key: Key) -> Option<Vec<Effect>> {
        if self.looks_on || !matches!(key, Key::Char('l' | 'L')) {
            return None;
        }
        model.run.show_log = !model.run.show_log;
        // Beyond its end: what is added to the log is followed.
        model.form.scroll = usize::MAX;
        Some(Vec::new())
    }

    fn hints(&self, model: &Model) -> Option<Text> {
        Some(if self.looks_on {
            say!("keys-redraw")
        } else if model.run.show_log {
            say!("keys-log")
        } else {
            say!("keys-progress")
        })
    }

    fn lines(&self, model: &Model, columns: usize) -> Vec<Line<'static>> {
        if self.looks_on || !model.run.show_log {
            return Vec::new();
        }
        let log = model.run.log.iter().map(|text| model.say(text.clone()));
        log.flat_map(|text| wrap(&text, columns))
            .map(Line::from)
            .collect()
    }

    fn view(&self, sheet: &mut Sheet) {
        if self.looks_on {
            return in_use::view(sheet);
        }
        let (run, now) = (&sheet.model.run, sheet.model.now);
        step(sheet);
        if run.show_log {
            return gauge(sheet);
        }
        sheet.blank();
        gauge(sheet);
        sheet.blank();
        let gone = now.saturating_sub(run.started);
        let percent = u32::from(run.percent);
        let text = match percent {
            5..=99 => say!(
                "page-progress-time-left",
                gone = clock(gone),
                left = clock(gone * (100 - percent) / percent)
            ),
            _ => say!("page-progress-time", gone = clock(gone)),
        };
        sheet.text(text, Style::new());
        sheet.blank();
        steps(sheet);
    }
}

/// The steps that are done, and the present one.
fn steps(sheet: &mut Sheet) {
    let steps = &sheet.model.run.steps;
    let lines = sheet.left(0, 3);
    let first = steps.len().saturating_sub(lines);
    for (n, title) in steps.iter().enumerate().skip(first) {
        let title = sheet.say(title.clone());
        let (sign, style) = if n + 1 == steps.len() {
            (theme::CHOSEN, theme::accent())
        } else {
            (theme::DONE, theme::good())
        };
        let sign = Span::styled(format!("{sign} "), style);
        sheet.line(Line::from(vec![sign, Span::raw(title)]));
    }
}

/// "Step 3 of 8: Copying".
pub fn step(sheet: &mut Sheet) {
    let run = &sheet.model.run;
    let step = if run.of > 0 {
        sheet.say(say!("page-progress-step", n = run.n, of = run.of)) + " "
    } else {
        String::new()
    };
    let title = sheet.say(run.title.clone());
    let title = Span::styled(title, theme::title());
    sheet.line(Line::from(vec![Span::raw(step), title]));
}

/// How far it is.
pub fn gauge(sheet: &mut Sheet) {
    let percent = usize::from(sheet.model.run.percent);
    let room = sheet.width.saturating_sub(7);
    let full = room * percent / 100;
    sheet.line(Line::from(vec![
        Span::styled("█".repeat(full), theme::accent()),
        Span::styled("░".repeat(room - full), theme::dim()),
        Span::styled(format!(" {percent:>3} %"), theme::title()),
    ]));
}

/// The end of the log, in the lines that are left.
pub fn log(sheet: &mut Sheet) {
    let lines = sheet.left(0, 3);
    let log = &sheet.model.run.log;
    for text in log.iter().skip(log.len().saturating_sub(lines)) {
        let text = fit(&format!("· {}", sheet.say(text.clone())), sheet.width);
        sheet.line(Line::styled(text, theme::dim()));
    }
}
