//! From the bytes of an answer file to its text.

use crate::problem::Problem;
use firn_words::{Text, say};

/// Bytes of the largest answer file that is read: no real one is nearly this large.
pub const MAX_SIZE: u64 = 1 << 20;

/// The text of an answer file, with or without a byte order mark.
///
/// # Errors
/// One problem: it is too large, no text, or text in another encoding than UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.len() as u64 > MAX_SIZE {
        return Err(syntax(say!("value-file-large"), None));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(syntax(say!("value-file-utf16"), None));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let good = &bytes[..e.valid_up_to()];
            let good = str::from_utf8(good).unwrap_or_default();
            return Err(syntax(say!("value-file-utf8"), Some(end_of(good))));
        }
    };
    match text.split_once('\0') {
        None => Ok(text),
        Some((before, _)) => Err(syntax(say!("value-file-nul"), Some(end_of(before)))),
    }
}

fn syntax(text: Text, at: Option<(usize, usize)>) -> Problem {
    Problem {
        at,
        ..Problem::new("syntax", text)
    }
}

/// Line and column, from 1, of what comes after the text.
fn end_of(text: &str) -> (usize, usize) {
    let last = text.rsplit('\n').next().unwrap_or_default();
    (text.matches('\n').count() + 1, last.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_in_utf8_is_taken() {
        let wrong = |bytes: &[u8]| decode(bytes).unwrap_err().to_string();
        assert_eq!(decode("\u{feff}ü\r\n".as_bytes()), Ok("\u{feff}ü\r\n"));
        assert_eq!(decode(&[b'#'; 1 << 20]).map(str::len), Ok(1 << 20));
        let all = [
            wrong(&[b'#'; (1 << 20) + 1]),
            wrong(b"\xff\xfev\0e\0"),
            wrong(b"version = 1\nname = \"\xe4\"\n"),
            wrong(b"version\0= 1\n"),
        ];
        insta::assert_snapshot!(all.join("\n"), @r"
        problem syntax: the file is larger than 1 MiB, which no answer file is
        problem syntax: the file is UTF-16 text; save it as UTF-8
        problem syntax: the file is not UTF-8 text; save it as UTF-8 (line 2, column 9)
        problem syntax: there is a NUL byte, which no text has; the file is damaged or no answer file (line 1, column 8)
        ");
    }
}
