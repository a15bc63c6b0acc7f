//! What every page has: what it shows, and what it does about what happens.

use crate::wizard::catalog::Entry;
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::page::Page;
use crate::wizard::task::Reply;
use firn_tui::keys::Key;
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::text::{Line, Span};

pub use firn_tui::sheet::Item;

/// A page of the wizard as rows.
pub type Sheet<'a> = firn_tui::sheet::Sheet<'a, Model>;

/// What is wrong, and with which control, in the order of the page.
pub type Errors = Vec<(Control, Text)>;

/// A question with two buttons; the first one, which does nothing, has the focus.
pub type Question = firn_tui::layers::Question<Text>;

/// What a page says about itself.
#[derive(Default)]
pub struct About {
    /// Its heading.
    pub title: Text,
    /// Its short name in the list of steps, where that is not its heading.
    pub short: Option<Text>,
    /// The sentences below the heading.
    pub intro: Option<Text>,
    /// Paragraphs that explain it.
    pub help: Vec<Text>,
}

impl About {
    /// Its short name.
    pub fn name(self) -> Text {
        self.short.unwrap_or(self.title)
    }
}

/// What happens to a page.
#[expect(
    clippy::large_enum_variant,
    reason = "it is handed over once and never kept"
)]
pub enum Event {
    /// It is being shown.
    Arrive,
    /// About a second has gone by while it is shown.
    Second,
    /// A key, before its control gets it.
    Key(Key),
    /// Its control has taken a key.
    AfterKey,
    /// Space on the marked line of a list whose lines can be ticked.
    Tick,
    /// A button was pressed.
    Push(Button),
    /// What came of the task that it has given with this number, or a part of it.
    Reply(u64, Reply),
    /// The person wants to go on: what to do instead, if anything.
    GoOn,
    /// Its question was agreed to.
    Agreed,
}

/// What a page shows and does; what only it has to know is its own. Nothing here reads, writes or waits: what is to be done
/// outside is an [`Effect`].
pub trait Behaviour {
    /// What it says about itself.
    fn about(&self, model: &Model) -> About;

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
    fn reprobed(&mut self, _model: &mut Model, _before: &Model) {}

    /// What it does about something that happens while it is shown, or about what came of its tasks; `None` leaves it to what is usual.
    fn handle(&mut self, _model: &mut Model, _event: Event) -> Option<Vec<Effect>> {
        None
    }

    /// Takes its entries into the answers, or says what is wrong with them.
    fn commit(&self, _model: &mut Model) -> Errors {
        Vec::new()
    }

    /// What it asks before something that is not done without asking, while [`Layer::Question`](crate::wizard::model::Layer) is over it.
    fn question(&self, _model: &Model) -> Option<Question> {
        None
    }

    /// Takes its entries into the answers; whether nothing is wrong with them. If something is, it is shown.
    fn in_order(&self, model: &mut Model) -> bool {
        let errors = self.commit(model);
        !model.form.refuse(errors)
    }

    /// All its controls, in the order of Tab.
    fn all_controls(&self, model: &Model) -> Vec<Control> {
        let buttons = self.buttons(model).into_iter().map(Control::button);
        self.controls(model).into_iter().chain(buttons).collect()
    }

    /// Puts the focus where it starts.
    fn focus(&self, model: &mut Model) {
        let own = self.first_focus(model);
        model.form.focus = own.or_else(|| self.all_controls(model).first().copied());
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
pub fn picker(sheet: &mut Sheet, control: Control, label: Text, others: usize, column: usize) {
    let language = sheet.model.language();
    let item = |entry: &Entry| {
        let title = sheet.say(entry.title.in_language(language));
        let beside = sheet.say(entry.beside.in_language(language));
        let room = sheet.width.saturating_sub(column + 6);
        let beside = format!(" {}", fit(&beside, room));
        Item::from(vec![
            Span::raw(fit(&title, column)),
            Span::styled(beside, theme::dim()),
        ])
    };
    let entries = sheet.model.entries(control).into_iter();
    let items: Vec<_> = entries.map(item).collect();
    sheet.picker(control, (label, say!("page-type-to-find")), &items, others);
}
