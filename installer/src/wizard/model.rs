//! What the pages share, as plain data: the [`Answers`], the machine, and where the person is.

use crate::checks::{self, Check};
use crate::execute::{Done, Failure};
use crate::machine::Machine;
use crate::plan::Plan;
use crate::wizard::catalog::{self, Catalog, Entry};
use crate::wizard::control::{Button, Control, Form};
use crate::wizard::message::Effect;
use crate::wizard::page::Page;
use crate::wizard::task::{Ability, OnEsc, Ticket};
use firn_config::{Answers, Problem};
use firn_tui::sheet::Shown;
use firn_tui::text::spell_out;
use firn_tui::theme::Theme;
use firn_words::{Language, Text};
use std::collections::BTreeSet;
use std::time::Duration;

/// What the pages share.
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
    /// What there is to read.
    pub report: Report,
    /// What a stick is chosen for.
    pub errand: Errand,
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
    /// Whether its last lines are shown first.
    pub at_end: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            title: Text::default(),
            lines: Vec::new(),
            back: Page::Menu,
            at_end: false,
        }
    }
}

/// A task that is being done for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it was given by.
    pub ticket: Ticket,
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
    /// Number of the ticket that it was handed in with.
    pub ticket: u64,
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
        Self {
            checks: checks::run(&machine),
            answers: Answers::default(),
            machine,
            catalog,
            page: Page::Language,
            form: Form::default(),
            layer: None,
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
            report: Report::default(),
            errand: Errand::Answers,
            owner: Owner::Nobody,
            console: console.to_owned(),
            theme,
            demo: false,
            now: Duration::ZERO,
        }
    }

    /// Whether this installer can do something.
    pub fn can(&self, ability: Ability) -> bool {
        self.abilities.contains(&ability)
    }

    /// On to the page after the present one.
    pub fn next(&self) -> Vec<Effect> {
        self.page.next().map(Effect::Show).into_iter().collect()
    }

    /// The language that the wizard speaks.
    pub fn language(&self) -> Language {
        self.answers.language
    }

    /// Speaks another language from now on. Each sorts its lists in its own way; the marks stay where they were.
    pub fn speak(&mut self, language: Language) {
        let lists = [catalog::KEYBOARDS, catalog::ZONES].map(Control::picker);
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
