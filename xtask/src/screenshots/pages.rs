//! The table of pages: what to press, what must then be on the screen, and the picture's name.

/// The size of a session's disk.
pub const DISK_BYTES: u64 = 480_000_000_000;
/// So many words at the beginning of a sentence are looked for.
pub const WORDS: usize = 5;
/// A picture must not be larger, in bytes.
pub const LIMIT: usize = 60 * 1024;
/// Pictures that documents outside of `docs/screens` show: from there, to `docs/`.
pub const README: &[(&str, &str)] = &[("en/08-disk.png", "wizard.png")];

/// The disk of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// With nothing on it.
    Empty,
    /// What an earlier session has installed.
    Installed,
    /// Empty, and these sectors cannot be written.
    Faulty(u64),
}

/// One start of the ISO.
#[derive(Debug)]
pub struct Session {
    /// For logs and `--session`.
    pub name: &'static str,
    /// The disk to install on.
    pub disk: Disk,
    /// The pages in their order.
    pub shots: &'static [Shot],
}

/// One page.
#[derive(Debug)]
pub struct Shot {
    /// The picture's name; what begins with `-` is only a step on the way, without a picture.
    pub name: &'static str,
    /// `id:` and the id of a sentence (see `words/`), or a text: the page is there when its first words are on the screen.
    pub shows: &'static str,
    /// What to press on the page before, in the language of [`super::keys`].
    pub keys: &'static str,
}

impl Shot {
    /// The name of the picture, if one is taken.
    pub fn picture(&self) -> Option<&'static str> {
        (!self.name.starts_with('-')).then_some(self.name)
    }
}

const fn shot(name: &'static str, shows: &'static str, keys: &'static str) -> Shot {
    Shot { name, shows, keys }
}

/// What the first page says before anybody has chosen a language.
const START: &str = "Welcome to Firn";

/// All sessions, in their order.
pub static SESSIONS: &[Session] = &[
    Session {
        name: "install",
        disk: Disk::Empty,
        shots: &[
            shot("-start", START, ""),
            shot("01-language", "id:page-language-intro", "<language>"),
            shot("02-keyboard", "id:page-keyboard-intro", "<on>"),
            shot("03-menu", "id:page-menu-install-what", "<on>"),
            shot("04-load-a-driver", "id:page-drivers-intro", "down ret"),
            shot(
                "05-hardware-report",
                "id:page-report-hardware",
                "esc down*2 ret",
            ),
            shot("06-support", "id:page-save-support", "esc down ret"),
            shot("07-checks", "id:page-checks-intro", "esc up*4 <on>"),
            shot("08-disk", "id:page-disk-intro", "<on>"),
            shot("09-help", "id:page-disk-help-grey", "f1"),
            shot("10-storage", "id:page-storage-intro", "esc <on>"),
            shot("11-network", "id:page-network-intro", "<on>"),
            shot("12-addresses", "id:page-addresses-intro", "<on>"),
            shot("13-host-name", "id:page-host-name-intro", "<on>"),
            shot("14-time", "id:page-time-intro", "'xen1.example.net' <on>"),
            shot("15-login", "id:page-login-intro", "<on>"),
            shot(
                "16-summary",
                "id:page-summary-intro",
                "'quite some snow 1' ret 'quite some snow 1' <on>",
            ),
            shot("17-save-answers", "id:page-save-answers", "shift-tab ret"),
            shot("-summary", "id:page-summary-intro", "esc"),
            shot("18-progress", "id:page-progress-title", "tab ret"),
            shot("19-done", "id:page-done-title", ""),
        ],
    },
    Session {
        name: "repair",
        disk: Disk::Installed,
        shots: &[
            shot("-start", START, ""),
            shot("-language", "id:page-language-intro", "<language>"),
            shot("-keyboard", "id:page-keyboard-intro", "<on>"),
            shot("-menu", "id:page-menu-install-what", "<on>"),
            shot("20-repair", "id:page-repair-intro", "down*2 ret"),
            shot("21-repair-a-host", "id:page-repair-boot-what", "ret"),
            shot("22-repaired", "id:page-report-title", "ret"),
            shot("-checks", "id:page-checks-intro", "esc*3 up*2 <on>"),
            shot("23-disk-with-firn", "id:page-disk-intro", "<on>"),
        ],
    },
    Session {
        name: "failure",
        // In the host's LVM, which is made last but one.
        disk: Disk::Faulty((2 + 512 + 1024 + 1024) * 2048 + 8),
        shots: &[
            shot("-start", START, ""),
            shot("-language", "id:page-language-intro", "<language>"),
            shot("-keyboard", "id:page-keyboard-intro", "<on>"),
            shot("-menu", "id:page-menu-install-what", "<on>"),
            shot("-checks", "id:page-checks-intro", "<on>"),
            shot("-disk", "id:page-disk-intro", "<on>"),
            shot("-storage", "id:page-storage-intro", "<on>"),
            shot("-network", "id:page-network-intro", "<on>"),
            shot("-addresses", "id:page-addresses-intro", "<on>"),
            shot("-host-name", "id:page-host-name-intro", "<on>"),
            shot("-time", "id:page-time-intro", "'xen1.example.net' <on>"),
            shot("-login", "id:page-login-intro", "<on>"),
            shot(
                "-summary",
                "id:page-summary-intro",
                "'quite some snow 1' ret 'quite some snow 1' <on>",
            ),
            shot("-progress", "id:page-progress-title", "tab ret"),
            shot("24-failed", "id:page-failed-title", ""),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use firn_words::{Language, Text};

    #[test]
    fn every_sentence_that_is_looked_for_is_written() {
        for shot in SESSIONS.iter().flat_map(|session| session.shots) {
            if let Some(id) = shot.shows.strip_prefix("id:") {
                let text = Text::said(id).in_language(Language::De);
                assert_ne!(text, format!("<{id}>"), "{}", shot.name);
            }
        }
    }

    #[test]
    fn the_readme_shows_a_picture_of_the_table() {
        let names: Vec<String> = SESSIONS
            .iter()
            .flat_map(|session| session.shots)
            .filter_map(Shot::picture)
            .map(|name| format!("en/{name}.png"))
            .collect();
        for (from, _) in README {
            assert!(names.iter().any(|name| name == from), "{from}");
        }
        let mut unique = names.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
    }
}
