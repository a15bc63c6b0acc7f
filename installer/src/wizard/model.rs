//! Everything the wizard knows, as plain data. Its core are the [`Answers`]; the rest is where the person is.

use super::catalog::{Catalog, Entry};
use super::control::{Button, Control, Form};
use super::page::Page;
use super::pages::network_test::NetworkTest;
use super::pages::{keyboard, time};
use super::task::{Ability, Offer, OnEsc};
use crate::checks::{self, Check};
use crate::execute::{Done, Failure};
use crate::machine::Machine;
use crate::plan::Plan;
use firn_config::{Answers, Problem};
use firn_tui::control::Kind;
use firn_tui::sheet::Shown;
use firn_tui::text::spell_out;
use firn_tui::theme::Theme;
use firn_words::{Language, Text};
use std::collections::BTreeSet;
use std::time::Duration;

/// The wizard's whole state.
#[derive(Clone, Debug)]
pub struct Model {
    /// What the person has answered so far, the language among it.
    pub answers: Answers,
    /// The machine as last probed.
    pub machine: Machine,
    /// Its checks.
    pub checks: Vec<Check>,
    /// Layouts and time zones.
    pub catalog: Catalog,
    /// The page that is shown.
    pub page: Page,
    /// What lies over the page.
    pub layer: Option<Layer>,
    /// What is entered, and where the keys go.
    pub form: Form,
    /// The layout that works on this console.
    pub loaded_keyboard: String,
    /// Columns and lines of the terminal.
    pub size: (u16, u16),
    /// Whether the console is a serial line.
    pub serial: bool,
    /// The block devices that were there at the last look.
    pub block_devices: Option<Vec<String>>,
    /// What is being waited for, in words.
    pub busy: Option<Text>,
    /// The task that is being done.
    pub asked: Option<Asked>,
    /// Number of the last task.
    pub number: u64,
    /// A sentence about the last thing that went wrong outside of a control.
    pub notice: Option<Text>,
    /// A sentence about what the page has done.
    pub told: Option<Text>,
    /// The URL of a server that was asked for answers and has none for this machine.
    pub no_answers: Option<String>,
    /// What will be done, or why not; made for the summary.
    pub plan: Option<Result<Plan, Vec<Problem>>>,
    /// The installation.
    pub run: Run,
    /// What this installer can do beside installing.
    pub abilities: BTreeSet<Ability>,
    /// Sticks or drivers to choose from, as last looked.
    pub offers: Vec<Offer>,
    /// What there is to read.
    pub report: Report,
    /// What a stick is chosen for.
    pub errand: Errand,
    /// The last test of the network.
    pub network_test: NetworkTest,
    /// NICs whose lights blink, by name.
    pub blinking: BTreeSet<String>,
    /// How late it is in the marked time zone.
    pub time_there: Option<String>,
    /// Who uses the wizard.
    pub owner: Owner,
    /// The console it is shown on.
    pub console: String,
    /// What the terminal can show.
    pub theme: Theme,
    /// Nothing is really done.
    pub demo: bool,
    /// Time since the wizard was started.
    pub now: Duration,
}

/// Who uses the wizard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Owner {
    /// No key has been pressed anywhere.
    #[default]
    Nobody,
    /// This console.
    Me,
    /// Another console, by name.
    Other(String),
}

/// Something over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Help for the page.
    Help,
    /// The page's question before something that is not done without asking.
    Question {
        /// Whether the button that agrees has the focus.
        yes: bool,
    },
}

/// Something to read on its own page.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its heading.
    pub title: Text,
    /// Its paragraphs.
    pub lines: Vec<Text>,
    /// Where it leads back to.
    pub back: Page,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            title: Text::default(),
            lines: Vec::new(),
            back: Page::Menu,
        }
    }
}

/// A task that is being done for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its number.
    pub number: u64,
    /// What Esc does meanwhile.
    pub on_esc: OnEsc,
}

/// What a stick is chosen for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// The answer file.
    Answers,
    /// A support bundle of this installer, from the menu or after a failure.
    Support,
    /// A support bundle of the installed host on the disk with this device file.
    HostSupport(String),
}

/// An installation, while it runs and after.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// When it began, on the wizard's clock.
    pub started: Duration,
    /// Number of the step, from 1.
    pub n: usize,
    /// Number of all steps.
    pub of: usize,
    /// What is being done.
    pub title: Text,
    /// How far, 0 to 100.
    pub percent: u8,
    /// When it was over.
    pub ended: Duration,
    /// The steps that were begun.
    pub steps: Vec<Text>,
    /// Whether the log is shown instead of the steps.
    pub show_log: bool,
    /// Everything that was said.
    pub log: Vec<Text>,
    /// How it ended.
    pub end: Option<Result<Done, Failure>>,
}

