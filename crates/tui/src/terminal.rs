//! The terminal below the pages: size, suspension for a shell.

use crate::ansi::Ansi;
use crate::theme::Theme;
use anyhow::Context;
use ratatui::Terminal;
use ratatui::crossterm::cursor::{self, MoveTo, Show};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, enable_raw_mode};
use rustix::termios::{Winsize, tcgetwinsize, tcsetwinsize};
use std::io::stdout;
use std::process::Command;

/// What a terminal of unknown size is taken for.
const USUAL: (u16, u16) = (80, 24);
/// Sizes beyond these are no answer of a terminal.
const SANE: std::ops::RangeInclusive<u16> = 16..=1000;

/// What the terminal can show. A serial line may end in anything, so it gets nothing but ASCII.
pub fn theme(serial: bool) -> Theme {
    let term = std::env::var("TERM").unwrap_or_default();
    let plain = ["dumb", "vt1", "vt2", "vt3"]
        .iter()
        .any(|old| term.starts_with(old));
    Theme {
        ascii: serial || term == "dumb",
        mono: (plain && !serial) || std::env::var_os("NO_COLOR").is_some(),
    }
}

/// Takes the terminal over.
///
/// # Errors
/// When standard input or output is none.
pub fn open() -> anyhow::Result<Terminal<Ansi>> {
    assume_size();
    ratatui::try_init().context("taking over the terminal")?;
    // The kernel's console has no second screen: what was said during the start would shine through.
    execute!(stdout(), Clear(ClearType::All)).context("emptying the screen")?;
    Terminal::new(Ansi::new()).context("taking the terminal")
}

/// Takes the terminal over once more: a panic on a thread has given it back.
///
/// # Errors
/// When it cannot be written.
pub fn retake() -> anyhow::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen)?;
    Ok(())
}

/// A serial line does not know how large the terminal at its other end is.
fn assume_size() {
    if tcgetwinsize(stdout()).is_ok_and(|size| size.ws_col == 0 || size.ws_row == 0) {
        set_size(USUAL.0, USUAL.1);
    }
}

fn set_size(columns: u16, lines: u16) {
    let size = Winsize {
        ws_col: columns,
        ws_row: lines,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    // A terminal that refuses keeps its size, and everything works with that.
    let _ = tcsetwinsize(stdout(), size);
}

/// Asks the terminal at the other end of a serial line how large it is: the cursor goes as far as it can and says where
/// that is. A terminal that does not answer within two seconds keeps the size that it had.
pub fn ask_size() {
    let answer = execute!(stdout(), MoveTo(998, 998)).and_then(|()| cursor::position());
    if let Ok((column, line)) = answer
        && SANE.contains(&(column + 1))
        && SANE.contains(&(line + 1))
    {
        set_size(column + 1, line + 1);
    }
}

/// Empties the screen, so that the next picture is drawn whole. Not with `Terminal::clear`: that asks the terminal where its
/// cursor is, and fails at a serial line that does not answer.
///
/// # Errors
/// When the terminal is gone.
pub fn blank(terminal: &mut Terminal<Ansi>) -> anyhow::Result<()> {
    execute!(stdout(), Clear(ClearType::All)).context("emptying the screen")?;
    *terminal = Terminal::new(Ansi::new()).context("taking the terminal")?;
    Ok(())
}

/// Gives the terminal to a shell, after a sentence about it, and takes it back when that has ended.
///
/// # Errors
/// When the terminal cannot be taken back, or there is no shell.
pub fn shell(terminal: &mut Terminal<Ansi>, greeting: &str) -> anyhow::Result<()> {
    ratatui::restore();
    let _ = execute!(stdout(), Show, MoveTo(0, 0));
    println!("\n{greeting}\n");
    let ended = Command::new("/bin/bash")
        .arg("--login")
        .status()
        .context("starting /bin/bash");
    *terminal = open()?;
    ended.map(|_| ())
}
