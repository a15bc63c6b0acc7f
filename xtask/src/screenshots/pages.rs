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
    /// Whether pictures are taken along [`WAY`].
    pub pictures: bool,
    /// What is gone through.
    pub parts: &'static [Part],
}

/// A part of a session.
#[derive(Debug)]
pub enum Part {
    /// On along [`WAY`], as far as the page of this name.
    To(&'static str),
    /// A page beside the way, or after it. A detour must lead back to where it began.
    Beside(Shot),
}

impl Session {
    /// All its pages, in their order.
    pub fn shots(&self) -> Vec<Shot> {
        let mut way = WAY.iter();
        let mut shots = Vec::new();
        for part in self.parts {
            match part {
                Part::Beside(shot) => shots.push(*shot),
                Part::To(name) => {
                    for shot in way.by_ref() {
                        shots.push(Shot {
                            pictured: shot.pictured && self.pictures,
                            ..*shot
                        });
                        if shot.name == *name {
                            break;
                        }
                    }
                }
            }
        }
        shots
    }
}

/// One page.
#[derive(Debug, Clone, Copy)]
pub struct Shot {
    /// The picture's name.
    pub name: &'static str,
    /// `id:` and the id of a sentence (see `words/`), or a text: the page is there when its first words are on the screen.
    pub shows: &'static str,
    /// What to press on the page before, in the language of [`super::keys`].
    pub keys: &'static str,
    /// Whether a picture is taken; else the page is only a step on the way.
    pub pictured: bool,
    /// Whether the page goes on by itself: its first sight is kept.
    pub moving: bool,
}

const fn shot(name: &'static str, shows: &'static str, keys: &'static str) -> Shot {
    Shot {
        name,
        shows,
        keys,
        pictured: true,
        moving: false,
    }
}

const fn step(name: &'static str, shows: &'static str, keys: &'static str) -> Shot {
    Shot {
        pictured: false,
        ..shot(name, shows, keys)
    }
}

const fn beside(name: &'static str, shows: &'static str, keys: &'static str) -> Part {
    Part::Beside(shot(name, shows, keys))
}

/// A page without a picture.
const fn passing(name: &'static str, shows: &'static str, keys: &'static str) -> Part {
    Part::Beside(step(name, shows, keys))
}

/// From the start to the summary: what most people press.
static WAY: &[Shot] = &[
    // What the first page says before anybody has chosen a language.
    step("start", "Welcome to Firn", ""),
    shot("01-language", "id:page-language-intro", "<language>"),
    shot("02-keyboard", "id:page-keyboard-intro", "<on>"),
    shot("03-menu", MENU, "<on>"),
    shot("07-checks", "id:page-checks-intro", "<on>"),
    shot("08-disk", DISK, "<on>"),
    shot("10-storage", "id:page-storage-intro", "<on>"),
    shot("11-network", "id:page-network-intro", "<on>"),
    shot("12-addresses", "id:page-addresses-intro", "<on>"),
    shot("13-host-name", "id:page-host-name-intro", "<on>"),
    shot("14-time", "id:page-time-intro", "'xen1.example.net' <on>"),
    shot("15-login", "id:page-login-intro", "<on>"),
    shot(
        "16-summary",
        SUMMARY,
        "'quite some snow 1' ret 'quite some snow 1' <on>",
    ),
];

const MENU: &str = "id:page-menu-install-what";
const DISK: &str = "id:page-disk-intro";
const SUMMARY: &str = "id:page-summary-intro";

/// All sessions, in their order.
pub static SESSIONS: &[Session] = &[
    Session {
        name: "install",
        disk: Disk::Empty,
        pictures: true,
        parts: &[
            Part::To("03-menu"),
            beside("04-load-a-driver", "id:page-drivers-intro", "down ret"),
            beside(
                "05-hardware-report",
                "id:page-report-hardware",
                "esc down*2 ret",
            ),
            beside("06-support", "id:page-save-support", "esc down ret"),
            passing("menu", MENU, "esc up*4"),
            Part::To("08-disk"),
            beside("09-help", "id:page-disk-help-grey", "f1"),
            passing("disk", DISK, "esc"),
            Part::To("16-summary"),
            beside("17-save-answers", "id:page-save-answers", "left ret"),
            passing("summary", SUMMARY, "esc"),
            // The longest of its steps.
            Part::Beside(Shot {
                moving: true,
                ..shot("18-progress", "id:execute-step-slot", "tab ret")
            }),
            beside("19-done", "id:page-done-title", ""),
        ],
    },
    Session {
        name: "repair",
        disk: Disk::Installed,
        pictures: false,
        parts: &[
            Part::To("03-menu"),
            beside("20-repair", "id:page-repair-intro", "down*2 ret"),
            beside("21-repair-a-host", "id:page-repair-boot-what", "ret"),
            beside("22-repaired", "id:page-report-title", "ret tab ret"),
            passing("menu", MENU, "esc*3 up*2"),
            Part::To("07-checks"),
            beside("23-disk-with-firn", DISK, "<on>"),
        ],
    },
    Session {
        name: "failure",
        // In the host's LVM, which is made last but one.
        disk: Disk::Faulty((2 + 512 + 1024 + 1024) * 2048 + 8),
        pictures: false,
        parts: &[
            Part::To("16-summary"),
            beside("24-failed", "id:page-failed-title", "tab ret"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use firn_words::{Language, Text};

    fn shots() -> Vec<Shot> {
        SESSIONS.iter().flat_map(Session::shots).collect()
    }

    #[test]
    fn every_sentence_that_is_looked_for_is_written() {
        for shot in shots() {
            if let Some(id) = shot.shows.strip_prefix("id:") {
                let text = Text::said(id).in_language(Language::De);
                assert_ne!(text, format!("<{id}>"), "{}", shot.name);
            }
        }
    }

    #[test]
    fn the_way_is_gone_as_far_as_is_said() {
        let names = |session: &Session| -> Vec<_> {
            let shots = session.shots();
            shots.iter().map(|shot| shot.name).collect()
        };
        for session in SESSIONS {
            let names = names(session);
            for part in session.parts {
                if let Part::To(page) = part {
                    assert!(names.contains(page), "{}: {page}", session.name);
                }
            }
        }
        assert_eq!(
            names(&SESSIONS[1]),
            [
                "start",
                "01-language",
                "02-keyboard",
                "03-menu",
                "20-repair",
                "21-repair-a-host",
                "22-repaired",
                "menu",
                "07-checks",
                "23-disk-with-firn"
            ]
        );
    }

    #[test]
    fn the_readme_shows_a_picture_of_the_table() {
        let shots = shots();
        let pictured = shots.iter().filter(|shot| shot.pictured);
        let names: Vec<String> = pictured
            .map(|shot| format!("en/{}.png", shot.name))
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