impl Model {
    /// A wizard that has asked nothing yet.
    pub fn new(machine: Machine, catalog: Catalog, console: &str, theme: Theme) -> Self {
        let mut model = Self {
            checks: checks::run(&machine),
            answers: Answers::default(),
            machine,
            catalog,
            page: Page::Language,
            form: Form::default(),
            layer: None,
            loaded_keyboard: "us".into(),
            size: (80, 24),
            serial: false,
            block_devices: None,
            busy: None,
            asked: None,
            number: 0,
            notice: None,
            told: None,
            no_answers: None,
            plan: None,
            run: Run::default(),
            abilities: BTreeSet::new(),
            offers: Vec::new(),
            report: Report::default(),
            errand: Errand::Answers,
            network_test: NetworkTest::default(),
            blinking: BTreeSet::new(),
            time_there: None,
            owner: Owner::Nobody,
            console: console.to_owned(),
            theme,
            demo: false,
            now: Duration::ZERO,
        };
        for page in Page::ALL {
            page.behaviour().preselect(&mut model);
        }
        model.form.focus = model.first_focus();
        model
    }

    /// Whether this installer can do something.
    pub fn can(&self, ability: Ability) -> bool {
        self.abilities.contains(&ability)
    }

    /// The language that the wizard speaks.
    pub fn language(&self) -> Language {
        self.answers.language
    }

    /// Speaks another language from now on. Each sorts its lists in its own way; the marks stay where they were.
    pub fn speak(&mut self, language: Language) {
        let lists = [keyboard::KEYBOARD, time::ZONE];
        let marked = lists.map(|list| self.entry(list).map_or("", |entry| entry.value));
        self.answers.language = language;
        for (list, value) in std::iter::zip(lists, marked) {
            self.mark_entry(list, value);
        }
    }

    /// A text as it is to stand on this screen.
    pub fn say(&self, text: impl Into<Text>) -> String {
        let text = text.into().in_language(self.language());
        if self.theme.ascii {
            spell_out(&text)
        } else {
            text
        }
    }

    /// Puts the focus back on the page, where it was on a control that is no longer there.
    pub fn refocus(&mut self) {
        if self
            .form
            .focus
            .is_none_or(|at| !self.controls().contains(&at))
        {
            self.form.focus = self.first_focus();
        }
    }

    /// The entries of a picker that match what was typed.
    pub fn entries(&self, control: Control) -> Vec<&Entry> {
        let list = self.catalog.list(control.name, self.language());
        let typed = self.form.text(control);
        let mut found: Vec<_> = list.iter().filter(|entry| entry.matches(typed)).collect();
        if !typed.is_empty() {
            found.sort_by_key(|entry| entry.rank(typed));
        }
        found
    }

    /// The entry that is marked in a picker.
    pub fn entry(&self, control: Control) -> Option<&Entry> {
        self.entries(control)
            .get(self.form.cursor(control))
            .copied()
    }

    /// Marks the entry with this value in a picker, or the first if there is none.
    pub fn mark_entry(&mut self, control: Control, value: &str) {
        let entries = self.entries(control);
        let at = entries.iter().position(|entry| entry.value == value);
        self.form.cursors.insert(control, at.unwrap_or(0));
    }

    /// Lines of a list.
    pub fn list_len(&self, control: Control) -> usize {
        match control.kind {
            Kind::Picker => self.entries(control).len(),
            _ => self.page.behaviour().list_len(self, control),
        }
    }

    /// The controls of the page without its buttons, in the order of Tab.
    pub fn fields(&self) -> Vec<Control> {
        self.page.behaviour().controls(self)
    }

    /// The buttons of the page, from left to right.
    pub fn buttons(&self) -> Vec<Button> {
        self.page.behaviour().buttons(self)
    }

    /// All controls of the page, in the order of Tab.
    pub fn controls(&self) -> Vec<Control> {
        let mut list = self.fields();
        list.extend(self.buttons().into_iter().map(Control::button));
        list
    }

    /// Where the focus starts on the page.
    pub fn first_focus(&self) -> Option<Control> {
        let own = self.page.behaviour().first_focus(self);
        own.or_else(|| self.controls().first().copied())
    }
}

impl Shown for Model {
    type Button = Button;
    type Text = Text;

    fn form(&self) -> &Form {
        &self.form
    }

    fn say(&self, text: Text) -> String {
        Self::say(self, text)
    }
}
