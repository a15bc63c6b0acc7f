//! One file for each page: its controls, defaults, rules, picture and help.

pub mod addresses;
pub mod checks;
pub mod disk;
pub mod done;
pub mod drivers;
pub mod failed;
pub mod host_name;
pub mod in_use;
pub mod keyboard;
pub mod language;
pub mod login;
pub mod menu;
pub mod network;
pub mod network_test;
pub mod progress;
pub mod repair;
pub mod repair_host;
pub mod report;
pub mod save;
pub mod storage;
pub mod summary;
pub mod time;

use super::catalog::Entry;
use super::control::{Button, Control};
use super::message::Effect;
use super::model::Model;
use super::page::Page;
use super::task::Reply;
use super::view::{Item, Sheet};
use firn_tui::keys::Key;
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::text::{Line, Span};

/// What is wrong, and with which control, in the order of the page.
pub type Errors = Vec<(Control, Text)>;

/// A question with two buttons; the first one, which does nothing, has the focus.
pub type Question = firn_tui::layers::Question<Text>;

/// What a page shows and does. Nothing here reads, writes or waits: what is to be done outside is an [`Effect`].
pub trait Behaviour: Sync {
    /// Its heading.
    fn title(&self) -> Text;

    /// Its short name in the list of steps.
    fn short(&self) -> Text {
        self.title()
    }

    /// The sentences below the heading.
    fn intro(&self, _model: &Model) -> Option<Text> {
        None
    }

    /// Paragraphs that explain it.
    fn help(&self) -> Vec<Text>;

    /// Its controls without the buttons, in the order of Tab.
    fn controls(&self, _model: &Model) -> Vec<Control> {
        Vec::new()
    }

    /// Its buttons, from left to right; the last is the main one.
    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::Back, Button::Next]
    }

    /// Where the focus starts, if not on the first control.
    fn first_focus(&self, _model: &Model) -> Option<Control> {
        None
    }

    /// Lines of one of its lists.
    fn list_len(&self, _model: &Model, _control: Control) -> usize {
        0
    }

    /// Puts its marks where most people want them.
    fn preselect(&self, _model: &mut Model) {}

    /// The machine was looked at again; `before` is how everything was.
    fn reprobed(&self, _model: &mut Model, _before: &Model) {}

    /// It is being shown: what it needs for that.
    fn arrive(&self, _model: &mut Model) -> Vec<Effect> {
        Vec::new()
    }

    /// Comes about every second while it is shown.
    fn second(&self, _model: &mut Model) -> Vec<Effect> {
        Vec::new()
    }

    /// Its own meaning of a key; `None` leaves it to the control.
    fn key(&self, _model: &mut Model, _key: Key) -> Option<Vec<Effect>> {
        None
    }

    /// What follows from the key that its control has taken.
    fn after_key(&self, _model: &mut Model) -> Vec<Effect> {
        Vec::new()
    }

    /// Space on a line of a list whose lines can be ticked.
    fn tick(&self, _model: &mut Model, _control: Control) {}

    /// Its own meaning of a button; `None` leaves it to the usual one.
    fn push(&self, _model: &mut Model, _button: Button) -> Option<Vec<Effect>> {
        None
    }

    /// What came of the task that it has given.
    fn reply(&self, _model: &mut Model, _reply: Reply) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes its entries into the answers, or says what is wrong with them.
    fn commit(&self, _model: &mut Model) -> Errors {
        Vec::new()
    }

    /// What to do before going on, instead of going on; `None` goes on.
    fn hold(&self, _model: &mut Model) -> Option<Vec<Effect>> {
        None
    }

    /// What it asks before something that is not done without asking, while [`Layer::Question`](super::model::Layer) is over it.
    fn question(&self, _model: &Model) -> Option<Question> {
        None
    }

    /// The question was agreed to.
    fn agreed(&self, _model: &mut Model) -> Vec<Effect> {
        Vec::new()
    }

    /// Where Esc and Back lead.
    fn back(&self, model: &Model) -> Option<Page> {
        model.page.previous()
    }

    /// A text that scrolls, above everything else on the page.
    fn lines(&self, _model: &Model, _columns: usize) -> Vec<Line<'static>> {
        Vec::new()
    }

    /// Fills the sheet.
    fn view(&self, _sheet: &mut Sheet) {}

    /// What the keys do, where it is not what the focused control says.
    fn hints(&self, _model: &Model) -> Option<Text> {
        None
    }
}

/// Notes an error with its control; gives the value if there is one.
pub fn note<T>(
    errors: &mut Errors,
    control: Control,
    result: Result<T, impl Into<Text>>,
) -> Option<T> {
    result
        .map_err(|text| errors.push((control, text.into())))
        .ok()
}

/// Words between spaces, commas and semicolons.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';']).filter(|word| !word.is_empty())
}

/// A field to type in, and below it the entries that match; `others` lines are needed besides, the first column has so many columns.
fn picker(sheet: &mut Sheet, control: Control, label: Text, others: usize, column: usize) {
    let language = sheet.model.language();
    let item = |entry: &Entry| {
        let title = sheet.say(entry.title.in_language(language));
        let beside = sheet.say(entry.beside.in_language(language));
        let room = sheet.width.saturating_sub(column + 6);
        let beside = format!(" {}", fit(&beside, room));
        Item {
            spans: vec![
                Span::raw(fit(&title, column)),
                Span::styled(beside, theme::dim()),
            ],
            faint: false,
        }
    };
    let entries = sheet.model.entries(control).into_iter();
    let items: Vec<_> = entries.map(item).collect();
    sheet.picker(control, (label, say!("page-type-to-find")), &items, others);
}
