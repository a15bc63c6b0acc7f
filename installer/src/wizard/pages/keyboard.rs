//! The keyboard at this machine, with a field to try it.

use crate::wizard::ask::start;
use crate::wizard::behaviour::{About, Behaviour, Errors, Event, Sheet, note, picker};
use crate::wizard::catalog;
use crate::wizard::control::Control;
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::pages::time;
use crate::wizard::task::Task;
use firn_config::check_keyboard;
use firn_words::{Text, say};

/// Picker of layouts.
pub const KEYBOARD: Control = Control::picker(catalog::KEYBOARDS);
/// Where the layout can be tried.
pub const TRY: Control = Control::text("try-keys");

/// The page.
#[derive(Debug, Default)]
pub struct Keyboard {
    /// The layout that works on this console, if it is another than at the start.
    loaded: Option<&'static str>,
}

impl Behaviour for Keyboard {
    fn about(&self, model: &Model) -> About {
        About {
            title: say!("page-keyboard-title"),
            intro: Self::intro(model),
            help: vec![
                say!("page-keyboard-help-find"),
                say!("page-keyboard-help-serial"),
            ],
            ..About::default()
        }
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if model.serial {
            vec![KEYBOARD]
        } else {
            vec![KEYBOARD, TRY]
        }
    }

    fn preselect(&self, model: &mut Model) {
        let layout = model.answers.keyboard.clone();
        model.mark_entry(KEYBOARD, &layout);
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::AfterKey => Some(self.after_key(model)),
            _ => None,
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        let Some(layout) = model.entry(KEYBOARD).map(|entry| entry.value.to_owned()) else {
            return vec![(KEYBOARD, say!("page-keyboard-no-match"))];
        };
        if note(&mut errors, KEYBOARD, check_keyboard(&layout)).is_some() {
            time::guess(model, &layout);
            model.answers.keyboard = layout;
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let tries = !sheet.model.serial;
        let label = say!("page-keyboard-label");
        picker(sheet, KEYBOARD, label, if tries { 2 } else { 0 }, 50);
        if tries {
            sheet.blank();
            sheet.field(TRY, say!("page-keyboard-try"), None);
        }
    }
}

impl Keyboard {
    fn intro(model: &Model) -> Option<Text> {
        Some(if model.serial {
            say!("page-keyboard-intro-serial")
        } else {
            say!("page-keyboard-intro")
        })
    }

    /// The marked layout works as soon as its list is left. While someone types to find one, the keys stay as they are.
    fn after_key(&mut self, model: &mut Model) -> Vec<Effect> {
        if model.serial || model.form.focus == Some(KEYBOARD) {
            return Vec::new();
        }
        self.load(model).into_iter().collect()
    }

    /// Makes the marked layout work, if it does not yet.
    fn load(&mut self, model: &mut Model) -> Option<Effect> {
        let layout = model.entry(KEYBOARD)?.value;
        if layout == self.loaded.unwrap_or("us") {
            return None;
        }
        self.loaded = Some(layout);
        Some(start(model, Task::Keyboard(layout.to_owned())))
    }
}
