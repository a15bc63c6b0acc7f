//! What happens, written down: JSON lines for programs, plain lines for people.

use firn_visible::visible_lines;
use serde::Serialize;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Two open files. One that cannot be written stops nothing.
pub struct Journal {
    json: Option<File>,
    log: Option<File>,
}

impl Journal {
    /// Opens both files, to append: one JSON object a line, and the same for people.
    pub fn open(json_lines: &str, log: &str) -> Self {
        let open = |path: &str| {
            fs::create_dir_all(Path::new(path).parent()?).ok()?;
            OpenOptions::new().create(true).append(true).open(path).ok()
        };
        Self {
            json: open(json_lines),
            log: open(log),
        }
    }

    /// Writes an event to the file for programs, and what people are told of it to theirs.
    pub fn write(&mut self, event: &impl Serialize, text: Option<&str>) {
        if let (Some(file), Ok(json)) = (&mut self.json, serde_json::to_string(event)) {
            let _ = writeln!(file, "{json}");
        }
        if let Some(text) = text {
            self.line(text);
        }
    }

    /// Writes a line to the log for people.
    pub fn line(&mut self, text: &str) {
        if let Some(file) = &mut self.log {
            let _ = writeln!(file, "{}", visible_lines(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_get_their_line_and_a_missing_folder_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (json, log) = (path("a/json"), path("a/log"));
        let mut journal = Journal::open(&json, &log);
        journal.write(&["x"], None);
        journal.write(&["y"], Some("told \u{7}"));
        assert_eq!(fs::read_to_string(json).unwrap(), "[\"x\"]\n[\"y\"]\n");
        assert_eq!(fs::read_to_string(log).unwrap(), "told \\x07\n");
        Journal::open("/proc/no/json", "/proc/no/log").write(&["z"], Some("z"));
    }
}
