//! The time zone, and who tells the host the time.

use super::super::catalog::Subject;
use super::super::control::Control;
use super::super::model::Model;
use super::super::view::Sheet;
use super::{Behaviour, Errors, note, words};
use firn_config::{Ntp, check_ntp_server, check_timezone};
use firn_words::{Text, say};

/// Picker of time zones.
pub const ZONE: Control = Control::picker("zone", Subject::Zones);
/// Where the time comes from.
pub const NTP: Control = Control::choice("ntp", 3);
/// NTP servers.
pub const SERVERS: Control = Control::text("ntp-servers");

/// The page.
pub struct Time;

impl Behaviour for Time {
    fn title(&self) -> Text {
        say!("page-time-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-time-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-time-help-zone"), say!("page-time-help-ntp")]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if model.choice(NTP) == 1 {
            vec![ZONE, NTP, SERVERS]
        } else {
            vec![ZONE, NTP]
        }
    }

    fn preselect(&self, model: &mut Model) {
        let zone = model.answers.timezone.clone();
        model.mark_entry(ZONE, &zone);
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        match model.entry(ZONE).map(|entry| entry.value.clone()) {
            Some(zone) => {
                if note(&mut errors, ZONE, check_timezone(&zone)).is_some() {
                    model.answers.timezone = zone;
                }
            }
            None => errors.push((ZONE, say!("page-time-no-match"))),
        }
        let ntp = match model.choice(NTP) {
            0 => Some(Ntp::Dhcp),
            1 => note(&mut errors, SERVERS, servers(model.text(SERVERS))).map(Ntp::Servers),
            _ => Some(Ntp::None),
        };
        if let Some(ntp) = ntp {
            model.answers.time.ntp = ntp;
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let own = sheet.model.choice(NTP) == 1;
        let errors = sheet.model.errors.len();
        let others = 2 + usize::from(own) + errors;
        sheet.picker(ZONE, say!("page-time-zone"), others, 34);
        sheet.blank();
        let options = [
            say!("page-time-dhcp"),
            say!("page-time-own"),
            say!("page-time-none"),
        ];
        sheet.choice(NTP, say!("page-time-ntp"), &options);
        if own {
            let example = say!("page-example", text = "0.pool.ntp.org 1.pool.ntp.org");
            sheet.field(SERVERS, say!("page-time-servers"), Some(example));
        }
    }
}

/// Marks the time zone that a keyboard's country most likely has, as long as nobody has chosen one. The American layout is
/// everywhere and says nothing.
pub fn guess(model: &mut Model, layout: &str) {
    if layout == "us" || model.moved.contains(&ZONE) {
        return;
    }
    if let Some(zone) = model.catalog.zone_for_keyboard(layout).map(str::to_owned) {
        model.mark_entry(ZONE, &zone);
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
    Ok(list)
}
