//! A shell on a machine's serial line: the rescue shell of the ISO.

use anyhow::{Context, Result, bail};
use firn_lab::qemu::Console;
use std::time::Duration;

/// From power-on to GRUB's menu.
const MENU: Duration = Duration::from_secs(5 * 60);
/// From the menu to the shell's prompt. Emulation is slow.
const START: Duration = Duration::from_secs(15 * 60);
/// GRUB takes Ctrl-N for the next entry, also on a serial line, where arrow keys are three bytes that may be torn apart.
const NEXT: &str = "\u{e}";
/// The entry's place in the menu.
const RESCUE: usize = 2;

/// A shell that waits for commands.
pub struct Shell<'a>(&'a Console);

impl<'a> Shell<'a> {
    /// Picks the rescue shell in the ISO's menu and waits for its prompt.
    ///
    /// # Errors
    /// When menu or prompt do not come.
    pub fn rescue(console: &'a Console) -> Result<Self> {
        Self::choose(console)?;
        Self::prompt(console)
    }

    /// Picks the rescue shell in the ISO's menu.
    ///
    /// # Errors
    /// When the menu does not come.
    pub fn choose(console: &Console) -> Result<()> {
        console
            .wait_for("Start from the first disk", MENU)
            .context("the ISO's menu")?;
        console.send(&NEXT.repeat(RESCUE))?;
        console.send("\r")
    }

    /// Waits for the shell's prompt.
    ///
    /// # Errors
    /// When it does not come.
    pub fn prompt(console: &'a Console) -> Result<Self> {
        console
            .wait_for("# ", START)
            .context("the rescue shell's prompt")?;
        Ok(Self(console))
    }

    /// Runs one short command and returns what it said.
    ///
    /// # Errors
    /// When it fails, or does not end within `timeout`.
    pub fn run(&self, command: &str, timeout: Duration) -> Result<String> {
        self.send(command)?;
        let end = self.0.wait_line(&[END], timeout);
        // What was said before the end is looked for in everything: waiting for a line skips what came before it.
        let end = end.with_context(|| format!("running `{command}` in the rescue shell"))?;
        let text = self.0.text();
        let said = between(&text);
        match end.rsplit(':').next() {
            Some("0") => Ok(said.to_owned()),
            _ => bail!("in the rescue shell, `{command}` has failed: {said}"),
        }
    }

    /// Starts a command whose output is awaited elsewhere.
    ///
    /// # Errors
    /// When the line is closed.
    pub fn send(&self, command: &str) -> Result<()> {
        // The marks are torn apart in what is typed, so that the echo of the line does not count as one.
        self.0.send(&format!(
            " echo bench-''begin; {command}; echo bench-''end:$?\r"
        ))
    }
}

const BEGIN: &str = "bench-begin\n";
const END: &str = "bench-end:";

/// What the last command has said.
fn between(text: &str) -> &str {
    let begin = text.rfind(BEGIN).map_or(0, |at| at + BEGIN.len());
    let rest = &text[begin..];
    rest[..rest.find(END).unwrap_or(rest.len())].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_echo_is_no_mark() {
        let text = "# echo bench-''begin; ls; echo bench-''end:$?\nbench-begin\nold\nbench-end:0\n\
            # echo bench-''begin; id; echo bench-''end:$?\nbench-begin\none\ntwo\nbench-end:0\n# ";
        assert_eq!(between(text), "one\ntwo");
    }
}
