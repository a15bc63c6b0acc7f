//! A driver that the image does not have, from a stick or a second CD.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::page::Page;
use super::super::task::{Reply, Task};
use super::super::update::{ask, look_again};
use super::super::view::Sheet;
use super::{Behaviour, save};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;

/// List of drivers.
pub const DRIVERS: Control = Control::list("drivers");

/// The page.
pub struct Drivers;

impl Behaviour for Drivers {
    fn title(&self) -> Text {
        say!("page-drivers-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-drivers-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-drivers-help"), say!("page-drivers-help-host")]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if choosable(model) {
            vec![DRIVERS]
        } else {
            Vec::new()
        }
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::LookAgain, Button::Back];
        if choosable(model) {
            list.push(Button::Load);
        }
        list
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        model.offers.len()
    }

    fn arrive(&self, model: &mut Model) -> Vec<Effect> {
        model.offers.clear();
        model.form.cursors.remove(&DRIVERS);
        model.form.focus = model.first_focus();
        ask(model, Task::Drivers, say!("page-drivers-looking"))
    }

    fn back(&self, _model: &Model) -> Option<Page> {
        Some(Page::Menu)
    }

    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        match button {
            Button::LookAgain => Some(ask(model, Task::Drivers, say!("page-drivers-looking"))),
            Button::Load => Some(load(model)),
            _ => None,
        }
    }

    /// Enter on a driver.
    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        Some(load(model))
    }

    fn reply(&self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Offers(offers) => {
                model.offers = offers;
                let last = model.offers.len().saturating_sub(1);
                let at = model.form.cursor(DRIVERS).min(last);
                model.form.cursors.insert(DRIVERS, at);
                model.form.focus = model.first_focus();
                Vec::new()
            }
            // With the driver there may be disks and NICs that were not there before.
            Reply::Loaded(Ok(text)) => {
                model.told = Some(text);
                look_again(model)
            }
            Reply::Loaded(Err(text)) => {
                model.form.errors.insert(DRIVERS, text);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        if !choosable(model) {
            let problems = model.offers.iter().filter_map(|o| o.problem.clone());
            let mut texts: Vec<Text> = problems.collect();
            if model.busy.is_some() {
                texts = vec![say!("page-drivers-looking")];
            } else if texts.is_empty() {
                texts.push(say!("page-drivers-none"));
            }
            for text in texts {
                sheet.text(text, theme::warn());
            }
            return;
        }
        let items = save::offers(sheet);
        let lines = sheet.left(3, 3);
        sheet.list(DRIVERS, &items, lines);
        sheet.blank();
        let counts = say!(
            "page-drivers-now",
            disks = model.machine.disks.len(),
            nics = model.machine.nics.len()
        );
        sheet.text(counts, Style::new());
    }
}

fn load(model: &mut Model) -> Vec<Effect> {
    let Some(offer) = model.offers.get(model.form.cursor(DRIVERS)) else {
        return Vec::new();
    };
    if let Some(problem) = offer.problem.clone() {
        model.form.errors.insert(DRIVERS, problem);
        return Vec::new();
    }
    let id = offer.id.clone();
    ask(model, Task::Load(id), say!("page-drivers-loading"))
}

/// Whether there is a driver; else the offers only say why there is none.
fn choosable(model: &Model) -> bool {
    model.offers.iter().any(|offer| offer.problem.is_none())
}
