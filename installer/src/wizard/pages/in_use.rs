//! What a console shows while another one has the wizard: who, and how far they are.

use super::super::model::Owner;
use super::super::view::Sheet;
use super::progress;
use crate::consoles::Console;
use firn_tui::theme;
use firn_words::say;
use ratatui::style::Style;

/// Fills the sheet.
pub fn view(sheet: &mut Sheet) {
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
