//! What to do with this machine.

use crate::report as hardware;
use crate::wizard::behaviour::{About, Behaviour, Event, Item, Sheet};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::{Effect, Outcome};
use crate::wizard::model::{Errand, Model};
use crate::wizard::page::Page;
use crate::wizard::pages::{report, save};
use crate::wizard::task::Ability;
use firn_tui::text::fit;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::Span;

/// List of what there is to do.
pub const MENU: Control = Control::list("menu");

/// The page.
#[derive(Debug, Default)]
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
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-menu-title"),
            help: vec![say!("page-menu-help")],
            ..About::default()
        }
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        vec![MENU]
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        entries(model).len()
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::Back, Button::Next]
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::GoOn => Self::hold(model),
            _ => None,
        }
    }

    fn view(&self, sheet: &mut Sheet) {
        let item = |entry: &Entry| {
            let (title, what) = entry.text();
            Item::from(vec![
                Span::raw(fit(&sheet.say(title), 28)),
                Span::styled(sheet.say(what), Style::new()),
            ])
        };
        let items: Vec<_> = entries(sheet.model).iter().map(item).collect();
        sheet.list(MENU, &items, items.len());
    }
}

impl Menu {
    fn hold(model: &mut Model) -> Option<Vec<Effect>> {
        let entry = entries(model).get(model.form.cursor(MENU)).copied()?;
        Some(match entry {
            Entry::Install => return None,
            Entry::Drivers => vec![Effect::Show(Page::Drivers)],
            Entry::Repair => vec![Effect::Show(Page::Repair)],
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
}
