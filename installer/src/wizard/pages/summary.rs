//! What will be done, what is destroyed first. The last page before anything is written.

use crate::execute::Secrets;
use crate::plan::{Plan, plan};
use crate::wizard::ask::{start, watch_disks};
use crate::wizard::behaviour::{About, Behaviour, Event, Sheet, words};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::{Errand, Model, Run};
use crate::wizard::page::Page;
use crate::wizard::pages::{disk, save, storage};
use crate::wizard::task::Task;
use firn_config::{Answers, Ipv4, Ipv6, Names, Network, Ntp, Problem};
use firn_tui::text::{sentence, wrap};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::collections::BTreeSet;

/// Names of the disks, or ids of the hosts, that are to be destroyed.
pub const CONFIRM: Control = Control::text("confirm");

/// The page.
#[derive(Debug, Default)]
pub struct Summary;

impl Behaviour for Summary {
    fn about(&self, model: &Model) -> About {
        About {
            title: say!("page-summary-title"),
            intro: matches!(model.plan, Some(Ok(_))).then(|| say!("page-summary-intro")),
            help: vec![
                say!("page-summary-help"),
                say!("page-summary-help-confirm"),
                say!("page-summary-help-save"),
            ],
            ..About::default()
        }
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if matches!(model.plan, Some(Ok(_))) && !to_confirm(model).is_empty() {
            vec![CONFIRM]
        } else {
            Vec::new()
        }
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        if matches!(model.plan, Some(Ok(_))) {
            vec![Button::SaveAnswers, Button::Back, Button::Install]
        } else {
            vec![Button::Back]
        }
    }

    fn first_focus(&self, _model: &Model) -> Option<Control> {
        Some(Control::button(Button::Back))
    }

    /// What was decided for another machine counts no more.
    fn reprobed(&mut self, model: &mut Model, _before: &Model) {
        if model.page == Page::Summary {
            self.arrive(model);
        }
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Arrive => Some(self.arrive(model)),
            Event::Second => Some(watch_disks(model)),
            Event::Push(Button::Install) => Some(install(model)),
            Event::Push(Button::SaveAnswers) => Some(save::ask_where(model, Errand::Answers)),
            Event::GoOn => Self::hold(model),
            _ => None,
        }
    }

    fn lines(&self, model: &Model, columns: usize) -> Vec<Line<'static>> {
        match &model.plan {
            Some(Ok(plan)) => plan_lines(model, plan, columns),
            Some(Err(problems)) => problem_lines(model, problems, columns),
            None => Vec::new(),
        }
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        if self.controls(model).is_empty() {
            return;
        }
        let names = to_confirm(model).join(" ");
        sheet.blank();
        sheet.text(say!("page-summary-confirm", names = names), theme::warn());
        sheet.field(CONFIRM, say!("page-summary-type"), None);
    }
}

impl Summary {
    /// Decides what would be done, or gathers everything that stands against it.
    fn arrive(&self, model: &mut Model) -> Vec<Effect> {
        let problems = firn_config::parse(&model.answers.to_toml(), &[]).err();
        model.plan = Some(problems.map_or_else(|| plan(&model.machine, &model.answers), Err));
        model.form.texts.remove(&CONFIRM);
        model.form.scroll = 0;
        self.focus(model);
        Vec::new()
    }

    /// Enter in the field does not install; that is what the button is for.
    fn hold(model: &mut Model) -> Option<Vec<Effect>> {
        model.form.focus = Some(Control::button(if confirmed(model) {
            Button::Install
        } else {
            Button::Back
        }));
        Some(Vec::new())
    }
}

/// What has to be typed before anything is destroyed: the id of an installed host, else the name of the disk.
pub fn to_confirm(model: &Model) -> Vec<String> {
    let all = model.disk().into_iter().chain(storage::further(model));
    let disks = all.filter(|disk| disk::holds_something(disk));
    let word = |disk: &crate::machine::Disk| match disk.owner() {
        Some(firn) => firn.short_id().to_lowercase(),
        None => disk.name.clone(),
    };
    let mut words: Vec<String> = disks.map(word).collect();
    // All disks of a host have its id.
    words.dedup();
    words
}

/// Whether everything that is to be destroyed was named.
pub fn confirmed(model: &Model) -> bool {
    let typed: BTreeSet<_> = words(model.form.text(CONFIRM))
        .map(str::to_lowercase)
        .collect();
    let wanted = to_confirm(model);
    wanted
        .iter()
        .all(|word| typed.contains(&word.to_lowercase()))
}

/// Begins the installation.
fn install(model: &mut Model) -> Vec<Effect> {
    // The machine is being looked at anew: what was decided may count no more in a moment.
    if model.busy.is_some() {
        return Vec::new();
    }
    if !confirmed(model) {
        let names = to_confirm(model).join(" ");
        let text = say!("page-summary-not-confirmed", names = names);
        model.form.errors.insert(CONFIRM, text);
        model.form.focus = Some(CONFIRM);
        return Vec::new();
    }
    begin(model)
}

