//! The installation failed: what, what was undone, and what to do.

use super::super::control::{Button, Control};
use super::super::model::Model;
use super::super::page::Page;
use super::super::theme;
use super::super::view::Sheet;
use super::Behaviour;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The page.
pub struct Failed;

impl Behaviour for Failed {
    fn title(&self) -> Text {
        say!("page-failed-title")
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-ends-help")]
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::Shell, Button::PowerOff, Button::Back]
    }

    fn first_focus(&self, _model: &Model) -> Option<Control> {
        Some(Control::button(Button::Back))
    }

    /// To the summary, from where it can be tried again.
    fn back(&self, _model: &Model) -> Option<Page> {
        Some(Page::Summary)
    }

    fn hints(&self, _model: &Model) -> Option<Text> {
        Some(say!("keys-buttons"))
    }

    fn view(&self, sheet: &mut Sheet) {
        let Some(Err(failure)) = &sheet.model.run.end else {
            return;
        };
        let sign = Span::styled("!", theme::bad());
        sheet.named(sign, &failure.step, 12, failure.text.clone());
        sheet.blank();
        if !failure.undone.is_empty() {
            let title = sheet.say(say!("page-failed-undone"));
            sheet.line(Line::styled(title, theme::title()));
            for text in &failure.undone {
                sheet.indented(2, text.clone(), Style::new());
            }
            sheet.blank();
        }
        // The first step only looks.
        let disk = match failure.step.as_str() {
            "prepare" => say!("page-failed-untouched"),
            _ => say!("page-failed-unbootable"),
        };
        sheet.text(disk, theme::warn());
        sheet.blank();
        sheet.text(say!("page-failed-todo"), Style::new());
    }
}
