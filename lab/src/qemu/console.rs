//! Reading a serial line as `expect` does: everything is logged, text is awaited, keys are sent.

use super::pulse::{LOOK, Pulse, STILL};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Rows and columns of the terminal at the other end of a serial line.
const ROWS: NonZero<u16> = NonZero::new(24).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(80).unwrap();

/// What a kernel or a hypervisor says before it says nothing more.
const DEATHS: &[&str] = &[
    "Kernel panic - not syncing",
    "Panic on CPU",
    "end Kernel panic",
];

/// One end of a serial line, with the terminal that a person would have there.
#[derive(Clone)]
pub struct Console {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    news: Condvar,
    writer: Mutex<Box<dyn Write + Send>>,
    pulse: Mutex<Option<Pulse>>,
}

struct State {
    /// Everything so far without escape sequences and carriage returns.
    text: String,
    /// Up to here `wait_for` has looked.
    seen: usize,
    screen: vt100::Parser,
    strip: Strip,
    answers: bool,
    closed: bool,
}

impl State {
    fn picture(&self) -> Picture {
        Picture(
            self.screen
                .screen()
                .rows_formatted(0, COLUMNS.get())
                .collect(),
        )
    }
}

/// What a screen shows, letters and colours; where the cursor stands does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(Vec<String>);

