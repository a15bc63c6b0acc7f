//! What is right and wrong with the machine.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::{Layer, Model};
use super::super::task::{Ability, Reply, Task};
use super::super::update::{ask, go_on_anyway, watch_disks};
use super::super::view::{Item, Sheet};
use super::{Behaviour, Question};
use crate::checks::{self, Check, Verdict, medium};
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::Span;

/// List of checks.
pub const CHECKS: Control = Control::list("checks");

/// The page.
pub struct Checks;

impl Behaviour for Checks {
    fn title(&self) -> Text {
        say!("page-checks-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-checks-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![
            say!("page-checks-help-words"),
            say!("page-checks-help-switch"),
            say!("page-checks-help-buttons"),
        ]
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

    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        (button == Button::CheckMedium).then(|| ask(model, Task::Medium, reading(0)))
    }

    fn reply(&self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Percent(percent) => model.busy = Some(reading(percent)),
            Reply::Checked(check) => take_check(model, check),
            Reply::Done(Err(text)) => model.notice = Some(text),
            _ => {}
        }
        Vec::new()
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

    fn reprobed(&self, model: &mut Model, before: &Model) {
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

    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        if model.open_problems().is_empty() {
            return None;
        }
        model.layer = Some(Layer::Question { yes: false });
        Some(Vec::new())
    }

    fn second(&self, model: &mut Model) -> Vec<Effect> {
        watch_disks(model)
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

    /// Past the problems, knowingly.
    fn agreed(&self, model: &mut Model) -> Vec<Effect> {
        go_on_anyway(model)
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
    Item {
        spans,
        faint: false,
    }
}
