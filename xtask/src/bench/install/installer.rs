//! The installer as it runs in the rescue shell, timed by the lines that it says.

use crate::bench::shell::Shell;
use anyhow::{Context, Result, bail, ensure};
use firn_lab::qemu::Console;
use std::time::{Duration, Instant};

const INSTALL: Duration = Duration::from_secs(25 * 60);
const END: Duration = Duration::from_secs(3 * 60);
/// The installer's first step, the only one at 0 percent: now the answers are accepted.
const ACCEPTED: &str = "firn: 0% ";

/// Runs the installer; how long each of its steps took, by their titles.
///
/// # Errors
/// When it refuses or fails, or says nothing for long.
pub fn run(serial: &Console, shell: &Shell<'_>) -> Result<Vec<(String, Duration)>> {
    shell.send("firn-installer unattended --stdout --answers /run/bench/answers.toml")?;
    let ends = [ACCEPTED, "problem ", "failed: "];
    let line = serial.wait_line(&ends, INSTALL)?;
    ensure!(line.contains(ACCEPTED), "the installer says {line:?}");
    let mut steps = Vec::new();
    let mut begun = (title(&line).unwrap_or_default().to_owned(), Instant::now());
    let news = ["firn: ", "done: ", "failed: "];
    loop {
        let line = serial.wait_line(&news, INSTALL).context("installing")?;
        if line.starts_with("failed: ") {
            bail!("the installer says {line:?}");
        }
        let done = line.starts_with("done: ");
        let next = title(&line).unwrap_or_default();
        if done || next != begun.0 {
            let now = Instant::now();
            let before = std::mem::replace(&mut begun, (next.to_owned(), now));
            steps.push((before.0, now - before.1));
        }
        if done {
            serial.wait_line(&["bench-end:"], END)?;
            return Ok(steps);
        }
    }
}

/// The step's title in a line `firn: 17% Copying the system`.
fn title(line: &str) -> Option<&str> {
    line.split_once("% ").map(|(_, title)| title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_steps() {
        assert_eq!(
            title("firn: 17% Copying the system"),
            Some("Copying the system")
        );
        assert_eq!(title("firn: looking at the machine"), None);
    }
}
