//! The first page: what Firn does, and in which language it speaks.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::view::{Item, Sheet};
use super::{Behaviour, keyboard, time};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::text::Span;

/// List of languages.
pub const LANGUAGE: Control = Control::list("language");

/// The page.
pub struct Language;

impl Behaviour for Language {
    fn title(&self) -> Text {
        say!("page-language-title")
    }

    fn short(&self) -> Text {
        say!("page-language-short")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-language-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-language-help")]
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        vec![LANGUAGE]
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::PowerOff, Button::Next]
    }

    fn list_len(&self, _model: &Model, _control: Control) -> usize {
        firn_words::Language::ALL.len()
    }

    /// The marked language is spoken at once, and most of its speakers have its keyboard.
    fn after_key(&self, model: &mut Model) -> Vec<Effect> {
        let Some(language) = firn_words::Language::ALL.get(model.form.cursor(LANGUAGE)) else {
            return Vec::new();
        };
        if *language == model.answers.language {
            return Vec::new();
        }
        model.speak(*language);
        let layout = match language {
            firn_words::Language::En => "us",
            firn_words::Language::De => "de",
        };
        if !model.form.moved.contains(&keyboard::KEYBOARD) {
            model.mark_entry(keyboard::KEYBOARD, layout);
            time::guess(model, layout);
        }
        vec![Effect::Speak(*language)]
    }

    fn view(&self, sheet: &mut Sheet) {
        let item = |language: &firn_words::Language| Item {
            spans: vec![Span::raw(language.name())],
            faint: false,
        };
        let items: Vec<_> = firn_words::Language::ALL.iter().map(item).collect();
        sheet.list(LANGUAGE, &items, items.len());
        if let Some(url) = &sheet.model.no_answers {
            sheet.blank();
            sheet.text(say!("page-language-no-answers", url = url), theme::warn());
        }
    }
}
