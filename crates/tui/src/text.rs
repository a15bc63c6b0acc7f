//! Text as pages need it: one-line input fields and wrapping.

use firn_visible::{is_seen, visible};
use ratatui::text::Span;
use std::fmt;
use std::time::Duration;

/// Longest text that a field takes, in characters; an RSA key of 8192 bits still fits.
const LONGEST: usize = 2048;

/// A one-line input field. Its `Debug` does not show the value, because it may be a password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Field {
    value: String,
    /// Cursor in characters, 0 = before the first.
    cursor: usize,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({} characters)", self.len())
    }
}

impl Field {
    /// What is in it.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Characters in it.
    fn len(&self) -> usize {
        self.value.chars().count()
    }

    /// Puts a character in at the cursor; what cannot be seen and what is too long is ignored.
    pub fn insert(&mut self, c: char) {
        if !is_seen(c) || self.len() >= LONGEST {
            return;
        }
        self.value.insert(self.byte(self.cursor), c);
        self.cursor += 1;
    }

    /// Takes out the character before the cursor.
    pub fn backspace(&mut self) {
        if self.cursor > 0 {
            self.cursor -= 1;
            self.value.remove(self.byte(self.cursor));
        }
    }

    /// Takes out the character under the cursor.
    pub fn delete(&mut self) {
        if self.cursor < self.len() {
            self.value.remove(self.byte(self.cursor));
        }
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Moves the cursor by `step` characters, as far as there is text.
    pub fn step(&mut self, step: isize) {
        self.cursor = self.cursor.saturating_add_signed(step).min(self.len());
    }

    /// Moves the cursor to the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor to the end.
    pub fn end(&mut self) {
        self.cursor = self.len();
    }

    /// The part that fits into `width` columns around the cursor, and the cursor's column in it.
    pub fn window(&self, width: usize, hidden: bool) -> (String, usize) {
        let start = (self.cursor + 1).saturating_sub(width.max(1));
        let show = |c| if hidden { '*' } else { c };
        (
            self.value
                .chars()
                .skip(start)
                .take(width)
                .map(show)
                .collect(),
            self.cursor - start,
        )
    }

    fn byte(&self, at: usize) -> usize {
        self.value
            .char_indices()
            .nth(at)
            .map_or(self.value.len(), |(byte, _)| byte)
    }
}

/// Columns that a text takes on the screen.
pub fn width(text: &str) -> usize {
    Span::raw(text).width()
}

/// Replaces what no console font has, and shows escaped what cannot be seen; a line break is a blank.
fn plain(text: &str) -> String {
    visible(&text.replace('\n', " "))
        .replace('…', "..")
        .replace(['\u{2018}', '\u{2019}'], "'")
}

/// Breaks a text at spaces into lines of at most `limit` columns; longer words are cut.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let text = &plain(text);
    let limit = limit.max(1);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(|word| pieces(word, limit)) {
        let fits = |line: &String| line.is_empty() || width(line) + 1 + width(&word) <= limit;
        match lines.last_mut().filter(|line| fits(line)) {
            Some(line) => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(&word);
            }
            None => lines.push(word),
        }
    }
    lines
}

/// Cuts a word into pieces of at most `limit` columns.
fn pieces(word: &str, limit: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let last = pieces.len() - 1;
        if width(&pieces[last]) + width(c.encode_utf8(&mut [0; 4])) > limit
            && !pieces[last].is_empty()
        {
            pieces.push(c.to_string());
        } else {
            pieces[last].push(c);
        }
    }
    pieces
}

/// Cuts a text to `limit` columns, with `..` at the end where something is missing, and fills it up with spaces.
pub fn fit(text: &str, limit: usize) -> String {
    let text = &plain(text);
    let mut out: String = if width(text) <= limit {
        text.to_owned()
    } else {
        let mut cut = String::new();
        for c in text.chars() {
            if width(&cut) + width(c.encode_utf8(&mut [0; 4])) + 2 > limit {
                break;
            }
            cut.push(c);
        }
        cut + ".."
    };
    while width(&out) < limit {
        out.push(' ');
    }
    out
}

/// A text as a sentence: with a capital and a full stop.
pub fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let text: String = chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    });
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text
    } else {
        text + "."
    }
}

/// A text without the letters that not every terminal has, as Germans write it then: `ae` for `ä`.
pub fn spell_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'Ä' => out.push_str("Ae"),
            'Ö' => out.push_str("Oe"),
            'Ü' => out.push_str("Ue"),
            'ß' => out.push_str("ss"),
            c => out.push(c),
        }
    }
    out
}

/// Small letters without the signs on them: é is e. Those of code page 437, which names are written in.
pub fn base_letters(text: &str) -> String {
    let base = |c| match c {
        'ä' | 'á' | 'à' | 'â' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ö' | 'ó' | 'ò' | 'ô' => 'o',
        'ü' | 'ú' | 'ù' | 'û' => 'u',
        c => c,
    };
    text.chars().map(base).collect()
}

/// A time as minutes and seconds.
pub fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wraps_and_fits() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(fit("abcdef", 4), "ab..");
        assert_eq!(fit("ab", 4), "ab  ");
        assert_eq!(spell_out("Größe"), "Groesse");
        assert_eq!(clock(Duration::from_secs(125)), "2:05");
    }

    fn typed(text: &str) -> Field {
        let mut field = Field::default();
        text.chars().for_each(|c| field.insert(c));
        field
    }

    #[test]
    fn edits_in_the_middle() {
        let mut field = typed("häuser");
        field.home();
        field.step(2);
        field.backspace();
        field.insert('a');
        assert_eq!(field.value(), "hauser");
        field.delete();
        assert_eq!(field.value(), "haser");
        assert_eq!(typed("0123456789").window(4, false), ("789".into(), 3));
        assert_eq!(typed("secret").window(10, true).0, "******");
        assert_eq!(format!("{:?}", typed("secret")), "Field(6 characters)");
    }

    proptest! {
        #[test]
        fn wrapped_lines_are_never_too_wide(text in ".{0,80}", limit in 2usize..30) {
            for line in wrap(&text, limit) {
                prop_assert!(width(&line) <= limit);
            }
        }
    }
}
