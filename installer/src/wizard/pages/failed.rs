//! The installation failed: what, what was undone, and what to do.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::{Errand, Model};
use super::super::page::Page;
use super::super::task::Ability;
use super::{Behaviour, save, summary};
use crate::execute;
use firn_tui::text::{fit, sentence, wrap};
use firn_tui::theme;
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

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::Shell];
        if model.can(Ability::Support) {
            list.push(Button::Support);
        }
        list.extend([Button::Retry, Button::Back]);
        list
    }

    fn first_focus(&self, _model: &Model) -> Option<Control> {
        Some(Control::button(Button::Back))
    }

    /// To the summary, from where it can be tried again.
    fn back(&self, _model: &Model) -> Option<Page> {
        Some(Page::Summary)
    }

    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        match button {
            Button::Retry => Some(summary::begin(model)),
            Button::Support => Some(save::ask_where(model, Errand::Support)),
            _ => None,
        }
    }

    fn hints(&self, _model: &Model) -> Option<Text> {
        Some(say!("keys-buttons"))
    }

    fn lines(&self, model: &Model, columns: usize) -> Vec<Line<'static>> {
        let Some(Err(failure)) = &model.run.end else {
            return Vec::new();
        };
        let mut text = Paragraphs {
            model,
            columns,
            lines: Vec::new(),
        };
        let step = execute::title(&failure.step).unwrap_or_else(|| (&failure.step).into());
        text.named(say!("page-failed-step"), step, Style::new());
        text.named(say!("page-failed-what"), failure.text.clone(), theme::bad());
        text.named(
            say!("page-failed-left"),
            failure.left.clone(),
            theme::warn(),
        );
        let todo = failure.todo.clone();
        text.named(say!("page-failed-todo"), todo, theme::accent());
        let mut name = say!("page-failed-undone");
        for undone in &failure.undone {
            text.named(std::mem::take(&mut name), undone.clone(), Style::new());
        }
        if let Some(command) = &failure.command {
            text.verbatim(say!("page-failed-command"), command);
        }
        if let Some(status) = &failure.status {
            let ended = say!("page-failed-ended", status = execute::ended(status));
            text.named(Text::default(), ended, Style::new());
        }
        for line in &failure.tail {
            text.verbatim(Text::default(), line);
        }
        text.lines
    }
}

/// Columns of the names before the sentences.
const NAMES: usize = 20;

struct Paragraphs<'a> {
    model: &'a Model,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl Paragraphs<'_> {
    /// A sentence with what it is about before it; nothing where it is empty.
    fn named(&mut self, name: Text, text: Text, style: Style) {
        let text = self.model.say(text);
        if !text.is_empty() {
            self.wrapped(name, &sentence(&text), style);
        }
    }

    /// A line of a program to its end: it is what others will ask for.
    fn verbatim(&mut self, name: Text, line: &str) {
        self.wrapped(name, line, Style::new());
    }

    fn wrapped(&mut self, name: Text, text: &str, style: Style) {
        let mut name = self.model.say(name);
        for line in wrap(text, self.columns.saturating_sub(NAMES)) {
            self.lines.push(Line::from(vec![
                Span::styled(fit(&std::mem::take(&mut name), NAMES), theme::title()),
                Span::styled(line, style),
            ]));
        }
    }
}
