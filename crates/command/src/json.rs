//! JSON as programs really write it: one odd label must not hide everything else that a program lists.

use serde::de::DeserializeOwned;

/// Reads JSON; where it is none only because of what stands in its strings, with those mended: older programs write a byte that
/// they cannot show as `\x9a`, which JSON does not know, or a control character as it is.
///
/// # Errors
/// When it does not fit `T`, or is no JSON for another reason.
pub fn parse<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    serde_json::from_str(text).or_else(|error| match mended(text) {
        mended if mended == text => Err(error),
        mended => serde_json::from_str(&mended),
    })
}

/// The same text with strings that JSON allows. What no escape of JSON's is keeps its letters: `\x9a` reads as these four.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let (mut in_string, mut rest) = (false, text.chars());
    while let Some(c) = rest.next() {
        match c {
            '"' => in_string = !in_string,
            '\\' if in_string => {
                let next = rest.clone().next();
                if next.is_some_and(|next| is_escape(next, rest.as_str())) {
                    rest.next();
                    out.push('\\');
                    out.extend(next);
                } else {
                    out.push_str("\\\\");
                }
                continue;
            }
            c if in_string && c < ' ' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Whether a backslash and what follows it is an escape of JSON's; `rest` begins with `next`.
fn is_escape(next: char, rest: &str) -> bool {
    let four = |rest: &str| {
        let digits = rest.as_bytes().get(1..5).unwrap_or_default();
        digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit)
    };
    matches!(next, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') || next == 'u' && four(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_that_json_does_not_allow_are_mended() {
        let table = [
            (r#"["a\x9ab", "c"]"#, [r"a\x9ab", "c"]),
            ("[\"a\u{1b}b\", \"c\nd\"]", ["a\u{1b}b", "c\nd"]),
            (r#"["a\u00zz", "\\x41\"\n"]"#, [r"a\u00zz", "\\x41\"\n"]),
            (r#"["\v", "\u001b"]"#, [r"\v", "\u{1b}"]),
        ];
        for (text, expected) in table {
            assert_eq!(parse::<Vec<String>>(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_stays_an_error() {
        for text in ["", "lsblk: no such file", "[\"a\"", "[\"a\\", "{"] {
            assert!(parse::<Vec<String>>(text).is_err(), "{text}");
        }
    }
}
