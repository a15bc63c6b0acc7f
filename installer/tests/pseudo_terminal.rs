//! The wizard as a person has it: keys into a terminal, a screen out of it. All pages, forwards and backwards, in the
//! demonstration over a recorded machine.

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

const MACHINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/wizard/tests/rack.json");
const PATIENCE: Duration = Duration::from_secs(30);

/// The wizard on a terminal of its own.
struct Terminal {
    master: File,
    screen: Arc<Mutex<vt100::Parser>>,
    child: Child,
}

impl Terminal {
    fn start(columns: u16, lines: u16) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = File::options()
            .read(true)
            .write(true)
            .open(name.to_str().unwrap())
            .unwrap();
        let mut master = File::from(master);
        resize(&master, columns, lines);
        let child = Command::new(env!("CARGO_BIN_EXE_firn-installer"))
            .args(["wizard", "--demo", MACHINE])
            .env("TERM", "linux")
            .stdin(slave.try_clone().unwrap())
            .stdout(slave.try_clone().unwrap())
            .stderr(slave)
            .spawn()
            .unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(
            cells(lines),
            cells(columns),
            0,
        )));
        let (mut reader, shown) = (master.try_clone().unwrap(), Arc::clone(&screen));
        spawn(move || {
            let mut bytes = [0; 4096];
            // The end of the wizard is the end of its terminal.
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                shown.lock().unwrap().process(&bytes[..count]);
            }
        });
        master.flush().unwrap();
        Self {
            master,
            screen,
            child,
        }
    }

    /// The screen, without the spaces at the ends of lines: whether those were ever written depends on what stood there.
    fn contents(&self) -> String {
        let contents = self.screen.lock().unwrap().screen().contents();
        let lines: Vec<_> = contents.lines().map(str::trim_end).collect();
        lines.join("\n")
    }

    fn send(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    fn wait(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.contents().contains(text) {
            assert!(
                Instant::now() < end && self.child.try_wait().unwrap().is_none(),
                "no {text:?} on\n{}",
                self.contents()
            );
            sleep(Duration::from_millis(20));
        }
    }

    fn wait_without(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while self.contents().contains(text) {
            assert!(Instant::now() < end, "still {text:?}");
            sleep(Duration::from_millis(20));
        }
    }

    /// Sends keys and waits for what is to appear.
    fn press(&mut self, keys: &str, text: &str) {
        self.send(keys);
        self.wait(text);
    }

    fn resize(&self, columns: u16, lines: u16) {
        resize(&self.master, columns, lines);
        let mut screen = self.screen.lock().unwrap();
        screen.screen_mut().set_size(cells(lines), cells(columns));
    }

    /// Waits until it has ended by itself.
    fn end(mut self) {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return assert!(status.success(), "{status}\n{}", self.contents());
            }
            sleep(Duration::from_millis(20));
        }
        panic!("it does not end:\n{}", self.contents());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn resize(master: &File, columns: u16, lines: u16) {
    let size = Winsize {
        ws_col: columns,
        ws_row: lines,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(master, size).unwrap();
}

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const DOWN: &str = "\x1b[B";
const TAB: &str = "\t";
const F1: &str = "\x1b[[A";

#[test]
fn all_pages_forwards_and_backwards() {
    let mut terminal = Terminal::start(80, 24);
    terminal.wait("Welcome to Firn");
    terminal.press(DOWN, "Willkommen bei Firn");
    terminal.press(ENTER, "Ausprobieren");
    terminal.press(F1, "Hilfe: Tastatur");
    terminal.press(ESC, "Tippen sucht");
    terminal.press("\r\r", "Was soll geschehen?");
    terminal.press(ENTER, "1 von 9");
    terminal.press(ENTER, "2 von 9");
    terminal.press(&format!("{DOWN}{ENTER}"), "3 von 9");
    terminal.press("\r\r", "4 von 9");
    terminal.press("\r\r\r", "5 von 9");
    terminal.press("\r\r\r\r", "6 von 9");
    terminal.press("xen1.example.net\r", "7 von 9");
    terminal.press("\r\r", "8 von 9");
    terminal.press("tulpen am see\rtulpen am see\r\r", "9 von 9");
    let summary = terminal.contents();
    assert!(summary.contains("Zerstört wird: ntfs"), "{summary}");
    assert!(summary.contains("xen1.example.net"), "{summary}");

    for page in (1..9).rev() {
        terminal.press(ESC, &format!("{page} von 9"));
    }
    terminal.press(ESC, "Was soll geschehen?");
    terminal.press(ESC, "Ausprobieren");
    terminal.press(ESC, "Willkommen bei Firn");
    // Forwards again with Enter alone: everything is still there.
    terminal.press(ENTER, "Ausprobieren");
    terminal.press("\r\r", "Was soll geschehen?");
    for (keys, page) in [
        "\r", "\r", "\r", "\r\r", "\r\r\r", "\r\r\r\r", "\r", "\r\r", "\r\r\r",
    ]
    .into_iter()
    .zip(1..)
    {
        terminal.press(keys, &format!("{page} von 9"));
    }
    assert_eq!(terminal.contents(), summary);

    terminal.press("\t\tsda\r\r", "Installation läuft");
    terminal.press("l", "L Schritte");
    terminal.press("l", "L Protokoll");
    terminal.wait("ist installiert");
    terminal.press(ENTER, "");
    terminal.end();
}

#[test]
fn the_other_entries_of_the_menu() {
    let mut terminal = Terminal::start(132, 50);
    terminal.wait("Welcome to Firn");
    terminal.press("\r", "Try the keys");
    terminal.press("\r\r", "What shall be done?");
    terminal.press(&format!("{DOWN}{ENTER}"), "example.ko");
    terminal.press(ENTER, "Looking at the machine again");
    terminal.wait_without("Looking at the machine again");
    terminal.press(ESC, "What shall be done?");
    terminal.press(&format!("{DOWN}{ENTER}"), "xen7.example.net");
    terminal.press(ENTER, "Write start menu");
    terminal.press(ENTER, "Leave it");
    terminal.press(&format!("{TAB}{ENTER}"), "nothing was done");
    terminal.press(ESC, "For a host that does not start");
    terminal.press(ESC, "The installed hosts");
    terminal.press(ESC, "What shall be done?");
    terminal.press(&format!("{DOWN}{ENTER}"), "What was found");
    terminal.press(ESC, "What shall be done?");
    terminal.press(&format!("{DOWN}{ENTER}"), "sdz1");
    terminal.press(ENTER, "nothing was done");
}

#[test]
fn nothing_that_is_pressed_or_resized_ends_it() {
    let mut terminal = Terminal::start(80, 24);
    terminal.wait("Welcome to Firn");
    // Ctrl-C, Ctrl-D, Ctrl-Z, Ctrl-\, Ctrl-S, Ctrl-Q, half a sequence, a mouse, bytes that are no UTF-8.
    terminal.send("\x03\x04\x1a\x1c\x13\x11\x1b[99;99R\x1b[M!!!\x1b]0;x\x07");
    terminal
        .master
        .write_all(&[0xff, 0xfe, 0x00, 0x80])
        .unwrap();
    terminal.send(TAB);
    terminal.resize(40, 10);
    terminal.wait("Make it larger");
    terminal.resize(1, 1);
    sleep(Duration::from_millis(300));
    terminal.resize(200, 60);
    terminal.wait("Welcome to Firn");
    terminal.resize(80, 24);
    terminal.press("\x0c", "Welcome to Firn");
    assert!(terminal.child.try_wait().unwrap().is_none());
}
