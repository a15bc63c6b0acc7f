//! The host is installed.

use super::super::control::{Button, Control};
use super::super::model::Model;
use super::super::page::Page;
use super::super::view::Sheet;
use super::Behaviour;
use firn_tui::text::clock;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The page.
pub struct Done;

impl Behaviour for Done {
    fn title(&self) -> Text {
        say!("page-done-title")
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-ends-help")]
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::PowerOff, Button::Restart]
    }

    fn first_focus(&self, _model: &Model) -> Option<Control> {
        Some(Control::button(Button::Restart))
    }

    fn back(&self, _model: &Model) -> Option<Page> {
        None
    }

    fn hints(&self, _model: &Model) -> Option<Text> {
        Some(say!("keys-buttons"))
    }

    fn view(&self, sheet: &mut Sheet) {
        let run = &sheet.model.run;
        let Some(Ok(done)) = &run.end else {
            return;
        };
        let took = clock(run.ended.saturating_sub(run.started));
        let installed = sheet.say(say!("page-done-installed", name = &done.hostname));
        let took = sheet.say(say!("page-done-took", time = took));
        sheet.line(Line::from(vec![
            Span::styled(format!("{} ", theme::DONE), theme::good()),
            Span::styled(installed, theme::title()),
            Span::styled(format!("   {took}"), theme::dim()),
        ]));
        sheet.blank();
        if done.addresses.is_empty() {
            sheet.text(say!("page-done-no-address"), Style::new());
        } else {
            sheet.text(say!("page-done-find"), Style::new());
            sheet.blank();
            for address in &done.addresses {
                sheet.line(Line::from(vec![
                    Span::raw("    ssh root@"),
                    Span::styled(address.clone(), theme::accent()),
                ]));
            }
        }
        sheet.blank();
        for warning in &done.warnings {
            let warning = sheet.say(warning.clone());
            sheet.text(format!("! {warning}"), theme::warn());
        }
        if !done.warnings.is_empty() {
            sheet.blank();
        }
        sheet.text(medium(sheet.model), Style::new());
    }
}

/// What becomes of the medium, so that the machine does not start from it again.
fn medium(model: &Model) -> Text {
    let kind = match model.machine.medium.as_deref() {
        Some(cd) if cd.starts_with("sr") => "cd",
        Some(_) => "stick",
        None => "network",
    };
    say!("page-done-medium", kind = kind)
}
