//! Keys as pages know them, and how terminals spell them.
//!
//! Serial lines have two habits that crossterm alone does not absorb: an escape sequence may arrive in pieces, so that
//! an arrow key looks like Esc and two letters, and Enter may come as CR LF. [`Keyboard`] puts both together again.

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::io;
use std::time::Duration;

/// How long to wait for a key before looking after everything else.
const BEAT: Duration = Duration::from_millis(100);
/// How long the rest of a torn escape sequence may take.
const TORN: Duration = Duration::from_millis(50);

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A printable character.
    Char(char),
    /// Enter, also Ctrl-J.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home, also Ctrl-A.
    Home,
    /// End, also Ctrl-E.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Backspace, also Ctrl-H.
    Backspace,
    /// Delete, also Ctrl-D.
    Delete,
    /// Ctrl-U: empties a field.
    Clear,
    /// F1, and the Help key of a VT220.
    Help,
    /// Ctrl-L.
    Redraw,
    /// Everything else.
    Other,
}

impl Key {
    /// The key in a terminal's event; `None` for a release.
    fn from_event(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let modified = event
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        Some(match event.code {
            KeyCode::Char(c) if event.modifiers == KeyModifiers::CONTROL => control(c),
            KeyCode::Char(c) if !modified => Self::Char(c),
            KeyCode::Enter => Self::Enter,
            KeyCode::Esc => Self::Esc,
            // The Linux console sends Shift-Tab as Esc Tab, which is Alt-Tab elsewhere.
            KeyCode::Tab
                if event
                    .modifiers
                    .intersects(KeyModifiers::SHIFT | KeyModifiers::ALT) =>
            {
                Self::BackTab
            }
            KeyCode::Tab => Self::Tab,
            KeyCode::BackTab => Self::BackTab,
            KeyCode::Up => Self::Up,
            KeyCode::Down => Self::Down,
            KeyCode::Left => Self::Left,
            KeyCode::Right => Self::Right,
            KeyCode::Home => Self::Home,
            KeyCode::End => Self::End,
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown => Self::PageDown,
            KeyCode::Backspace => Self::Backspace,
            KeyCode::Delete => Self::Delete,
            // A VT220 keeps F1 to F5 to itself; its Help key sends what crossterm calls F15.
            KeyCode::F(1 | 15) => Self::Help,
            _ => Self::Other,
        })
    }
}

fn control(c: char) -> Key {
    match c.to_ascii_lowercase() {
        'a' => Key::Home,
        'b' => Key::Left,
        'd' => Key::Delete,
        'e' => Key::End,
        'f' => Key::Right,
        'h' => Key::Backspace,
        'i' => Key::Tab,
        'j' | 'm' => Key::Enter,
        'l' => Key::Redraw,
        'n' => Key::Down,
        'p' => Key::Up,
        'u' => Key::Clear,
        _ => Key::Other,
    }
}

/// The keys of the terminal that is standard input.
#[derive(Debug, Default)]
pub struct Keyboard(Joiner);

impl Keyboard {
    /// Waits a moment for keys.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn read(&mut self) -> io::Result<Vec<Key>> {
        if !event::poll(if self.0.waits() { TORN } else { BEAT })? {
            return Ok(self.0.flush());
        }
        let mut keys = Vec::new();
        while event::poll(Duration::ZERO)? {
            if let Event::Key(key) = event::read()? {
                keys.extend(self.0.feed(key));
            }
        }
        Ok(keys)
    }
}

/// Puts torn escape sequences together. Feed it every event; when none comes for a moment, call [`Joiner::flush`].
#[derive(Debug, Default)]
struct Joiner {
    /// What came after an Esc that may be the start of a sequence.
    held: Option<String>,
    after_return: bool,
}

impl Joiner {
    /// Whether a key is being held back.
    fn waits(&self) -> bool {
        self.held.is_some()
    }

    /// Takes an event and gives the keys that are certain now.
    fn feed(&mut self, event: KeyEvent) -> Vec<Key> {
        let Some(key) = Key::from_event(event) else {
            return Vec::new();
        };
        let line_feed = event.code == KeyCode::Char('j') && key == Key::Enter;
        let doubled = line_feed && std::mem::take(&mut self.after_return);
        self.after_return = event.code == KeyCode::Enter;
        match (self.held.take(), key) {
            _ if doubled => Vec::new(),
            (None, Key::Esc) => {
                self.held = Some(String::new());
                Vec::new()
            }
            (None, key) => vec![key],
            (Some(held), Key::Tab) if held.is_empty() => vec![Key::BackTab],
            (Some(held), Key::Char(c)) => self.extend(held, c),
            (Some(held), key) => {
                let mut keys = spelled(&held);
                keys.extend(if key == Key::Esc {
                    self.feed(event)
                } else {
                    vec![key]
                });
                keys
            }
        }
    }

    /// Nothing came for a moment: an Esc held back was the key itself.
    fn flush(&mut self) -> Vec<Key> {
        self.after_return = false;
        self.held
            .take()
            .map(|held| spelled(&held))
            .unwrap_or_default()
    }

