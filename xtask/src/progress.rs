//! What people see of a build: a line for each step with its time, a table at the end.

use crate::step::Output;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

/// The line of one running step: it lives on a terminal and is plain elsewhere.
pub struct Line {
    title: String,
    bar: Option<ProgressBar>,
}

impl Line {
    /// Shows that a step has begun.
    pub fn start(number: usize, of: usize, name: &str) -> Self {
        let title = format!("[{number:>2}/{of}] {name}");
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner().with_message(title.clone());
            if let Ok(style) = ProgressStyle::with_template("{msg:<24} {spinner} {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { title, bar }
    }

    /// Shows that the step is done.
    pub fn finish(self, built: bool, time: Duration) {
        let how = if built { "built" } else { "cached" };
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        eprintln!("{:<24} {how:<7} {}", self.title, seconds(time));
    }
}

/// The table at the end: step, time, cached or built, size.
pub fn table(outputs: &BTreeMap<&'static str, Output>) -> String {
    let mut text = format!(
        "{:<14} {:>9}  {:<7} {:>10}\n",
        "step", "time", "how", "size"
    );
    for (name, output) in outputs {
        let how = if output.built { "built" } else { "cached" };
        let size = match output.path.is_file() {
            true => megabytes(&output.path),
            false => "folder".into(),
        };
        text += &format!(
            "{name:<14} {:>9}  {how:<7} {size:>10}\n",
            seconds(output.time)
        );
    }
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn megabytes(path: &Path) -> String {
    let bytes = path.metadata().map_or(0, |meta| meta.len());
    format!("{:.1} MB", bytes as f64 / 1e6)
}
