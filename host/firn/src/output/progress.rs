//! How far long work is, on standard error: a bar that moves on a terminal, else a line for each step.

use super::figures::disk;
use super::note;
use firn_api::{Stage, Task};
use firn_words::{Language, say};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::Duration;

const TASK: &str = "{spinner} {msg} {wide_bar} {percent:>3} %";
const BYTES: &str =
    "{spinner} {msg} {wide_bar} {decimal_bytes} / {decimal_total_bytes}, {decimal_bytes_per_sec}";
const WAIT: &str = "{spinner} {msg} ({elapsed})";
/// Between two pictures of what turns.
const TURN: Duration = Duration::from_millis(120);

/// What shows how far a piece of work is; it goes with its value.
pub struct Progress {
    bar: Option<ProgressBar>,
    /// The last line that was written where there is no bar.
    last: String,
    language: Language,
}

impl Progress {
    /// The progress of a task.
    pub fn of_task(language: Language) -> Self {
        Self::new(TASK, 100, language)
    }

    /// The progress of sending so many bytes.
    pub fn of_bytes(name: &str, size: u64, language: Language) -> Self {
        let mut progress = Self::new(BYTES, size, language);
        let text = say!("command-sending", file = name, size = disk(size));
        progress.say(text.in_language(language));
        progress
    }

    /// Something is waited for, nobody knows how long.
    pub fn of_waiting(text: String, language: Language) -> Self {
        let mut progress = Self::new(WAIT, 1, language);
        progress.say(text);
        progress
    }

    fn new(template: &str, length: u64, language: Language) -> Self {
        let style = ProgressStyle::with_template(template);
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(length).with_style(style);
            bar.enable_steady_tick(TURN);
            bar
        });
        Self {
            bar,
            last: String::new(),
            language,
        }
    }

    /// The task is now as it says.
    pub fn task(&mut self, task: &Task) {
        if let Some(bar) = &self.bar {
            bar.set_position(task.percent.into());
        }
        if let Some(line) = task_line(task, self.language) {
            self.say(line);
        }
    }

    /// So many bytes are sent.
    pub fn bytes(&mut self, sent: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(sent);
        }
    }

    fn say(&mut self, line: String) {
        match &self.bar {
            Some(bar) => bar.set_message(line),
            None if line != self.last => {
                note(&line);
                self.last = line;
            }
            None => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// What a task does just now, in a line; nothing before it has a step and when it is over.
fn task_line(task: &Task, language: Language) -> Option<String> {
    let text = match (task.stage, &task.doing) {
        (Stage::Queued, _) => say!("command-queued"),
        (Stage::Running, Some(doing)) => {
            let doing = doing.told(language);
            say!(
                "command-step",
                step = task.step.to_string(),
                steps = task.steps.to_string(),
                doing = doing
            )
        }
        _ => return None,
    };
    Some(text.in_language(language))
}
