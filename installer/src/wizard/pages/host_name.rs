//! What the host is called.

use super::super::control::Control;
use super::super::model::Model;
use super::super::view::Sheet;
use super::{Behaviour, Errors, note};
use firn_config::check_host_name;
use firn_words::{Text, say};
use ratatui::style::Style;

/// The name.
pub const NAME: Control = Control::text("host-name");

/// The page.
pub struct HostName;

impl Behaviour for HostName {
    fn title(&self) -> Text {
        say!("page-host-name-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-host-name-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![say!("page-host-name-help")]
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        vec![NAME]
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        let name = model.form.text(NAME).to_owned();
        if name.is_empty() {
            return vec![(NAME, say!("page-host-name-empty"))];
        }
        if note(&mut errors, NAME, check_host_name(&name)).is_some() {
            model.answers.host.name = name;
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let example = say!("page-example", text = "xen1.example.net");
        sheet.field(NAME, say!("page-host-name-label"), Some(example));
        sheet.blank();
        sheet.indented(2, say!("page-host-name-rules"), Style::new());
    }
}
