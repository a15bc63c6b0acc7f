//! What is right and wrong with the machine.

use crate::checks::{self, Check, Verdict, medium};
use crate::wizard::ask::{ask, watch_disks};
use crate::wizard::behaviour::{About, Behaviour, Event, Item, Question, Sheet};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::{Layer, Model};
use crate::wizard::task::{Ability, Reply, Task};
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::Span;

/// List of checks.
pub const CHECKS: Control = Control::list("checks");

/// The page.
#[derive(Debug, Default)]
pub struct Checks;

impl Behaviour for Checks {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-checks-title"),
            intro: Some(say!("page-checks-intro")),
            help: vec![
                say!("page-checks-help-words"),
                say!("page-checks-help-switch"),
                say!("page-checks-help-buttons"),
            ],
            ..About::default()
        }
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        vec![CHECKS]
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::LookAgain, Button::Back, Button::Next];
        if model.can(Ability::Medium) {
            list.insert(0, Button::CheckMedium);
        }
        list
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        model.checks.len()
    }

    /// The first problem is what there is to read.
    fn preselect(&self, model: &mut Model) {
        let bad = |check: &Check| check.verdict == Verdict::Problem;
        let at = model.checks.iter().position(bad).unwrap_or(0);
        model.form.cursors.insert(CHECKS, at);
    }

    fn reprobed(&mut self, model: &mut Model, before: &Model) {
        // What was read from the medium stays true.
        let medium = before
            .checks
            .iter()
            .find(|check| check.name == medium::NAME);
        model.checks.extend(medium.cloned());
        let last = model.checks.len().saturating_sub(1);
        let at = model.form.cursor(CHECKS).min(last);
        model.form.cursors.insert(CHECKS, at);
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Second => Some(watch_disks(model)),
            Event::Push(Button::CheckMedium) => Some(ask(model, Task::Medium, reading(0))),
            Event::Reply(_, reply) => Some(Self::reply(model, reply)),
            Event::GoOn => Self::hold(model),
            Event::Agreed => Some(Self::agreed(model)),
            _ => None,
        }
    }

    fn question(&self, model: &Model) -> Option<Question> {
        let problems = model.open_problems();
        let virtualization = problems.iter().any(|check| check.name == "virtualization");
        Some(Question {
            title: say!("wizard-go-on-title"),
            against: problems.iter().map(|check| check.found.clone()).collect(),
            then: if virtualization {
                say!("wizard-go-on-virtualization")
            } else {
                say!("wizard-go-on-other")
            },
            stay: say!("wizard-stay"),
            go: say!("wizard-go-on"),
        })
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        let item = |check| item(sheet, check);
        let items: Vec<_> = model.checks.iter().map(item).collect();
        let Some(check) = model.checks.get(model.form.cursor(CHECKS)) else {
            return;
        };
        let below = sheet.measure(|sheet| details(sheet, check));
        let lines = sheet.left(below, 4);
        sheet.list(CHECKS, &items, lines);
        details(sheet, check);
    }
}

impl Checks {
    fn reply(model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Percent(percent) => model.busy = Some(reading(percent)),
            Reply::Checked(check) => take_check(model, check),
            Reply::Done(Err(text)) => model.notice = Some(text),
            _ => {}
        }
        Vec::new()
    }

    fn hold(model: &mut Model) -> Option<Vec<Effect>> {
        if model.open_problems().is_empty() {
            return None;
        }
        model.layer = Some(Layer::Question { yes: false });
        Some(Vec::new())
    }

    /// Past the problems, knowingly.
    fn agreed(model: &mut Model) -> Vec<Effect> {
        let problems = model.open_problems();
        let names: Vec<_> = problems.iter().map(|check| check.name.to_owned()).collect();
        model.answers.checks.skip.extend(names);
        model.next()
    }
}

fn reading(percent: u8) -> Text {
    say!("page-checks-reading", percent = u32::from(percent))
}

/// Adds a check that was made later, and marks it.
fn take_check(model: &mut Model, check: Check) {
    model.checks.retain(|old| old.name != check.name);
    model.checks.push(check);
    model.form.cursors.insert(CHECKS, model.checks.len() - 1);
    model.form.focus = Some(CHECKS);
}

impl Model {
    /// The checks that stand against an installation and are not to be passed over yet.
    pub fn open_problems(&self) -> Vec<&Check> {
        let skip = &self.answers.checks.skip;
        let skipped = |check: &Check| skip.iter().any(|name| name == check.name);
        let open = |check: &&Check| check.verdict == Verdict::Problem && !skipped(check);
        self.checks.iter().filter(open).collect()
    }
}

/// Sign and colour of a verdict.
pub fn sign(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Fine => (theme::DONE, theme::good()),
        Verdict::Note => ("i", theme::accent()),
        Verdict::Problem => ("!", theme::bad()),
        Verdict::Unknown => ("?", theme::warn()),
    }
}

fn details(sheet: &mut Sheet, check: &Check) {
    sheet.blank();
    sheet.sentence(check.found.clone(), theme::title());
    sheet.sentence(check.why.clone(), Style::new());
    sheet.sentence(check.todo.clone(), theme::accent());
}

fn item(sheet: &Sheet, check: &Check) -> Item {
    let (sign, style) = sign(check.verdict);
    let word = sheet.say(check.verdict.text());
    let name = sheet.say(checks::title(check.name));
    let room = sheet.width.saturating_sub(2 + 2 + 10 + 18 + 2);
    let spans = vec![
        Span::styled(format!("{sign} {}", fit(&word, 10)), style),
        Span::raw(format!("{} ", fit(&name, 17))),
        Span::raw(fit(&sheet.say(check.found.clone()), room)),
    ];
    Item::from(spans)
}
