//! Events as lines for people, on a serial line.

use super::one_line;
use crate::execute::{Event, journal};

/// Turns events into lines for people.
#[derive(Default)]
pub struct Lines {
    title: String,
    percent: u8,
    /// The percentage of the last line.
    shown: u8,
}

impl Lines {
    /// The lines that an event is worth.
    pub fn next(&mut self, event: &Event) -> Vec<String> {
        match event {
            Event::Error { .. } | Event::Undone { .. } | Event::Left { .. } => {
                journal::failure_lines(event)
            }
            _ => self.line(event).into_iter().collect(),
        }
    }

    fn line(&mut self, event: &Event) -> Option<String> {
        match event {
            Event::Step { title, .. } => {
                self.title = title.to_string();
                Some(self.progress())
            }
            Event::Progress { percent } => {
                self.percent = *percent;
                // Each line costs time on a serial line: every five percent will do.
                if *percent < self.shown + 5 && *percent < 100 {
                    return None;
                }
                Some(self.progress())
            }
            Event::Warning { text } => Some(format!("warning: {}", one_line(&text.to_string()))),
            Event::Done {
                hostname,
                addresses,
            } => Some(journal::done_line(hostname, addresses)),
            _ => None,
        }
    }

    fn progress(&mut self) -> String {
        self.shown = self.percent;
        format!("firn: {}% {}", self.percent, self.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_words::Text;

    #[test]
    fn lines_for_a_serial_console() {
        let mut lines = Lines::default();
        let step = Event::Step {
            name: "slot".into(),
            n: 4,
            of: 8,
            title: "Copying the system".into(),
        };
        let events = [
            step,
            Event::Progress { percent: 3 },
            Event::Progress { percent: 12 },
            Event::Error {
                step: "slot".into(),
                text: Text::join(["reading x:".into(), "  input/output error".into()], "\n"),
                command: Some("mkfs.ext4 /dev/sda3".into()),
                status: Some("exit status: 1".into()),
                tail: vec!["one".into(), "two".into()],
            },
            Event::Undone {
                text: "removed the boot code".into(),
            },
            Event::Left {
                disk: "nothing starts from it".into(),
                todo: "try again".into(),
            },
            Event::Done {
                hostname: "xen1".into(),
                addresses: vec!["192.0.2.10".into()],
            },
        ];
        let text: Vec<_> = events.iter().flat_map(|e| lines.next(e)).collect();
        assert_eq!(
            text,
            [
                "firn: 0% Copying the system",
                "firn: 12% Copying the system",
                "failed: slot: reading x: input/output error",
                "command: mkfs.ext4 /dev/sda3",
                "status: exit status: 1",
                "said: one",
                "said: two",
                "undone: removed the boot code",
                "disk: nothing starts from it",
                "to do: try again",
                "done: xen1 at 192.0.2.10",
            ]
        );
    }
}
