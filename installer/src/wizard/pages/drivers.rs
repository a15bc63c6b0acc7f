//! A driver that the image does not have, from a stick or a second CD.

use crate::wizard::ask::{ask, look_again};
use crate::wizard::behaviour::{About, Behaviour, Event, Sheet};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::page::Page;
use crate::wizard::pages::save;
use crate::wizard::task::{Offer, Reply, Task};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;

/// List of drivers.
pub const DRIVERS: Control = Control::list("drivers");

/// The page.
#[derive(Debug, Default)]
pub struct Drivers {
    /// Drivers to choose from, as last looked.
    offers: Vec<Offer>,
}

impl Behaviour for Drivers {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-drivers-title"),
            intro: Some(say!("page-drivers-intro")),
            help: vec![say!("page-drivers-help"), say!("page-drivers-help-host")],
            ..About::default()
        }
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        if self.choosable() {
            vec![DRIVERS]
        } else {
            Vec::new()
        }
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        let mut list = vec![Button::LookAgain, Button::Back];
        if self.choosable() {
            list.push(Button::Load);
        }
        list
    }

    fn list_len(&self, _model: &Model, _control: Control) -> usize {
        self.offers.len()
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Arrive => Some(self.arrive(model)),
            Event::Push(Button::LookAgain) => {
                Some(ask(model, Task::Drivers, say!("page-drivers-looking")))
            }
            Event::Push(Button::Load) => Some(self.load(model)),
            Event::Reply(_, reply) => Some(self.reply(model, reply)),
            // Enter on a driver.
            Event::GoOn => Some(self.load(model)),
            _ => None,
        }
    }

    fn back(&self, _model: &Model) -> Option<Page> {
        Some(Page::Menu)
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        if !self.choosable() {
            let problems = self.offers.iter().filter_map(|o| o.problem.clone());
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
        let items = save::items(sheet, &self.offers);
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

impl Drivers {
    fn arrive(&mut self, model: &mut Model) -> Vec<Effect> {
        self.offers.clear();
        model.form.cursors.remove(&DRIVERS);
        self.focus(model);
        ask(model, Task::Drivers, say!("page-drivers-looking"))
    }

    fn reply(&mut self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Offers(offers) => {
                self.offers = offers;
                let last = self.offers.len().saturating_sub(1);
                let at = model.form.cursor(DRIVERS).min(last);
                model.form.cursors.insert(DRIVERS, at);
                self.focus(model);
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

    fn load(&self, model: &mut Model) -> Vec<Effect> {
        let Some(offer) = self.offers.get(model.form.cursor(DRIVERS)) else {
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
    fn choosable(&self) -> bool {
        self.offers.iter().any(|offer| offer.problem.is_none())
    }
}
