//! The consoles of the machine: which there are, how to speak on all of them, and who may use the wizard.

mod claim;

pub use claim::{Claim, Holder, claim, claimed_by, speak};

use firn_words::visible;
use rustix::termios::{
    ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, Winsize, tcgetattr,
    tcgetwinsize, tcsetattr, tcsetwinsize,
};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const SPEED: u32 = 115_200;
/// A serial line that takes nothing for so long is skipped.
const PATIENCE: Duration = Duration::from_secs(2);

/// One console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// Device name below /dev: "tty1", "ttyS0".
    pub name: String,
}

impl Console {
    /// The console with this device name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }

    /// Whether this is a serial line and not the screen.
    pub fn is_serial(&self) -> bool {
        !self
            .name
            .strip_prefix("tty")
            .is_some_and(|rest| rest.bytes().all(|c| c.is_ascii_digit()))
    }

    /// The terminal type for programs.
    pub fn term(&self) -> &'static str {
        if self.is_serial() { "vt220" } else { "linux" }
    }

    fn open(&self, flags: rustix::fs::OFlags) -> io::Result<File> {
        let flags = i32::try_from(flags.bits()).unwrap_or_default();
        OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(flags)
            .open(Path::new("/dev").join(&self.name))
    }
}

/// All consoles: the screen, the serial ports that answer, and what else the kernel speaks on.
pub fn all() -> Vec<Console> {
    let active = firn_words::read_text("/sys/class/tty/console/active").unwrap_or_default();
    let ports: Vec<String> = crate::probe::serial_ports()
        .into_iter()
        .map(|p| p.name)
        .collect();
    let names = list(&active, &ports);
    names
        .into_iter()
        .filter(|name| Path::new("/dev").join(name).exists())
        .map(Console::new)
        .collect()
}

fn list(active: &str, ports: &[String]) -> Vec<String> {
    let mut names = vec!["tty1".to_owned()];
    let screen = |name: &&str| !matches!(*name, "tty0" | "tty1");
    for name in active
        .split_whitespace()
        .filter(screen)
        .map(str::to_owned)
        .chain(ports.iter().cloned())
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Makes this process the one that reads and writes `console`: its own session, with the console as its terminal.
///
/// # Errors
/// When the device cannot be opened or taken.
pub fn take_over(console: &Console) -> io::Result<()> {
    // Fails only for a process that leads its group already, which then has its session.
    let _ = rustix::process::setsid();
    let tty = console.open(rustix::fs::OFlags::NOCTTY)?;
    prepare(&tty, console.is_serial())?;
    let _ = rustix::process::ioctl_tiocsctty(&tty);
    rustix::stdio::dup2_stdin(&tty)?;
    rustix::stdio::dup2_stdout(&tty)?;
    rustix::stdio::dup2_stderr(&tty)?;
    Ok(())
}

/// No waiting for modem lines that nobody has wired, and a size where the terminal does not know its own.
fn prepare(tty: impl AsFd, serial: bool) -> io::Result<()> {
    if serial {
        let mut modes = tcgetattr(&tty)?;
        modes.control_modes |= ControlModes::CLOCAL | ControlModes::CREAD;
        modes.control_modes &= !ControlModes::CRTSCTS;
        modes.output_modes |= OutputModes::OPOST | OutputModes::ONLCR;
        modes.set_speed(SPEED)?;
        tcsetattr(&tty, OptionalActions::Now, &modes)?;
    }
    let size = tcgetwinsize(&tty)?;
    if size.ws_row == 0 || size.ws_col == 0 {
        tcsetwinsize(
            &tty,
            Winsize {
                ws_row: 24,
                ws_col: 80,
                ws_xpixel: 0,
                ws_ypixel: 0,
            },
        )?;
    }
    Ok(())
}

/// Speaks on all consoles at once. One that does not take its line is skipped.
pub struct Everywhere {
    ttys: Vec<File>,
}

impl Everywhere {
    /// Opens all consoles for writing.
    pub fn open() -> Self {
        let flags = rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::NONBLOCK;
        let open = |console: &Console| {
            let tty = console.open(flags).ok()?;
            prepare(&tty, console.is_serial()).ok()?;
            Some(tty)
        };
        Self {
            ttys: all().iter().filter_map(open).collect(),
        }
    }

    /// As [`Everywhere::open`], after wizards were killed: leaves their screens and makes lines lines again.
    pub fn open_after_wizards() -> Self {
        let mut everywhere = Self::open();
        for tty in &mut everywhere.ttys {
            if let Ok(mut modes) = tcgetattr(&*tty) {
                modes.output_modes |= OutputModes::OPOST | OutputModes::ONLCR;
                modes.local_modes |= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
                modes.input_modes |= InputModes::ICRNL;
                let _ = tcsetattr(&*tty, OptionalActions::Now, &modes);
            }
            write_patiently(tty, b"\x1b[?1049l\x1b[0m\x1b[?25h\x1b[2J\x1b[H\n");
        }
        everywhere
    }

    /// Only this process's standard output, for a run by hand.
    pub fn none() -> Self {
        Self { ttys: Vec::new() }
    }

    /// Writes one line on each; what cannot be seen in it is shown escaped.
    pub fn line(&mut self, text: &str) {
        let line = line_of(text);
        for tty in &mut self.ttys {
            write_patiently(tty, line.as_bytes());
        }
        if self.ttys.is_empty() {
            let _ = io::stdout().write_all(line.as_bytes());
        }
    }
}

/// The line as a terminal may have it.
pub fn line_of(text: &str) -> String {
    format!("{}\n", visible(text))
}

fn write_patiently(tty: &mut File, mut bytes: &[u8]) {
    let end = Instant::now() + PATIENCE;
    while !bytes.is_empty() {
        match tty.write(bytes) {
            Ok(n) => bytes = &bytes[n..],
            Err(e) if e.kind() == io::ErrorKind::WouldBlock && Instant::now() < end => {
                sleep(Duration::from_millis(5))
            }
            Err(_) => return,
        }
    }
}

/// Keeps kernel messages away from the screens, except the worst.
pub fn quiet_kernel() {
    let _ = fs::write("/proc/sys/kernel/printk", "1 4 1 7");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_console_once() {
        assert_eq!(
            list("tty0 ttyS0", &["ttyS0".into(), "ttyS1".into()]),
            ["tty1", "ttyS0", "ttyS1"]
        );
        assert_eq!(list("tty0 hvc0", &[]), ["tty1", "hvc0"]);
    }

    #[test]
    fn a_line_is_one_line() {
        let evil = "firn: answers from a\u{1b}[2J\u{7}b\nfirn: 100% \u{202e}enod";
        let expected = "firn: answers from a\\x1b[2J\\x07b\\nfirn: 100% \\u{202e}enod\n";
        assert_eq!(line_of(evil), expected);
    }

    #[test]
    fn screens_and_lines() {
        assert!(!Console::new("tty1").is_serial());
        assert!(Console::new("ttyS0").is_serial());
        assert!(Console::new("hvc0").is_serial());
    }
}
