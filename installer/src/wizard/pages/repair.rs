//! The installed hosts on this machine's disks.

use crate::machine::Disk;
use crate::wizard::behaviour::{About, Behaviour, Event, Item, Sheet};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::page::Page;
use firn_tui::theme;
use firn_words::say;
use ratatui::text::Span;

/// List of hosts.
pub const HOSTS: Control = Control::list("hosts");

/// The page.
#[derive(Debug, Default)]
pub struct Repair;

/// The disks with an installed host.
pub fn hosts(model: &Model) -> Vec<&Disk> {
    let disks = &model.machine.disks;
    disks.iter().filter(|disk| disk.firn.is_some()).collect()
}

/// The disk of the marked host.
pub fn host(model: &Model) -> Option<&Disk> {
    hosts(model).get(model.form.cursor(HOSTS)).copied()
}

impl Behaviour for Repair {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-repair-title"),
            intro: Some(say!("page-repair-intro")),
            help: vec![say!("page-repair-help")],
            ..About::default()
        }
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if hosts(model).is_empty() {
            Vec::new()
        } else {
            vec![HOSTS]
        }
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::LookAgain, Button::Back];
        if !hosts(model).is_empty() {
            list.push(Button::Next);
        }
        list
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        hosts(model).len()
    }

    fn reprobed(&mut self, model: &mut Model, _before: &Model) {
        let last = hosts(model).len().saturating_sub(1);
        let at = model.form.cursor(HOSTS).min(last);
        model.form.cursors.insert(HOSTS, at);
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::GoOn => Self::hold(model),
            _ => None,
        }
    }

    fn back(&self, _model: &Model) -> Option<Page> {
        Some(Page::Menu)
    }

    fn view(&self, sheet: &mut Sheet) {
        let item = |disk: &&Disk| {
            let firn = disk.firn.clone().unwrap_or_default();
            let text = say!(
                "page-repair-host",
                name = &firn.name,
                version = &firn.version,
                id = firn.short_id(),
                disk = &disk.name
            );
            Item::from(vec![Span::raw(sheet.say(text))])
        };
        let items: Vec<_> = hosts(sheet.model).iter().map(item).collect();
        if items.is_empty() {
            return sheet.text(say!("page-repair-none"), theme::warn());
        }
        let lines = sheet.left(1, 3);
        sheet.list(HOSTS, &items, lines);
    }
}

impl Repair {
    fn hold(model: &mut Model) -> Option<Vec<Effect>> {
        host(model)?;
        Some(vec![Effect::Show(Page::RepairHost)])
    }
}
