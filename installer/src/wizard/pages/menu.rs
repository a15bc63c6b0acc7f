//! What to do with this machine.

use super::super::control::{Button, Control};
use super::super::message::{Effect, Outcome};
use super::super::model::{Errand, Model};
use super::super::page::Page;
use super::super::task::Ability;
use super::super::update::show;
use super::super::view::{Item, Sheet};
use super::{Behaviour, report, save};
use crate::report as hardware;
use firn_tui::text::fit;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::Span;

/// List of what there is to do.
pub const MENU: Control = Control::list("menu");

/// The page.
pub struct Menu;

/// An entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Install,
    Drivers,
    Repair,
    Hardware,
    Support,
    Shell,
    Restart,
    PowerOff,
}

impl Entry {
    /// Its title, and what it does in a few words.
    fn text(self) -> (Text, Text) {
        match self {
            Self::Install => (say!("page-menu-install"), say!("page-menu-install-what")),
            Self::Drivers => (say!("page-menu-drivers"), say!("page-menu-drivers-what")),
            Self::Repair => (say!("page-menu-repair"), say!("page-menu-repair-what")),
            Self::Hardware => (say!("page-menu-hardware"), say!("page-menu-hardware-what")),
            Self::Support => (say!("page-menu-support"), say!("page-menu-support-what")),
            Self::Shell => (say!("page-menu-shell"), say!("page-menu-shell-what")),
            Self::Restart => (say!("wizard-restart"), Text::default()),
            Self::PowerOff => (say!("wizard-power-off"), Text::default()),
        }
    }
}

/// What can be done here: an entry that could do nothing is not shown.
fn entries(model: &Model) -> Vec<Entry> {
    let mut list = vec![Entry::Install];
    if model.can(Ability::Drivers) {
        list.push(Entry::Drivers);
    }
    if model.can(Ability::Repair) {
        list.push(Entry::Repair);
    }
    list.push(Entry::Hardware);
    if model.can(Ability::Support) {
        list.push(Entry::Support);
    }
    list.extend([Entry::Shell, Entry::Restart, Entry::PowerOff]);
    list
}

impl Behaviour for Menu {
    fn title(&self) -> Text {
        say!("page-menu-title")
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-menu-help")]
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        vec![MENU]
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        entries(model).len()
    }

    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        let entry = entries(model).get(model.form.cursor(MENU)).copied()?;
        Some(match entry {
            Entry::Install => return None,
            Entry::Drivers => show(model, Page::Drivers),
            Entry::Repair => show(model, Page::Repair),
            Entry::Hardware => {
                let lines = hardware::report(&model.machine, &model.checks);
                report::read(model, say!("page-report-hardware"), lines)
            }
            Entry::Support => save::ask_where(model, Errand::Support),
            Entry::Shell => vec![Effect::Shell(model.say(say!("wizard-shell-greeting")))],
            Entry::Restart => vec![Effect::Exit(Outcome::Restart)],
            Entry::PowerOff => vec![Effect::Exit(Outcome::PowerOff)],
        })
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::Back, Button::Next]
    }

    fn view(&self, sheet: &mut Sheet) {
        let item = |entry: &Entry| {
            let (title, what) = entry.text();
            Item {
                spans: vec![
                    Span::raw(fit(&sheet.say(title), 28)),
                    Span::styled(sheet.say(what), Style::new()),
                ],
                faint: false,
            }
        };
        let items: Vec<_> = entries(sheet.model).iter().map(item).collect();
        sheet.list(MENU, &items, items.len());
    }
}
