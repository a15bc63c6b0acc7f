//! What ends the installer's machine when nothing else can.
//!
//! The installer and systemd run from the medium. When it is pulled out, what is not in memory is gone: systemd may find none of the
//! programs that a shutdown takes, or lose its own pages. This process runs from the copy of firn-init in memory
//! ([`crate::shutdown::keep`]), needs no file of the medium, outlives the end of all services, and is told over a FIFO what is to happen:
//!
//! - `heir VERB PID`: when the process PID is gone, VERB is to be done;
//! - `end VERB SECONDS`: VERB is to be done after so long; whoever has said so tries the orderly way meanwhile.

use crate::slow::within;
use crate::{console, shutdown};
use anyhow::{Context, Result};
use firn_image::run::GUARD as FIFO;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::io::Errno;
use std::convert::Infallible;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

/// The word after which firn-init is the guard.
pub const VERB: &str = "guard";
/// How often it is looked whether something is due.
const TICK: Timespec = Timespec {
    tv_sec: 1,
    tv_nsec: 0,
};
/// How long the last words and the last writes may take: a disk that is gone may never answer.
const PATIENCE: Duration = Duration::from_secs(4);

/// What is to happen.
#[derive(Debug, Default, PartialEq)]
struct Orders {
    /// The verb, and when.
    end: Option<(String, Instant)>,
    /// The verb, and the process that it is done for.
    heir: Option<(String, u32)>,
}

impl Orders {
    /// Takes one line; what it does not understand changes nothing.
    fn take(&mut self, line: &str, now: Instant) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["heir", verb, pid] => {
                if let Ok(pid) = pid.parse() {
                    self.heir = Some((verb.into(), pid));
                }
            }
            ["end", verb, seconds] => {
                if let Ok(seconds) = seconds.parse() {
                    self.end = Some((verb.into(), now + Duration::from_secs(seconds)));
                }
            }
            _ => {}
        }
    }

    /// The verb whose time has come.
    fn due(&self, now: Instant, lives: impl Fn(u32) -> bool) -> Option<&str> {
        if let Some((verb, at)) = &self.end {
            return (now >= *at).then_some(verb);
        }
        let (verb, pid) = self.heir.as_ref()?;
        (!lives(*pid)).then_some(verb)
    }
}

/// Waits for orders, and carries them out. Only comes back with an error.
pub fn run() -> Result<Infallible> {
    let mut fifo = open().with_context(|| format!("opening {FIFO}"))?;
    let mut orders = Orders::default();
    loop {
        for line in lines(&mut fifo) {
            orders.take(&line, Instant::now());
        }
        if let Some(verb) = orders.due(Instant::now(), lives) {
            end(verb)?;
        }
    }
}

/// For reading and writing, so that it has no end when a writer closes it.
fn open() -> Result<File> {
    let path = Path::new(FIFO);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let _ = fs::remove_file(path);
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
    Ok(OpenOptions::new().read(true).write(true).open(path)?)
}

/// The lines that have come within a tick. A line is shorter than what a FIFO takes at once, so it comes whole.
fn lines(fifo: &mut File) -> Vec<String> {
    let ready = poll(&mut [PollFd::new(fifo, PollFlags::IN)], Some(&TICK));
    if !matches!(ready, Ok(1..)) {
        return Vec::new();
    }
    let mut bytes = [0; 4096];
    let count = fifo.read(&mut bytes).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes[..count]).into_owned();
    text.lines().map(str::to_owned).collect()
}

fn lives(pid: u32) -> bool {
    is_alive(firn_visible::read_text(format!("/proc/{pid}/stat")))
}

/// Reads `PID (name) STATE …`. A process that has ended and waits for its parent is gone, too: its parent may be. Where nothing can
/// be read for another reason (no memory, no file descriptor) it counts as alive: a machine must not go off during its installation.
fn is_alive(stat: io::Result<String>) -> bool {
    let state = |stat: String| stat.rsplit_once(") ")?.1.chars().next();
    match stat {
        Ok(stat) => !matches!(state(stat), Some('Z' | 'X')),
        Err(error) => {
            let gone = Some(Errno::SRCH.raw_os_error());
            error.kind() != io::ErrorKind::NotFound && error.raw_os_error() != gone
        }
    }
}

/// Writes what can still be written, and then does it, whatever is gone.
fn end(verb: &str) -> Result<Infallible> {
    within(PATIENCE, move || {
        console::say(
            "Firn: the system does not end by itself (is the medium gone?), so it is ended now",
        );
    });
    within(PATIENCE, rustix::fs::sync);
    shutdown::end(verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(lines: &[&str]) -> (Orders, Instant) {
        let (mut orders, now) = (Orders::default(), Instant::now());
        for line in lines {
            orders.take(line, now);
        }
        (orders, now)
    }

    #[test]
    fn nothing_is_due_without_an_order() {
        for lines in [
            &[][..],
            &["end"],
            &["end off soon"],
            &["heir poweroff x"],
            &["?"],
        ] {
            let (orders, now) = after(lines);
            let late = now + Duration::from_secs(1_000_000);
            assert_eq!(orders.due(late, |_| false), None, "{lines:?}");
        }
    }

    #[test]
    fn an_end_comes_at_its_time() {
        let (orders, now) = after(&["end poweroff 45"]);
        assert_eq!(orders.due(now + Duration::from_secs(44), |_| true), None);
        let late = now + Duration::from_secs(45);
        assert_eq!(orders.due(late, |_| true), Some("poweroff"));
        let (orders, now) = after(&["end reboot 45", "end reboot 0"]);
        assert_eq!(
            orders.due(now, |_| true),
            Some("reboot"),
            "the last one counts"
        );
    }

    #[test]
    fn an_heir_acts_when_the_process_is_gone() {
        let (orders, now) = after(&["heir poweroff 7"]);
        assert_eq!(orders.due(now, |pid| pid == 7), None);
        assert_eq!(orders.due(now, |_| false), Some("poweroff"));
        // Who has begun to end the machine is expected to go.
        let (orders, now) = after(&["heir poweroff 7", "end reboot 45"]);
        assert_eq!(orders.due(now, |_| false), None);
    }

    #[test]
    fn a_process_lives_while_it_can_act() {
        for (stat, alive) in [
            ("7 (firn-installer) S 1 7", true),
            ("7 (odd) name) R 1 7", true),
            ("7 (firn-installer) D 1 7", true),
            ("7 (firn-installer) Z 1 7", false),
        ] {
            assert_eq!(is_alive(Ok(stat.into())), alive, "{stat:?}");
        }
        assert!(lives(std::process::id()) && !lives(u32::MAX));
    }

    #[test]
    fn only_a_process_that_is_not_there_is_gone() {
        for (error, alive) in [
            (Errno::NOENT, false),
            (Errno::SRCH, false),
            (Errno::NOMEM, true),
            (Errno::MFILE, true),
            (Errno::IO, true),
        ] {
            assert_eq!(is_alive(Err(error.into())), alive, "{error:?}");
        }
    }
}
