//! Text from outside, read whatever its bytes are and made fit for a terminal: from a disk, the firmware, a server, a program.
//!
//! A label may hold an escape sequence that clears the screen, a line break that fakes a line, or a mark that turns the order
//! of letters around. What cannot be seen is shown as an escape: `\x1b`, `\n`, `\u{202e}`. A backslash stays as it is, so that
//! text which went through here once may go through again.
//!
//! Data for programs (JSON, TOML) does not come here: their formats have escapes of their own.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Letters without a picture that are no control characters of ASCII or Latin-1: they hide, join or turn around what stands
/// beside them, or end a line.
const UNSEEN: [(char, char); 14] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{e000}', '\u{f8ff}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{e0000}', '\u{10ffff}'),
];

/// The text in one line, with an escape for everything that cannot be seen.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, is_seen)
}

/// The same for text of several lines: line breaks stay, as all that cannot be seen but was put there on purpose.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c == '\n' || is_seen(c))
}

/// A file's text, with U+FFFD for what is not UTF-8: for files of the kernel and of other programs, in which one odd name must
/// not hide the rest. What a person has written is read strictly instead, so that the mistake is found.
///
/// # Errors
/// When the file cannot be read.
pub fn read_text(path: impl AsRef<Path>) -> io::Result<String> {
    let bytes = std::fs::read(path)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a letter shows itself, and does nothing else to the screen.
pub fn is_seen(c: char) -> bool {
    let unseen = |&(first, last): &(char, char)| (first..=last).contains(&c);
    !c.is_control() && (c < '\u{ad}' || !UNSEEN.iter().any(unseen))
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(&stays) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            c if stays(c) => shown.push(c),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            // Writing to a string does not fail.
            c if c.is_ascii() => drop(write!(shown, "\\x{:02x}", c as u32)),
            c => drop(write!(shown, "\\u{{{:x}}}", c as u32)),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_as_an_escape() {
        let table = [
            ("", ""),
            ("QEMU HARDDISK, 17.2 GB", "QEMU HARDDISK, 17.2 GB"),
            ("a\u{1b}[2Jb\u{7}c\nd", r"a\x1b[2Jb\x07c\nd"),
            ("\0\r\t\u{7f}", r"\x00\r\t\x7f"),
            ("\u{85}\u{9b}31m", r"\u{85}\u{9b}31m"),
            (
                "ab\u{202e}cd\u{2066}e\u{2069}",
                r"ab\u{202e}cd\u{2066}e\u{2069}",
            ),
            (
                "a\u{200b}b\u{2028}c\u{feff}",
                r"a\u{200b}b\u{2028}c\u{feff}",
            ),
            ("a\u{e0041}\u{fff9}", r"a\u{e0041}\u{fff9}"),
            // Letters of all languages stay, composed or not, and so does what stands for a byte that was none.
            (
                "Ümläut u\u{308} 漢字 עברית €\u{fffd}",
                "Ümläut u\u{308} 漢字 עברית €\u{fffd}",
            ),
            (r"C:\x1b", r"C:\x1b"),
        ];
        for (text, expected) in table {
            assert_eq!(visible(text), expected);
            assert_eq!(visible(&visible(text)), expected, "it can be done twice");
        }
    }

    #[test]
    fn one_odd_byte_hides_nothing_else() {
        let path = std::env::temp_dir().join(format!("firn-visible-{}", std::process::id()));
        std::fs::write(&path, b"one\ntw\x9ao\nthree\n").unwrap();
        let text = read_text(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(text, "one\ntw\u{fffd}o\nthree\n");
        assert!(read_text(&path).is_err());
    }

    #[test]
    fn line_breaks_of_our_own_stay() {
        assert_eq!(visible_lines("one\ntwo\u{1b}\r\n"), "one\ntwo\\x1b\\r\n");
    }

    #[test]
    fn no_letter_at_all_gets_through_unseen() {
        for c in '\0'..=char::MAX {
            let shown = visible(c.encode_utf8(&mut [0; 4])).into_owned();
            assert!(shown.chars().all(is_seen), "{:x}", c as u32);
            assert!(!shown.chars().any(char::is_control), "{:x}", c as u32);
        }
    }
}
