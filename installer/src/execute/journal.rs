//! The installation's log in /run/firn: JSON lines for programs, plain lines for people.

use super::event::Event;
use firn_words::{visible, visible_lines};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

pub use firn_image::run::{INSTALL_EVENTS as JSON_LINES, INSTALL_LOG as LOG};

/// The two open files. A log that cannot be written stops nothing.
pub struct Journal {
    json: Option<File>,
    log: Option<File>,
}

impl Journal {
    /// Opens both files, to append.
    pub fn open() -> Self {
        let open = |path: &str| {
            fs::create_dir_all(Path::new(path).parent()?).ok()?;
            OpenOptions::new().create(true).append(true).open(path).ok()
        };
        Self {
            json: open(JSON_LINES),
            log: open(LOG),
        }
    }

    /// Writes one event to both.
    pub fn write(&mut self, event: &Event) {
        if let (Some(file), Ok(json)) = (&mut self.json, serde_json::to_string(event)) {
            let _ = writeln!(file, "{json}");
        }
        if let Some(text) = log_text(event) {
            self.line(&text);
        }
    }

    /// Writes a line to the log for people.
    pub fn line(&mut self, text: &str) {
        if let Some(file) = &mut self.log {
            let _ = writeln!(file, "{}", visible_lines(text));
        }
    }
}

/// What the log for people says about an event.
pub fn log_text(event: &Event) -> Option<String> {
    let lines = match event {
        Event::Error { .. } | Event::Undone { .. } | Event::Left { .. } => failure_lines(event),
        _ => vec![plain(event)?],
    };
    let lines: Vec<_> = lines.iter().map(|line| visible(line)).collect();
    Some(lines.join("\n"))
}

fn plain(event: &Event) -> Option<String> {
    Some(match event {
        Event::Step { n, of, title, .. } => format!("step {n} of {of}: {title}"),
        Event::Progress { .. } => return None,
        Event::Log { text } => format!("  {text}"),
        Event::Host { id, fingerprints } => host_line(id, fingerprints),
        Event::Warning { text } => format!("warning: {text}"),
        Event::Error { .. } | Event::Undone { .. } | Event::Left { .. } => return None,
        Event::Done {
            hostname,
            addresses,
        } => done_line(hostname, addresses),
    })
}

/// Who the host will be: id, and what an SSH client shows at the first login.
pub fn host_line(id: &str, fingerprints: &[String]) -> String {
    format!(
        "  the host's id is {id}, its SSH key {}",
        fingerprints.join(", ")
    )
}

/// The lines about a failure, each with its own word in front; the consoles and the log show the same.
pub fn failure_lines(event: &Event) -> Vec<String> {
    match event {
        Event::Error {
            step,
            text,
            command,
            status,
            tail,
        } => {
            let line = |word: &str, text: &str| format!("{word}: {}", one_line(text));
            let mut lines = vec![format!("failed: {step}: {}", one_line(&text.to_string()))];
            lines.extend(command.iter().map(|text| line("command", text)));
            lines.extend(status.iter().map(|text| line("status", text)));
            lines.extend(tail.iter().map(|text| line("said", text)));
            lines
        }
        Event::Undone { text } => vec![format!("undone: {}", one_line(&text.to_string()))],
        Event::Left { disk, todo } => vec![
            format!("disk: {}", one_line(&disk.to_string())),
            format!("to do: {}", one_line(&todo.to_string())),
        ],
        _ => Vec::new(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last line of a success: `done: xen1 at 192.0.2.10, 2001:db8::10`.
pub fn done_line(hostname: &str, addresses: &[String]) -> String {
    if addresses.is_empty() {
        return format!("done: {hostname} at (no address yet)");
    }
    format!("done: {hostname} at {}", addresses.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_success() {
        assert_eq!(
            done_line("xen1", &["10.0.2.15".into(), "fec0::1".into()]),
            "done: xen1 at 10.0.2.15, fec0::1"
        );
        assert_eq!(done_line("xen1", &[]), "done: xen1 at (no address yet)");
    }

    #[test]
    fn events_are_tagged() {
        let event = Event::Progress { percent: 7 };
        assert_eq!(
            serde_json::to_string(&event).unwrap(),
            r#"{"event":"progress","percent":7}"#
        );
    }
}