/// Begins what has been planned and confirmed.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let Some(Ok(plan)) = model.plan.clone() else {
        return Vec::new();
    };
    model.run = Run {
        started: model.now,
        title: say!("page-progress-beginning"),
        ..Run::default()
    };
    let secrets = Secrets::from(&model.answers);
    let task = Task::Execute(Box::new(plan), secrets);
    let effects = vec![Effect::Show(Page::Progress), start(model, task)];
    model.run.ticket = model.number;
    effects
}

fn plan_lines(model: &Model, plan: &Plan, columns: usize) -> Vec<Line<'static>> {
    let doomed = plan.destroyed().len();
    let mut lines = Vec::new();
    for (n, sentence) in plan.describe().into_iter().enumerate() {
        let (sign, style) = match n < doomed {
            true => ("!", theme::bad()),
            false => ("•", Style::new()),
        };
        if n > 0 && n == doomed {
            lines.push(Line::default());
        }
        point(&mut lines, sign, &model.say(sentence), style, columns);
    }
    for text in also(model) {
        let text = sentence(&model.say(text));
        point(&mut lines, "•", &text, Style::new(), columns);
    }
    lines
}

/// A wrapped sentence behind a sign.
fn point(lines: &mut Vec<Line<'static>>, sign: &str, text: &str, style: Style, columns: usize) {
    let wrapped = wrap(text, columns.saturating_sub(2));
    for (n, text) in wrapped.into_iter().enumerate() {
        let sign = if n == 0 {
            format!("{sign} ")
        } else {
            "  ".into()
        };
        let sign_style = if style == Style::new() {
            theme::accent()
        } else {
            style
        };
        lines.push(Line::from(vec![
            Span::styled(sign, sign_style),
            Span::styled(text, style),
        ]));
    }
}

/// What the plan does not say because it does not decide it.
fn also(model: &Model) -> Vec<Text> {
    let answers = &model.answers;
    let clock = match &answers.time.ntp {
        Ntp::Dhcp => say!("page-summary-clock-dhcp"),
        Ntp::None => say!("page-summary-clock-none"),
        Ntp::Servers(servers) => say!("page-summary-clock-by", servers = servers.join(", ")),
    };
    let (keyboard, zone) = place(answers);
    let mut list = vec![say!(
        "page-summary-place",
        keyboard = keyboard,
        zone = zone,
        clock = clock
    )];
    list.extend(addresses(&answers.network));
    if !answers.checks.skip.is_empty() {
        let names = answers.checks.skip.join(", ");
        list.push(say!("page-summary-in-spite", names = names));
    }
    list
}

/// What people call the keyboard and the time zone.
fn place(answers: &Answers) -> (&str, &str) {
    let keyboard = firn_config::keyboards().find(|known| known.name == answers.keyboard);
    let zone = firn_config::timezones().find(|known| known.name == answers.timezone);
    let title = |names: Names| names.in_language(answers.language);
    (
        keyboard.map_or(&answers.keyboard, |known| title(known.title)),
        zone.map_or(&answers.timezone, |known| title(known.title)),
    )
}

/// Gateways and name servers, where they were given.
fn addresses(network: &Network) -> Option<Text> {
    let v4 = match &network.ipv4 {
        Ipv4::Static { gateway, .. } => gateway.map(|gateway| gateway.to_string()),
        _ => None,
    };
    let v6 = match &network.ipv6 {
        Ipv6::Static { gateway, .. } => gateway.map(|gateway| gateway.to_string()),
        _ => None,
    };
    let gateways: Vec<_> = v4.into_iter().chain(v6).collect();
    let dns: Vec<_> = network.dns.iter().map(ToString::to_string).collect();
    let mut parts = Vec::new();
    if !gateways.is_empty() {
        let list = gateways.join(", ");
        parts.push(say!("page-summary-gateway", list = list));
    }
    if !dns.is_empty() {
        parts.push(say!("page-summary-dns", list = dns.join(", ")));
    }
    if !network.search.is_empty() {
        let list = network.search.join(", ");
        parts.push(say!("page-summary-search", list = list));
    }
    (!parts.is_empty()).then(|| Text::join(parts, "; "))
}

fn problem_lines(model: &Model, problems: &[Problem], columns: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<_> = wrap(&model.say(say!("page-summary-problems")), columns)
        .into_iter()
        .map(|line| Line::styled(line, theme::warn()))
        .collect();
    lines.push(Line::default());
    for problem in problems {
        let text = format!("{}: {}", problem.name, model.say(problem.text.clone()));
        point(&mut lines, "!", &text, theme::warn(), columns);
    }
    lines
}