impl Console {
    /// Reads in a thread of its own until the line is closed, and logs every byte.
    ///
    /// # Errors
    /// When the log cannot be made.
    pub fn new(
        reader: impl Read + Send + 'static,
        writer: impl Write + Send + 'static,
        log: &Path,
    ) -> Result<Console> {
        let log = File::create(log).with_context(|| format!("making the log {}", log.display()))?;
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                text: String::new(),
                seen: 0,
                screen: vt100::Parser::new(ROWS, COLUMNS, 0),
                strip: Strip::default(),
                answers: false,
                closed: false,
            }),
            news: Condvar::new(),
            writer: Mutex::new(Box::new(writer)),
            pulse: Mutex::new(None),
        });
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || theirs.read_all(reader, log));
        Ok(Console { shared })
    }

    /// From now on whoever waits also hears when this process, the machine, stands still.
    pub fn watch(&self, process: u32) {
        *self.shared.pulse() = Some(Pulse::new(process));
    }

    /// Whether the machine that is watched stands still.
    pub fn stands_still(&self) -> bool {
        self.shared.stands_still()
    }

    /// Waits until `pattern` has appeared after what was awaited before; returns the text up to its end.
    ///
    /// # Errors
    /// When it does not appear in time, the line is closed, a kernel has died, or the machine stands still; the error ends with the
    /// last lines.
    pub fn wait_for(&self, pattern: &str, timeout: Duration) -> Result<String> {
        self.wait_for_any(&[pattern], timeout).map(|(_, text)| text)
    }

    /// Waits for the first of several patterns; returns which one it was, and the text up to its end.
    ///
    /// # Errors
    /// As [`Console::wait_for`].
    pub fn wait_for_any(&self, patterns: &[&str], timeout: Duration) -> Result<(usize, String)> {
        let what = format!("waiting for {patterns:?}");
        self.wait(&what, timeout, |state| {
            let new = state.text.get(state.seen..)?;
            let (end, which) = patterns
                .iter()
                .enumerate()
                .filter_map(|(n, p)| new.find(p).map(|at| (at + p.len(), n)))
                .min()?;
            let text = new[..end].to_owned();
            state.seen += end;
            Some((which, text))
        })
    }

    /// Waits for a whole line that contains one of the patterns, and returns it.
    ///
    /// # Errors
    /// As [`Console::wait_for`].
    pub fn wait_line(&self, patterns: &[&str], timeout: Duration) -> Result<String> {
        let what = format!("waiting for a line with {patterns:?}");
        self.wait(&what, timeout, |state| {
            let new = state.text.get(state.seen..)?;
            let mut at = 0;
            for line in new.split_inclusive('\n').filter(|l| l.ends_with('\n')) {
                at += line.len();
                if patterns.iter().any(|p| line.contains(p)) {
                    let line = line.trim().to_owned();
                    state.seen += at;
                    return Some(line);
                }
            }
            None
        })
    }

    /// Waits until the screen, as a terminal draws it, shows the pattern; returns the whole screen.
    ///
    /// # Errors
    /// As [`Console::wait_for`]; the error shows the screen.
    pub fn wait_screen(&self, pattern: &str, timeout: Duration) -> Result<String> {
        self.wait_screen_any(&[pattern], timeout)
            .map(|(_, screen)| screen)
    }

    /// Waits until the screen shows one of the patterns; returns which, and the whole screen.
    ///
    /// # Errors
    /// As [`Console::wait_screen`].
    pub fn wait_screen_any(&self, patterns: &[&str], timeout: Duration) -> Result<(usize, String)> {
        let what = format!("waiting for {patterns:?} on the screen");
        let found = self.wait(&what, timeout, |state| {
            let screen = state.screen.screen().contents();
            let which = patterns
                .iter()
                .position(|pattern| screen.contains(pattern))?;
            Some((which, screen))
        });
        found.with_context(|| format!("the screen shows\n{}", self.screen()))
    }

    /// The screen as a terminal draws it.
    pub fn screen(&self) -> String {
        self.shared.lock().screen.screen().contents()
    }

    /// The screen with its colours.
    pub fn picture(&self) -> Picture {
        self.shared.lock().picture()
    }

    /// Waits until the screen is this picture.
    ///
    /// # Errors
    /// As [`Console::wait_screen`].
    pub fn wait_picture(&self, picture: &Picture, timeout: Duration) -> Result<()> {
        let found = self.wait("waiting for a picture", timeout, |state| {
            (state.picture() == *picture).then_some(())
        });
        found.with_context(|| format!("the screen shows\n{}", self.screen()))
    }

    /// Waits until the screen has been the same picture for so long, and returns it.
    ///
    /// # Errors
    /// When it never is.
    pub fn settle(&self, quiet: Duration, timeout: Duration) -> Result<Picture> {
        let end = Instant::now() + timeout;
        let (mut last, mut since) = (self.picture(), Instant::now());
        while since.elapsed() < quiet {
            if Instant::now() > end {
                bail!("the screen is never quiet; it shows\n{}", self.screen());
            }
            std::thread::sleep(quiet / 20);
            let now = self.picture();
            if now != last {
                (last, since) = (now, Instant::now());
            }
        }
        Ok(last)
    }

    /// Everything so far, without escape sequences.
    pub fn text(&self) -> String {
        self.shared.lock().text.clone()
    }

    /// What came after the last awaited text.
    pub fn rest(&self) -> String {
        let state = self.shared.lock();
        state.text.get(state.seen..).unwrap_or_default().to_owned()
    }

    /// Sends these characters.
    ///
    /// # Errors
    /// When the line is closed.
    pub fn send(&self, text: &str) -> Result<()> {
        self.shared.send(text.as_bytes())
    }

    /// From now on answers, as a terminal does, when asked where the cursor is or how large the screen is.
    pub fn answer_as_terminal(&self, answers: bool) {
        self.shared.lock().answers = answers;
    }

    /// The last lines, for an error message.
    pub fn tail(&self, lines: usize) -> String {
        tail(&self.shared.lock().text, lines)
    }

    fn wait<T>(
        &self,
        what: &str,
        timeout: Duration,
        mut look: impl FnMut(&mut State) -> Option<T>,
    ) -> Result<T> {
        let end = Instant::now() + timeout;
        let mut state = self.shared.lock();
        loop {
            if let Some(found) = look(&mut state) {
                return Ok(found);
            }
            let last = || tail(&state.text, 15);
            let new = state.text.get(state.seen..).unwrap_or_default();
            if let Some(death) = DEATHS.iter().find(|death| new.contains(**death)) {
                bail!(
                    "{what}: {death:?} came instead; the last lines:\n{}",
                    last()
                );
            }
            if state.closed {
                bail!("{what}: the line was closed; the last lines:\n{}", last());
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let seconds = timeout.as_secs();
                bail!(
                    "{what}: nothing for {seconds} s; the last lines:\n{}",
                    last()
                );
            }
            if self.shared.stands_still() {
                let seconds = STILL.as_secs();
                bail!(
                    "{what}: the machine stands still, its processors did nothing for {seconds} s; the last lines:\n{}",
                    last()
                );
            }
            let waited = self.shared.news.wait_timeout(state, left.min(LOOK));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pulse(&self) -> MutexGuard<'_, Option<Pulse>> {
        self.pulse.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stands_still(&self) -> bool {
        self.pulse().as_mut().is_some_and(Pulse::stands_still)
    }

    fn send(&self, bytes: &[u8]) -> Result<()> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer
            .write_all(bytes)
            .and_then(|()| writer.flush())
            .context("writing to the serial line")
    }

    fn read_all(&self, mut reader: impl Read, mut log: File) {
        let mut buffer = [0; 4096];
        loop {
            let length = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            // A full disk must not stop the test; what is missing in the log is in the error message.
            let _ = log.write_all(&buffer[..length]);
            self.take(&buffer[..length]);
        }
        self.lock().closed = true;
        self.news.notify_all();
    }

    fn take(&self, bytes: &[u8]) {
        let mut state = self.lock();
        let State { text, strip, .. } = &mut *state;
        strip.add(bytes, text);
        state.screen.process(bytes);
        let answer = state
            .answers
            .then(|| answer(bytes, state.screen.screen().cursor_position()));
        drop(state);
        self.news.notify_all();
        if let Some(answer) = answer.filter(|answer| !answer.is_empty()) {
            // If the machine has ended meanwhile, the reader notices it.
            let _ = self.send(answer.as_bytes());
        }
    }
}

