//! The time zone, and who tells the host the time.

use crate::wizard::ask::{ask, start};
use crate::wizard::behaviour::{About, Behaviour, Errors, Event, Sheet, note, picker, words};
use crate::wizard::catalog::{self, zone_for_keyboard};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::task::{Ability, Reply, Task};
use firn_config::{Ntp, check_ntp_server, check_once, check_timezone};
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Picker of time zones.
pub const ZONE: Control = Control::picker(catalog::ZONES);
/// Where the time comes from.
pub const NTP: Control = Control::choice("ntp", 3);
/// NTP servers.
pub const SERVERS: Control = Control::text("ntp-servers");
/// The time, typed by hand.
pub const CLOCK: Control = Control::text("clock");

/// The page.
#[derive(Debug, Default)]
pub struct Time {
    /// How late it is in the marked time zone.
    there: Option<String>,
    /// The last task that was to find it out: threads may answer in another order.
    asked: u64,
}

impl Behaviour for Time {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-time-title"),
            intro: Some(say!("page-time-intro")),
            help: vec![
                say!("page-time-help-zone"),
                say!("page-time-help-ntp"),
                say!("page-time-help-clock"),
            ],
            ..About::default()
        }
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        match model.form.choice(NTP) {
            1 => vec![ZONE, NTP, SERVERS],
            2 if model.can(Ability::SetClock) => vec![ZONE, NTP, CLOCK],
            _ => vec![ZONE, NTP],
        }
    }

    fn preselect(&self, model: &mut Model) {
        let zone = model.answers.timezone.clone();
        model.mark_entry(ZONE, &zone);
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Arrive => Some(self.arrive(model)),
            Event::Second => Some(self.second(model)),
            Event::AfterKey => Some(self.second(model)),
            Event::Reply(number, Reply::Time(time)) => {
                if number == self.asked {
                    self.there = time;
                }
                Some(Vec::new())
            }
            Event::Reply(_, reply) => Some(self.reply(model, reply)),
            Event::GoOn => self.hold(model),
            _ => None,
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        match model.entry(ZONE).map(|entry| entry.value.to_owned()) {
            Some(zone) => {
                if note(&mut errors, ZONE, check_timezone(&zone)).is_some() {
                    model.answers.timezone = zone;
                }
            }
            None => errors.push((ZONE, say!("page-time-no-match"))),
        }
        let ntp = match model.form.choice(NTP) {
            0 => Some(Ntp::Dhcp),
            1 => note(&mut errors, SERVERS, servers(model.form.text(SERVERS))).map(Ntp::Servers),
            _ => Some(Ntp::None),
        };
        if let Some(ntp) = ntp {
            model.answers.time.ntp = ntp;
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        let below = sheet.measure(|sheet| self.clock(sheet, self.controls(model)));
        picker(sheet, ZONE, say!("page-time-zone"), below, 34);
        self.clock(sheet, self.controls(model));
    }
}

impl Time {
    fn arrive(&mut self, model: &mut Model) -> Vec<Effect> {
        self.there = None;
        self.second(model)
    }

    /// How late it is in the marked zone.
    fn second(&mut self, model: &mut Model) -> Vec<Effect> {
        let Some(zone) = model.entry(ZONE).map(|entry| entry.value.to_owned()) else {
            (self.there, self.asked) = (None, 0);
            return Vec::new();
        };
        let effect = start(model, Task::Time(zone));
        self.asked = model.number;
        vec![effect]
    }

    /// A clock that is to be set by hand is set before going on.
    fn hold(&self, model: &mut Model) -> Option<Vec<Effect>> {
        let text = model.form.text(CLOCK).to_owned();
        if text.is_empty() || !self.controls(model).contains(&CLOCK) || !self.in_order(model) {
            return None;
        }
        let busy = say!("page-time-setting");
        Some(ask(model, Task::SetClock(text), busy))
    }

    /// Stays on the page: its clock shows what came of it.
    fn reply(&mut self, model: &mut Model, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Done(Ok(text)) => {
                // What was typed is the past by now.
                model.form.texts.remove(&CLOCK);
                model.told = Some(text);
                model.form.focus = Some(Control::button(Button::Next));
            }
            Reply::Done(Err(text)) => {
                model.form.errors.insert(CLOCK, text);
                model.form.focus = Some(CLOCK);
            }
            // Asking at once again would break down again.
            Reply::Lost(_) => return Vec::new(),
            _ => {}
        }
        self.second(model)
    }

    /// How late it is, and who sets the clock.
    fn clock(&self, sheet: &mut Sheet, fields: Vec<Control>) {
        let label = fit(&sheet.say(say!("page-time-there")), 16);
        let time = self.there.clone().unwrap_or_default();
        sheet.line(Line::from(vec![
            Span::raw(format!("  {label} ")),
            Span::styled(time, theme::title()),
        ]));
        sheet.blank();
        let options = [
            say!("page-time-dhcp"),
            say!("page-time-own"),
            say!("page-time-none"),
        ];
        sheet.choice(NTP, say!("page-time-ntp"), &options);
        if fields.contains(&CLOCK) {
            let example = say!("page-example", text = "2026-11-23 16:30");
            sheet.field(CLOCK, say!("page-time-clock"), Some(example));
            sheet.indented(19, say!("page-time-clock-what"), Style::new());
        }
        if fields.contains(&SERVERS) {
            let example = say!("page-example", text = "0.pool.ntp.org 1.pool.ntp.org");
            sheet.field(SERVERS, say!("page-time-servers"), Some(example));
        }
    }
}

/// Marks the time zone that a keyboard's country most likely has, as long as nobody has chosen one. The American layout is
/// everywhere and says nothing.
pub fn guess(model: &mut Model, layout: &str) {
    if layout == "us" || model.form.moved.contains(&ZONE) {
        return;
    }
    if let Some(zone) = zone_for_keyboard(layout) {
        model.mark_entry(ZONE, zone);
    }
}

fn servers(text: &str) -> Result<Vec<String>, Text> {
    let mut list = Vec::new();
    for word in words(text) {
        check_ntp_server(word)?;
        list.push(word.to_owned());
    }
    if list.is_empty() {
        return Err(say!("page-time-no-server"));
    }
    check_once(&list)?;
    Ok(list)
}
