//! Keys as the table of pages writes them.
//!
//! Words are keys by QEMU's names: `ret`, `tab`, `ctrl-l`; `tab*3` presses three times. `'text'` types. `<language>` chooses the
//! language on the wizard's first page; `<on>` presses Enter until the page that is awaited has come.

use anyhow::{Context, Result, bail};
use firn_words::Language;

/// Among the keys: Enter until the page has come.
pub const ON: &str = "<on>";

/// The keys, one after the other.
///
/// # Errors
/// When a text has characters that lie elsewhere on another keyboard, or a quote is left open.
pub fn parse(text: &str, language: Language) -> Result<Vec<String>> {
    let mut keys = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(typed) = rest.strip_prefix('\'') {
            let (typed, after) = typed
                .split_once('\'')
                .with_context(|| format!("reading the keys {text:?}: a quote is left open"))?;
            for letter in typed.chars() {
                keys.push(key(letter)?);
            }
            rest = after;
        } else {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            let (word, times) = match word.split_once('*') {
                Some((word, times)) => (word, times.parse()?),
                None => (word, 1),
            };
            let position = Language::ALL.iter().position(|known| *known == language);
            match word {
                "<language>" => keys.extend(vec!["down".to_owned(); position.unwrap_or(0)]),
                _ => keys.extend(vec![word.to_owned(); times]),
            }
            rest = after;
        }
        rest = rest.trim_start();
    }
    Ok(keys)
}

/// Only what lies in the same place on the keyboards of all our languages.
fn key(letter: char) -> Result<String> {
    Ok(match letter {
        'y' | 'z' | 'Y' | 'Z' => bail!("typing {letter:?}: it lies elsewhere on a German keyboard"),
        'a'..='x' | '0'..='9' => letter.to_string(),
        'A'..='X' => format!("shift-{}", letter.to_ascii_lowercase()),
        '.' => "dot".into(),
        ',' => "comma".into(),
        ' ' => "spc".into(),
        other => bail!("typing {other:?}: it lies elsewhere on a German keyboard"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screenshots::pages::{SESSIONS, Session};

    #[test]
    fn words_and_texts() -> Result<()> {
        let keys = parse("<language> ret tab*2 'a 1.B' ctrl-l", Language::De)?;
        let expected = "down ret tab tab a spc 1 dot shift-b ctrl-l";
        assert_eq!(keys.join(" "), expected);
        assert_eq!(parse("<language> ret", Language::En)?, ["ret"]);
        assert!(parse("'open", Language::En).is_err());
        assert!(parse("'y'", Language::En).is_err());
        Ok(())
    }

    #[test]
    fn the_table_can_be_read() -> Result<()> {
        for shot in SESSIONS.iter().flat_map(Session::shots) {
            parse(shot.keys, Language::De)?;
        }
        Ok(())
    }
}
