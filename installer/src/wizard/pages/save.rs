//! Where to save something: on a stick, or nowhere but on the screen.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::{Errand, Model};
use super::super::page::Page;
use super::super::task::{Ability, Offer, Repair, Reply, Task};
use super::super::update::{ask, show};
use super::super::view::{Item, Sheet};
use super::{Behaviour, Errors, report};
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::text::Span;

/// List of sticks, and of the screen.
pub const STICKS: Control = Control::list("sticks");

/// The page.
pub struct Save;

impl Behaviour for Save {
    fn title(&self) -> Text {
        say!("page-save-title")
    }

    fn intro(&self, model: &Model) -> Option<Text> {
        Some(match model.errand {
            Errand::Answers => say!("page-save-answers"),
            Errand::Support | Errand::HostSupport(_) => say!("page-save-support"),
        })
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-save-help")]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if model.offers.is_empty() {
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

    /// In the list Enter does what the main button does.
    fn hints(&self, model: &Model) -> Option<Text> {
        (model.form.focus == Some(STICKS)).then(|| say!("keys-save"))
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        model.offers.len()
    }

    fn arrive(&self, model: &mut Model) -> Vec<Effect> {
        model.offers.clear();
        model.form.cursors.remove(&STICKS);
        model.form.focus = model.first_focus();
        if model.can(Ability::Sticks) {
            ask(model, Task::Sticks, say!("page-save-looking"))
        } else {
            Vec::new()
        }
    }

    fn back(&self, model: &Model) -> Option<Page> {
        Some(match model.errand {
            Errand::Answers => Page::Summary,
            Errand::HostSupport(_) => Page::RepairHost,
            Errand::Support if model.run.end.is_some() => Page::Failed,
            Errand::Support => Page::Menu,
        })
    }

    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        match button {
            Button::LookAgain => Some(ask(model, Task::Sticks, say!("page-save-looking"))),
            Button::Show => Some(carry_out(model, None)),
            Button::Save => Some(save(model)),
            _ => None,
        }
    }

    /// Enter on a stick.
    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        Some(save(model))
    }

    fn reply(&self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Offers(offers) => {
                model.offers = offers;
                model.form.focus = model.first_focus();
                Vec::new()
            }
            Reply::Report(Ok(lines)) => {
                report::read(model, self.intro(model).unwrap_or_default(), lines)
            }
            Reply::Report(Err(text)) => {
                model.notice = Some(text);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        if !model.can(Ability::Sticks) {
            return;
        }
        if model.offers.is_empty() {
            let text = if model.busy.is_some() {
                say!("page-save-looking")
            } else {
                say!("page-save-no-stick")
            };
            return sheet.text(text, theme::warn());
        }
        let items = offers(sheet);
        let lines = sheet.left(3, 3);
        sheet.list(STICKS, &items, lines);
    }
}

/// The lines of a list of sticks or drivers; one that cannot be chosen says why.
pub fn offers(sheet: &Sheet) -> Vec<Item> {
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
    sheet.model.offers.iter().map(item).collect()
}

/// Asks where to save something.
pub fn ask_where(model: &mut Model, errand: Errand) -> Vec<Effect> {
    model.errand = errand;
    show(model, Page::Save)
}

fn save(model: &mut Model) -> Vec<Effect> {
    let Some(offer) = model.offers.get(model.form.cursor(STICKS)) else {
        model.notice = Some(say!("page-save-no-stick"));
        return Vec::new();
    };
    if let Some(problem) = offer.problem.clone() {
        let errors: Errors = vec![(STICKS, problem)];
        model.form.errors.extend(errors);
        return Vec::new();
    }
    let stick = offer.id.clone();
    carry_out(model, Some(stick))
}

fn carry_out(model: &mut Model, stick: Option<String>) -> Vec<Effect> {
    let task = match (&model.errand, stick) {
        (Errand::Answers, stick) => Task::Answers(stick),
        (Errand::Support, stick) => Task::Support(stick),
        (Errand::HostSupport(disk), stick) => Task::Repair(disk.clone(), Repair::Support(stick)),
    };
    ask(model, task, say!("page-save-saving"))
}
