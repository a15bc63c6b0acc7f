//! The first page: what Firn does, and in which language it speaks.

use crate::wizard::behaviour::{About, Behaviour, Event, Item, Sheet};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::pages::{keyboard, time};
use firn_tui::theme;
use firn_words::say;
use ratatui::text::Span;

/// List of languages.
pub const LANGUAGE: Control = Control::list("language");

/// The page.
#[derive(Debug, Default)]
pub struct Language;

impl Behaviour for Language {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-language-title"),
            short: Some(say!("page-language-short")),
            intro: Some(say!("page-language-intro")),
            help: vec![say!("page-language-help")],
        }
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

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::AfterKey => Some(Self::after_key(model)),
            _ => None,
        }
    }

    fn view(&self, sheet: &mut Sheet) {
        let item = |language: &firn_words::Language| Item::from(vec![Span::raw(language.name())]);
        let items: Vec<_> = firn_words::Language::ALL.iter().map(item).collect();
        sheet.list(LANGUAGE, &items, items.len());
        if let Some(url) = &sheet.model.no_answers {
            sheet.blank();
            sheet.text(say!("page-language-no-answers", url = url), theme::warn());
        }
    }
}

impl Language {
    /// The marked language is spoken at once, and most of its speakers have its keyboard.
    fn after_key(model: &mut Model) -> Vec<Effect> {
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
}
