//! What can be repaired on an installed host.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::{Errand, Layer, Model};
use super::super::page::Page;
use super::super::task::{Ability, Repair, Reply, Task};
use super::super::update::ask;
use super::super::view::{Item, Sheet};
use super::{Behaviour, Question, login, network, repair, report, save};
use firn_config::Secret;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::Span;

/// List of what can be done.
pub const ACTIONS: Control = Control::list("repair");
/// The NIC that the network goes back to.
pub const NICS: Control = Control::list("repair-nics");
/// The new password.
pub const PASSWORD: Control = Control::secret("repair-password");
/// The same again.
pub const AGAIN: Control = Control::secret("repair-again");

/// The page.
pub struct RepairHost;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Boot,
    Network,
    Password,
    Logs,
    Support,
}

fn actions(model: &Model) -> Vec<Action> {
    let mut list = vec![
        Action::Boot,
        Action::Network,
        Action::Password,
        Action::Logs,
    ];
    if model.can(Ability::Support) {
        list.push(Action::Support);
    }
    list
}

fn action(model: &Model) -> Action {
    let list = actions(model);
    list.get(model.form.cursor(ACTIONS))
        .copied()
        .unwrap_or(Action::Boot)
}

impl Action {
    fn title(self) -> Text {
        match self {
            Self::Boot => say!("page-repair-boot"),
            Self::Network => say!("page-repair-network"),
            Self::Password => say!("page-repair-password"),
            Self::Logs => say!("page-repair-logs"),
            Self::Support => say!("page-repair-support"),
        }
    }

    fn what(self) -> Text {
        match self {
            Self::Boot => say!("page-repair-boot-what"),
            Self::Network => say!("page-repair-network-what"),
            Self::Password => say!("page-repair-password-what"),
            Self::Logs => say!("page-repair-logs-what"),
            Self::Support => say!("page-repair-support-what"),
        }
    }
}

impl Behaviour for RepairHost {
    fn title(&self) -> Text {
        say!("page-repair-title")
    }

    fn intro(&self, model: &Model) -> Option<Text> {
        let disk = repair::host(model)?;
        let name = disk.firn.as_ref().map(|firn| firn.name.clone());
        Some(say!(
            "page-repair-which",
            name = name.unwrap_or_default(),
            disk = &disk.path
        ))
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-repair-help")]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        match action(model) {
            Action::Network => vec![ACTIONS, NICS],
            Action::Password => vec![ACTIONS, PASSWORD, AGAIN],
            _ => vec![ACTIONS],
        }
    }

    fn list_len(&self, model: &Model, control: Control) -> usize {
        if control == NICS {
            model.machine.nics.len()
        } else {
            actions(model).len()
        }
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::Back, Button::Next]
    }

    fn back(&self, _model: &Model) -> Option<Page> {
        Some(Page::Repair)
    }

    fn arrive(&self, model: &mut Model) -> Vec<Effect> {
        model.form.texts.remove(&PASSWORD);
        model.form.texts.remove(&AGAIN);
        vec![Effect::BringUp, Effect::Nics]
    }

    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        let disk = repair::host(model)?.path.clone();
        Some(match action(model) {
            Action::Logs => run(model, disk, Repair::Logs),
            Action::Support => save::ask_where(model, Errand::HostSupport(disk)),
            Action::Network if model.machine.nics.is_empty() => {
                model.form.errors.insert(NICS, say!("page-network-none"));
                Vec::new()
            }
            Action::Boot | Action::Network => {
                model.layer = Some(Layer::Question { yes: false });
                Vec::new()
            }
            Action::Password => {
                let errors = login::passwords(model, PASSWORD, AGAIN);
                if model.form.refuse(errors) {
                    return Some(Vec::new());
                }
                let password = Secret(model.form.text(PASSWORD).to_owned());
                run(model, disk, Repair::Password(password))
            }
        })
    }

    fn question(&self, model: &Model) -> Option<Question> {
        let disk = repair::host(model)?;
        let name = disk.firn.as_ref().map_or("", |firn| &firn.name);
        let then = match action(model) {
            Action::Network => say!(
                "page-repair-network-then",
                name = name,
                nic = model
                    .machine
                    .nics
                    .get(model.form.cursor(NICS))?
                    .name
                    .clone()
            ),
            _ => say!("page-repair-boot-then", name = name, disk = &disk.path),
        };
        Some(Question {
            title: action(model).title(),
            against: Vec::new(),
            then,
            stay: say!("page-repair-leave"),
            go: say!("page-repair-write"),
        })
    }

    fn agreed(&self, model: &mut Model) -> Vec<Effect> {
        let Some(disk) = repair::host(model).map(|disk| disk.path.clone()) else {
            return Vec::new();
        };
        let nic = model.machine.nics.get(model.form.cursor(NICS));
        match (action(model), nic.map(|nic| nic.mac.clone())) {
            (Action::Boot, _) => run(model, disk, Repair::Boot),
            (Action::Network, Some(mac)) => run(model, disk, Repair::Network(mac)),
            _ => Vec::new(),
        }
    }

    fn reply(&self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Report(Ok(lines)) => {
                let effects = report::read(model, action(model).title(), lines);
                // The newest lines of a log are the last.
                if action(model) == Action::Logs {
                    report::to_end(model);
                }
                effects
            }
            Reply::Report(Err(text)) => {
                model.form.errors.insert(ACTIONS, text);
                model.form.focus = Some(ACTIONS);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Most are done at once; the others ask for more first.
    fn hints(&self, model: &Model) -> Option<Text> {
        let asks = matches!(action(model), Action::Network | Action::Password);
        (model.form.focus == Some(ACTIONS) && !asks).then(|| say!("keys-do"))
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        let item = |action: &Action| Item {
            spans: vec![Span::raw(sheet.say(action.title()))],
            faint: false,
        };
        let items: Vec<_> = actions(model).iter().map(item).collect();
        sheet.list(ACTIONS, &items, items.len());
        sheet.blank();
        sheet.text(action(model).what(), Style::new());
        sheet.blank();
        match action(model) {
            Action::Network => {
                let item = |nic| network::item(sheet, nic, None);
                let items: Vec<_> = model.machine.nics.iter().map(item).collect();
                let lines = sheet.left(1, 3);
                sheet.list(NICS, &items, lines);
            }
            Action::Password => {
                sheet.field(PASSWORD, say!("page-login-password"), None);
                sheet.field(AGAIN, say!("page-login-again"), None);
            }
            _ => {}
        }
    }
}

fn run(model: &mut Model, disk: String, how: Repair) -> Vec<Effect> {
    ask(model, Task::Repair(disk, how), say!("page-repair-running"))
}
