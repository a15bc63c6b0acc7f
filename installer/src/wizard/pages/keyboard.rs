//! The keyboard at this machine, with a field to try it.

use super::super::catalog;
use super::super::control::Control;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::view::Sheet;
use super::{Behaviour, Errors, note, picker, time};
use firn_config::check_keyboard;
use firn_words::{Text, say};

/// Picker of layouts.
pub const KEYBOARD: Control = Control::picker(catalog::KEYBOARDS);
/// Where the layout can be tried.
pub const TRY: Control = Control::text("try-keys");

/// The page.
pub struct Keyboard;

impl Behaviour for Keyboard {
    fn title(&self) -> Text {
        say!("page-keyboard-title")
    }

    fn intro(&self, model: &Model) -> Option<Text> {
        Some(if model.serial {
            say!("page-keyboard-intro-serial")
        } else {
            say!("page-keyboard-intro")
        })
    }

    fn help(&self) -> Vec<Text> {
        vec![
            say!("page-keyboard-help-find"),
            say!("page-keyboard-help-serial"),
        ]
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

    /// The marked layout works as soon as its list is left. While someone types to find one, the keys stay as they are.
    fn after_key(&self, model: &mut Model) -> Vec<Effect> {
        if model.serial || model.form.focus == Some(KEYBOARD) {
            return Vec::new();
        }
        load(model).into_iter().collect()
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

/// Makes the marked layout work, if it does not yet.
fn load(model: &mut Model) -> Option<Effect> {
    let layout = model.entry(KEYBOARD)?.value.to_owned();
    if layout == model.loaded_keyboard {
        return None;
    }
    model.loaded_keyboard.clone_from(&layout);
    Some(Effect::Keyboard(layout))
}