    fn extend(&mut self, mut held: String, c: char) -> Vec<Key> {
        held.push(c);
        if let Some(key) = sequence(&held) {
            return vec![key];
        }
        let open =
            held == "[" || held == "O" || held.starts_with('[') && !is_final(c) && held.len() < 16;
        if open {
            self.held = Some(held);
            return Vec::new();
        }
        // A whole sequence that means nothing to us is swallowed; anything else was typed after Esc.
        if held.starts_with('[') {
            Vec::new()
        } else {
            spelled(&held)
        }
    }
}

fn is_final(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '~'
}

fn spelled(held: &str) -> Vec<Key> {
    std::iter::once(Key::Esc)
        .chain(held.chars().map(Key::Char))
        .collect()
}

/// The key that an escape sequence, without its Esc, stands for.
fn sequence(text: &str) -> Option<Key> {
    Some(match text {
        "[A" | "OA" => Key::Up,
        "[B" | "OB" => Key::Down,
        "[C" | "OC" => Key::Right,
        "[D" | "OD" => Key::Left,
        "[H" | "OH" | "[1~" | "[7~" => Key::Home,
        "[F" | "OF" | "[4~" | "[8~" => Key::End,
        "[3~" => Key::Delete,
        "[5~" => Key::PageUp,
        "[6~" => Key::PageDown,
        "[Z" => Key::BackTab,
        "OP" | "[11~" | "[28~" => Key::Help,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(code: KeyCode) -> KeyEvent {
        KeyEvent::from(code)
    }

    fn feed(text: &str) -> Vec<Key> {
        let mut joiner = Joiner::default();
        let mut keys = Vec::new();
        for c in text.chars() {
            let event = match c {
                '\x1b' => event(KeyCode::Esc),
                '\r' => event(KeyCode::Enter),
                '\t' => event(KeyCode::Tab),
                '\n' => KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL),
                c => event(KeyCode::Char(c)),
            };
            keys.extend(joiner.feed(event));
        }
        keys.extend(joiner.flush());
        keys
    }

    #[test]
    fn torn_sequences_are_one_key() {
        assert_eq!(feed("\x1b[A"), [Key::Up]);
        assert_eq!(feed("\x1bOP"), [Key::Help]);
        assert_eq!(feed("\x1b[6~x"), [Key::PageDown, Key::Char('x')]);
        assert_eq!(feed("\x1b[20;5~"), []);
        assert_eq!(feed("\x1b"), [Key::Esc]);
        assert_eq!(feed("\x1b\x1b[B"), [Key::Esc, Key::Down]);
        assert_eq!(feed("\x1bq"), [Key::Esc, Key::Char('q')]);
        assert_eq!(feed("\x1b\r"), [Key::Esc, Key::Enter]);
        assert_eq!(feed("\x1b\t\t"), [Key::BackTab, Key::Tab]);
    }

    #[test]
    fn carriage_return_and_line_feed_are_one_enter() {
        assert_eq!(feed("\r\n"), [Key::Enter]);
        assert_eq!(feed("\n"), [Key::Enter]);
        assert_eq!(feed("\r\r"), [Key::Enter, Key::Enter]);
        assert_eq!(feed("\n\n"), [Key::Enter, Key::Enter]);
    }

    #[test]
    fn shift_tab_as_the_linux_console_sends_it() {
        let event = KeyEvent::new(KeyCode::Tab, KeyModifiers::ALT);
        assert_eq!(Key::from_event(event), Some(Key::BackTab));
    }

    #[test]
    fn control_c_is_no_special_key() {
        let event = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(Key::from_event(event), Some(Key::Other));
    }

    fn any_event() -> impl Strategy<Value = KeyEvent> {
        let code = prop_oneof![
            4 => proptest::sample::select(vec![
                KeyCode::Esc, KeyCode::Enter, KeyCode::Tab, KeyCode::BackTab, KeyCode::Up, KeyCode::Home, KeyCode::F(1),
                KeyCode::F(15), KeyCode::Char('['), KeyCode::Char('O'), KeyCode::Char('A'), KeyCode::Char('~'),
                KeyCode::Char('1'), KeyCode::Null, KeyCode::Insert,
            ]),
            1 => any::<char>().prop_map(KeyCode::Char),
        ];
        (code, 0u8..=255)
            .prop_map(|(code, bits)| KeyEvent::new(code, KeyModifiers::from_bits_truncate(bits)))
    }

    proptest! {
        /// Whatever a line delivers: nothing breaks, and nothing is held back once it was quiet for a moment.
        #[test]
        fn every_sequence_comes_to_an_end(events in proptest::collection::vec(any_event(), 0..80)) {
            let mut joiner = Joiner::default();
            let mut keys = 0;
            for event in &events {
                keys += joiner.feed(*event).len();
            }
            keys += joiner.flush().len();
            prop_assert!(!joiner.waits() && joiner.flush().is_empty());
            prop_assert!(keys <= events.len());
        }

        #[test]
        fn what_is_typed_arrives(text in "[a-zA-Z0-9 äöüß.,;:@/-]{0,40}") {
            let expected: Vec<_> = text.chars().map(Key::Char).collect();
            prop_assert_eq!(feed(&text), expected);
        }
    }
}
