//! The installation while it runs.

use super::super::control::Button;
use super::super::model::Model;
use super::super::page::Page;
use super::super::text::{clock, fit};
use super::super::theme;
use super::super::view::Sheet;
use super::Behaviour;
use firn_words::{Text, say};
use ratatui::text::{Line, Span};

/// The page.
pub struct Progress;

impl Behaviour for Progress {
    fn title(&self) -> Text {
        say!("page-progress-title")
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

    fn hints(&self, _model: &Model) -> Option<Text> {
        Some(say!("keys-redraw"))
    }

    fn view(&self, sheet: &mut Sheet) {
        let (run, now) = (&sheet.model.run, sheet.model.now);
        sheet.blank();
        step(sheet);
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
        sheet.text(text, theme::dim());
        sheet.blank();
        log(sheet);
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
