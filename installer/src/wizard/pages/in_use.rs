//! What a console shows while another one has the wizard: who, and how far they are.

use crate::consoles::Console;
use crate::wizard::behaviour::{About, Behaviour, Sheet};
use crate::wizard::control::Button;
use crate::wizard::model::{Model, Owner};
use crate::wizard::page::Page;
use crate::wizard::pages::progress;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;

/// The page.
#[derive(Debug, Default)]
pub struct InUse;

impl Behaviour for InUse {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-in-use-title"),
            help: vec![say!("page-progress-help")],
            ..About::default()
        }
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        Vec::new()
    }

    fn back(&self, _model: &Model) -> Option<Page> {
        None
    }

    fn hints(&self, _model: &Model) -> Option<Text> {
        Some(say!("keys-redraw"))
    }

    fn view(&self, sheet: &mut Sheet) {
        let Owner::Other(console) = &sheet.model.owner else {
            return;
        };
        let by = if Console::new(console).is_serial() {
            say!("page-in-use-by-serial", console = console)
        } else {
            say!("page-in-use-by-screen")
        };
        sheet.text(by, Style::new());
        sheet.blank();
        let run = &sheet.model.run;
        match (&run.end, run.of) {
            (Some(Ok(done)), _) => {
                sheet.text(
                    say!("page-in-use-done", name = &done.hostname),
                    theme::good(),
                );
                sheet.text(done.addresses.join(", "), theme::good());
            }
            (_, 0) => sheet.text(say!("page-in-use-nothing-yet"), Style::new()),
            _ => {
                progress::step(sheet);
                sheet.blank();
                progress::gauge(sheet);
                sheet.blank();
                progress::log(sheet);
            }
        }
    }
}
