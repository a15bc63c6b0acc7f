//! The installed hosts on this machine's disks.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::page::Page;
use super::super::update::show;
use super::super::view::{Item, Sheet};
use super::Behaviour;
use crate::machine::Disk;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::text::Span;

/// List of hosts.
pub const HOSTS: Control = Control::list("hosts");

/// The page.
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
    fn title(&self) -> Text {
        say!("page-repair-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-repair-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-repair-help")]
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

    fn reprobed(&self, model: &mut Model, _before: &Model) {
        let last = hosts(model).len().saturating_sub(1);
        let at = model.form.cursor(HOSTS).min(last);
        model.form.cursors.insert(HOSTS, at);
    }

    fn back(&self, _model: &Model) -> Option<Page> {
        Some(Page::Menu)
    }

    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        host(model)?;
        Some(show(model, Page::RepairHost))
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
            Item {
                spans: vec![Span::raw(sheet.say(text))],
                faint: false,
            }
        };
        let items: Vec<_> = hosts(sheet.model).iter().map(item).collect();
        if items.is_empty() {
            return sheet.text(say!("page-repair-none"), theme::warn());
        }
        let lines = sheet.left(1, 3);
        sheet.list(HOSTS, &items, lines);
    }
}
