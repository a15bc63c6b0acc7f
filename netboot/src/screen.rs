//! The live table on a terminal.

mod keys;
mod view;

use crate::http::App;
use anyhow::{Context, Result};
use jiff::Timestamp;
use keys::{Act, act};
use ratatui::crossterm::event::{self, Event as Input, KeyEventKind};
use std::time::Duration;
use view::Model;

/// How often the times are drawn anew.
const TICK: Duration = Duration::from_millis(250);

/// Shows the table until somebody ends it; the terminal is then as it was. A thread of its own, since it waits for keys.
///
/// # Errors
/// When the terminal cannot be drawn on.
pub async fn show(site: App, title: String) -> Result<()> {
    let shown = tokio::task::spawn_blocking(move || {
        let mut terminal = ratatui::try_init().context("taking over the terminal")?;
        let result = run(&mut terminal, &site, title);
        ratatui::try_restore().context("giving the terminal back")?;
        result
    });
    shown.await.context("drawing the table")?
}

/// Gives the terminal back, whatever state it is in.
pub fn restore() {
    ratatui::restore();
}

fn run(terminal: &mut ratatui::DefaultTerminal, site: &App, title: String) -> Result<()> {
    let mut model = Model::new(title, site.settings.approve);
    loop {
        model.look(site.machines(), site.trouble(), Timestamp::now());
        terminal
            .draw(|frame| view::draw(frame, &mut model))
            .context("drawing the table")?;
        if !event::poll(TICK).context("waiting for keys")? {
            continue;
        }
        let Input::Key(key) = event::read().context("reading a key")? else {
            continue;
        };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        match act(key, &mut model) {
            Act::Nothing => {}
            Act::Tell(events) => events.iter().for_each(|event| site.tell(event)),
            Act::End => return Ok(()),
        }
    }
}