/// What a terminal answers to the questions in these bytes.
fn answer(bytes: &[u8], cursor: (u16, u16)) -> String {
    let asks = |question: &[u8]| bytes.windows(question.len()).any(|part| part == question);
    let mut answer = String::new();
    if asks(b"\x1b[6n") {
        answer += &format!("\x1b[{};{}R", cursor.0 + 1, cursor.1 + 1);
    }
    if asks(b"\x1b[18t") {
        answer += &format!("\x1b[8;{};{}t", ROWS, COLUMNS);
    }
    answer
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// Takes escape sequences out of a stream that may be cut anywhere.
#[derive(Default)]
struct Strip {
    state: Escape,
    bytes: Vec<u8>,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Escape {
    #[default]
    No,
    Started,
    /// A control sequence (`ESC [ … letter`).
    Csi,
    /// A string up to BEL or `ESC \`.
    Osc,
    /// One more byte (`ESC ( B`).
    One,
}

impl Strip {
    fn add(&mut self, bytes: &[u8], text: &mut String) {
        for &byte in bytes {
            self.state = match (self.state, byte) {
                (_, 0x1b) => Escape::Started,
                (Escape::No, _) => {
                    if byte >= 0x20 || byte == b'\n' || byte == b'\t' {
                        self.bytes.push(byte);
                    }
                    Escape::No
                }
                (Escape::Started, b'[') => Escape::Csi,
                (Escape::Started, b']' | b'P') => Escape::Osc,
                (Escape::Started, b'(' | b')' | b'#') => Escape::One,
                (Escape::Csi, 0x40..=0x7e) => Escape::No,
                (Escape::Csi, _) => Escape::Csi,
                (Escape::Osc, 7) => Escape::No,
                (Escape::Osc, _) => Escape::Osc,
                (Escape::Started | Escape::One, _) => Escape::No,
            };
        }
        // What is left at the end is the beginning of a character whose rest comes later.
        for chunk in self.bytes.utf8_chunks() {
            text.push_str(chunk.valid());
        }
        let left = self
            .bytes
            .utf8_chunks()
            .last()
            .map_or(0, |c| c.invalid().len());
        let left = if left < 4 { left } else { 0 };
        self.bytes.drain(..self.bytes.len() - left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(parts: &[&[u8]]) -> String {
        let (mut strip, mut text) = (Strip::default(), String::new());
        for part in parts {
            strip.add(part, &mut text);
        }
        text
    }

    #[test]
    fn escape_sequences_go_also_when_cut() {
        assert_eq!(strip(&[b"\x1b[1;3", b"1mred\x1b[0m\r\n"]), "red\n");
        assert_eq!(strip(&[b"\x1b]0;title\x07x\x1b(", b"By"]), "xy");
        assert_eq!(strip(&["ü".as_bytes()]), "ü");
        assert_eq!(strip(&[b"\xc3", b"\xbc!"]), "ü!");
    }

    #[test]
    fn waits_in_order_and_fails_with_the_last_lines() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let input = std::io::Cursor::new(b"GRUB\r\nlogin: done: x at y\r\nend\r\n".to_vec());
        let console = Console::new(input, std::io::sink(), &folder.path().join("log"))?;
        let second = Duration::from_secs(1);
        assert_eq!(console.wait_for("login:", second)?, "GRUB\nlogin:");
        assert_eq!(console.wait_line(&["done: "], second)?, "done: x at y");
        let error = console.wait_for("GRUB", second).unwrap_err().to_string();
        assert!(
            error.contains("closed") && error.ends_with("end"),
            "{error}"
        );
        Ok(())
    }

    #[test]
    fn terminals_answer() {
        assert_eq!(answer(b"\x1b[999;999H\x1b[6n", (23, 79)), "\x1b[24;80R");
        assert_eq!(answer(b"\x1b[18t", (0, 0)), "\x1b[8;24;80t");
        assert_eq!(answer(b"text", (0, 0)), "");
    }
}
