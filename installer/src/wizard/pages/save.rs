//! Where to save something: on a stick, or nowhere but on the screen.

use crate::wizard::ask::ask;
use crate::wizard::behaviour::{About, Behaviour, Event, Item, Sheet};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::{Errand, Model};
use crate::wizard::page::Page;
use crate::wizard::pages::report;
use crate::wizard::task::{Ability, Offer, Repair, Reply, Task};
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::text::Span;

/// List of sticks, and of the screen.
pub const STICKS: Control = Control::list("sticks");

/// The page.
#[derive(Debug, Default)]
pub struct Save {
    /// Sticks to choose from, as last looked.
    offers: Vec<Offer>,
}

impl Behaviour for Save {
    fn about(&self, model: &Model) -> About {
        About {
            title: say!("page-save-title"),
            intro: Self::intro(model),
            help: vec![say!("page-save-help")],
            ..About::default()
        }
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        if self.offers.is_empty() {
            Vec::new()
        } else {
            vec![STICKS]
        }
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::Back, Button::Show];
        if model.can(Ability::Sticks) {
            list.insert(0, Button::LookAgain);
            list.push(Button::Save);
        }
        list
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Arrive => Some(self.arrive(model)),
            Event::Push(Button::LookAgain) => {
                Some(ask(model, Task::Sticks, say!("page-save-looking")))
            }
            Event::Push(Button::Show) => Some(carry_out(model, None)),
            Event::Push(Button::Save) => Some(self.save(model)),
            Event::Reply(_, reply) => Some(self.reply(model, reply)),
            // Enter on a stick.
            Event::GoOn => Some(self.save(model)),
            _ => None,
        }
    }

    /// In the list Enter does what the main button does.
    fn hints(&self, model: &Model) -> Option<Text> {
        (model.form.focus == Some(STICKS)).then(|| say!("keys-save"))
    }

    fn list_len(&self, _model: &Model, _control: Control) -> usize {
        self.offers.len()
    }

    fn back(&self, model: &Model) -> Option<Page> {
        Some(match model.errand {
            Errand::Answers => Page::Summary,
            Errand::HostSupport(_) => Page::RepairHost,
            Errand::Support if model.run.end.is_some() => Page::Failed,
            Errand::Support => Page::Menu,
        })
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        if !model.can(Ability::Sticks) {
            return;
        }
        if self.offers.is_empty() {
            let text = if model.busy.is_some() {
                say!("page-save-looking")
            } else {
                say!("page-save-no-stick")
            };
            return sheet.text(text, theme::warn());
        }
        let items = items(sheet, &self.offers);
        let lines = sheet.left(3, 3);
        sheet.list(STICKS, &items, lines);
    }
}

impl Save {
    fn intro(model: &Model) -> Option<Text> {
        Some(match model.errand {
            Errand::Answers => say!("page-save-answers"),
            Errand::Support | Errand::HostSupport(_) => say!("page-save-support"),
        })
    }

    fn arrive(&mut self, model: &mut Model) -> Vec<Effect> {
        self.offers.clear();
        model.form.cursors.remove(&STICKS);
        self.focus(model);
        if model.can(Ability::Sticks) {
            ask(model, Task::Sticks, say!("page-save-looking"))
        } else {
            Vec::new()
        }
    }

    fn reply(&mut self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Offers(offers) => {
                self.offers = offers;
                self.focus(model);
                Vec::new()
            }
            Reply::Report(Ok(lines)) => {
                report::read(model, Self::intro(model).unwrap_or_default(), lines)
            }
            Reply::Report(Err(text)) => {
                model.notice = Some(text);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn save(&self, model: &mut Model) -> Vec<Effect> {
        let Some(offer) = self.offers.get(model.form.cursor(STICKS)) else {
            model.notice = Some(say!("page-save-no-stick"));
            return Vec::new();
        };
        if let Some(problem) = offer.problem.clone() {
            model.form.errors.insert(STICKS, problem);
            return Vec::new();
        }
        let stick = offer.id.clone();
        carry_out(model, Some(stick))
    }
}

/// The lines of a list of sticks or drivers; one that cannot be chosen says why.
pub fn items(sheet: &Sheet, offers: &[Offer]) -> Vec<Item> {
    let item = |offer: &Offer| {
        let title = sheet.say(offer.title.clone());
        let problem = offer.problem.clone().map(|problem| sheet.say(problem));
        let parts = [Some(title), problem].into_iter().flatten();
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        let text = fit(&parts.join("   "), sheet.width.saturating_sub(5));
        Item {
            spans: vec![Span::raw(text)],
            faint: offer.problem.is_some(),
        }
    };
    offers.iter().map(item).collect()
}

/// Asks where to save something.
pub fn ask_where(model: &mut Model, errand: Errand) -> Vec<Effect> {
    model.errand = errand;
    vec![Effect::Show(Page::Save)]
}

fn carry_out(model: &mut Model, stick: Option<String>) -> Vec<Effect> {
    let task = match (&model.errand, stick) {
        (Errand::Answers, stick) => Task::Answers(stick),
        (Errand::Support, stick) => Task::Support(stick),
        (Errand::HostSupport(disk), stick) => Task::Repair(disk.clone(), Repair::Support(stick)),
    };
    ask(model, task, say!("page-save-saving"))
}
