//! Who may use the wizard: the console on which a key was pressed first.

use super::Console;
use firn_image::run::{CONSOLE as LOCK, FOLDER};
use firn_words::Language;
use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

/// The lock contains its [`Holder`]. Whoever looks who has it holds it for a moment, too: that must not cost the first key.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);
/// The lock of this process, once it has it.
static HELD: OnceLock<File> = OnceLock::new();

/// The console that has the wizard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its device's name: "tty1", "ttyS0".
    pub console: String,
    /// The language chosen there, in which the others follow.
    pub language: Language,
}

/// Who uses the wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// This console does, from now on.
    Mine,
    /// Another console was first.
    Other(Holder),
}

/// Claims the wizard for `console`, to be called at the first key press. The claim ends with the process.
///
/// # Errors
/// When the lock file cannot be made.
pub fn claim(console: &Console, language: Language) -> io::Result<Claim> {
    if HELD.get().is_some() {
        return Ok(Claim::Mine);
    }
    let file = open()?;
    for _ in 0..TRIES {
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok() {
            let _ = HELD.set(file);
            speak(console, language)?;
            return Ok(Claim::Mine);
        }
        if let Some(other) = claimed_by() {
            return Ok(Claim::Other(other));
        }
        sleep(PAUSE);
    }
    Ok(Claim::Other(Holder {
        console: "another console".into(),
        language,
    }))
}

/// Tells the other consoles in which language this one, which has the wizard, speaks.
///
/// # Errors
/// When the lock file cannot be written.
pub fn speak(console: &Console, language: Language) -> io::Result<()> {
    let Some(mut file) = HELD.get() else {
        return Ok(());
    };
    let holder = Holder {
        console: console.name.clone(),
        language,
    };
    let text = serde_json::to_string(&holder)?;
    // Written over, then cut: a file that is emptied first says for a moment that nobody has the wizard.
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    file.set_len(text.len() as u64)
}

/// Who has claimed the wizard, without claiming it: for the status line of the others.
pub fn claimed_by() -> Option<Holder> {
    let mut file = OpenOptions::new().read(true).open(LOCK).ok()?;
    if flock(&file, FlockOperation::NonBlockingLockShared).is_ok() {
        return None;
    }
    // Whoever comes while it is being written sees it at the next look.
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

fn open() -> io::Result<File> {
    fs::create_dir_all(FOLDER)?;
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(LOCK)
}
