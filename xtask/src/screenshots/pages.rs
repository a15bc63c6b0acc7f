//! The table of pages: what to press, what must then be on the screen, and the picture's name.

/// The size of a session's disk.
pub const DISK_BYTES: u64 = 480_000_000_000;
/// So many words at the beginning of a sentence are looked for.
pub const WORDS: usize = 3;
/// A picture must not be larger, in bytes.
pub const LIMIT: usize = 60 * 1024;
/// Pictures that documents outside of `docs/screens` show: from there, to `docs/`.
pub const README: &[(&str, &str)] = &[("en/04-disk.png", "wizard.png")];

/// What the disk holds when a session begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// Nothing.
    Empty,
    /// What an earlier session has installed.
    Installed,
}

/// One start of the ISO.
#[derive(Debug)]
pub struct Session {
    /// For logs and `--session`.
    pub name: &'static str,
    /// What the disk holds.
    pub disk: Disk,
    /// More words for QEMU.
    pub extra: &'static [&'static str],
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

/// All sessions, in their order.
pub static SESSIONS: &[Session] = &[
    Session {
        name: "install",
        disk: Disk::Empty,
        extra: &[],
        shots: &[
            shot("01-language", "id:page-language-intro", ""),
            shot("02-keyboard", "id:page-keyboard-intro", "<language> <on>"),
            shot("03-checks", "id:page-checks-intro", "<on>"),
            shot("04-disk", "id:page-disk-intro", "<on>"),
            shot("05-disk-help", "id:page-disk-help-grey", "f1"),
            shot("06-network", "id:page-network-intro", "esc <on>"),
            shot("07-addresses", "id:page-addresses-intro", "<on>"),
            shot("08-host-name", "id:page-host-name-intro", "<on>"),
            shot("09-time", "id:page-time-intro", "'xen1.example.net' <on>"),
            shot("10-login", "id:page-login-intro", "<on>"),
            shot(
                "11-summary",
                "id:page-summary-intro",
                "'quite some snow 1' ret 'quite some snow 1' <on>",
            ),
            shot("12-progress", "id:page-progress-title", "tab ret"),
            shot("13-done", "id:page-done-title", ""),
        ],
    },
    Session {
        name: "again",
        disk: Disk::Installed,
        extra: &[],
        shots: &[
            shot("-language", "id:page-language-intro", ""),
            shot("-keyboard", "id:page-keyboard-intro", "<language> <on>"),
            shot("-checks", "id:page-checks-intro", "<on>"),
            shot("20-disk-with-firn", "id:page-disk-intro", "<on>"),
        ],
    },
];
