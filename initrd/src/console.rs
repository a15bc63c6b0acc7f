//! Speaking on every console the kernel uses, and the shell when nothing else helps.

use crate::run;
use firn_visible::visible;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::system::{RebootCommand, reboot};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Writes one line to each console; what of it cannot be seen is shown escaped, as servers and disks have their part in it. A
/// console that cannot be written to is not worth stopping for.
pub fn say(line: &str) {
    let line = visible(line);
    for name in names() {
        if let Ok(mut console) = OpenOptions::new().write(true).open(format!("/dev/{name}")) {
            let _ = writeln!(console, "{line}");
            // The last words before a restart must be out before it.
            let _ = rustix::termios::tcdrain(&console);
        }
    }
}

/// The consoles that the kernel registered, or the one it chose if it does not tell.
fn names() -> Vec<String> {
    let active = firn_visible::read_text("/sys/class/tty/console/active").unwrap_or_default();
    parse(&active)
}

/// Reads `/sys/class/tty/console/active`, for example `tty0 ttyS0`.
fn parse(active: &str) -> Vec<String> {
    let names: Vec<String> = active.split_whitespace().map(str::to_owned).collect();
    if names.is_empty() {
        vec!["console".into()]
    } else {
        names
    }
}

/// The end of a start that failed: says why on every console and offers a shell on each, for ever, or until the machine starts anew
/// after so long. (Leaving PID 1 would be a kernel panic that hides the sentence.)
pub fn stop(sentence: &str, anew: Option<Duration>) -> ! {
    loop {
        say(&format!("Firn cannot start: {sentence}"));
        say(&offer(anew));
        let end = anew.map(|wait| Instant::now() + wait);
        if let Some(name) = wait_for_enter(end) {
            shell(&name);
            continue;
        }
        let rest = end.map(|end| end.saturating_duration_since(Instant::now()));
        std::thread::sleep(rest.unwrap_or(Duration::from_secs(600)));
        if end.is_some() {
            // It only comes back with an error, and then there is nothing better than to say everything once more.
            let _ = reboot(RebootCommand::Restart);
        }
    }
}

fn offer(anew: Option<Duration>) -> String {
    let begin = "Press Enter for a shell";
    match anew {
        None => format!("{begin}."),
        Some(wait) => format!(
            "{begin}; if nobody does, this machine starts anew in {} s.",
            wait.as_secs()
        ),
    }
}

/// Waits until somebody presses Enter, and tells on which console. None if the end has come, or no console can be read.
fn wait_for_enter(end: Option<Instant>) -> Option<String> {
    let mut consoles: Vec<(String, File)> = names()
        .into_iter()
        .filter_map(|name| {
            Some((
                name.clone(),
                OpenOptions::new()
                    .read(true)
                    .write(true)
                    .open(format!("/dev/{name}"))
                    .ok()?,
            ))
        })
        .collect();
    while !consoles.is_empty() {
        let ready = readable(&consoles, end)?;
        let (name, console) = &mut consoles[ready];
        match console.read(&mut [0; 256]) {
            Ok(1..) => return Some(name.clone()),
            _ => drop(consoles.remove(ready)),
        }
    }
    None
}

/// The index of the first console with input, or with an error that the next read will show; None at the end.
fn readable(consoles: &[(String, File)], end: Option<Instant>) -> Option<usize> {
    let mut fds: Vec<PollFd> = consoles
        .iter()
        .map(|(_, file)| PollFd::new(file, PollFlags::IN))
        .collect();
    loop {
        let rest = end.map(|end| end.saturating_duration_since(Instant::now()));
        let rest = rest.and_then(|rest| Timespec::try_from(rest).ok());
        match poll(&mut fds, rest.as_ref()) {
            Ok(_) => return fds.iter().position(|fd| !fd.revents().is_empty()),
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return None,
        }
    }
}

/// A shell on one console; `setsid -c` makes the console its controlling terminal, so that Ctrl-C works.
fn shell(name: &str) {
    let open = || {
        OpenOptions::new()
            .read(true)
            .write(true)
            .open(format!("/dev/{name}"))
    };
    let (Ok(input), Ok(output), Ok(errors)) = (open(), open(), open()) else {
        return;
    };
    let started = run::command("busybox")
        .args(["setsid", "-c", "busybox", "sh"])
        .env("PS1", "firn# ")
        .stdin(Stdio::from(input))
        .stdout(Stdio::from(output))
        .stderr(Stdio::from(errors))
        .status();
    if let Err(error) = started {
        say(&format!("starting a shell: {error}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_active_console_is_spoken_to() {
        assert_eq!(parse("tty0 ttyS0\n"), ["tty0", "ttyS0"]);
        assert_eq!(parse(""), ["console"]);
    }

    #[test]
    fn the_offer_says_when_the_machine_starts_anew() {
        assert_eq!(offer(None), "Press Enter for a shell.");
        assert_eq!(
            offer(Some(Duration::from_secs(60))),
            "Press Enter for a shell; if nobody does, this machine starts anew in 60 s."
        );
    }
}
