//! Text in lines of a fixed width, for the login screen.

/// The text in at most `most` lines of `width` characters, broken between words; what is cut away is told by `…`.
pub fn wrap(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let long = |line: &String| line.chars().count() + 1 + word.chars().count() > width;
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if !long(line) => *line += &format!(" {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    let whole = lines.len() <= most;
    lines.truncate(most);
    if let Some(last) = lines.last_mut().filter(|_| !whole) {
        *last += " …";
    }
    lines.iter().map(|line| cut(line, width)).collect()
}

/// The first `width` characters.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7, 3), ["one two", "three"]);
        assert_eq!(wrap("one two three", 7, 1), ["one tw…"]);
        assert_eq!(wrap("one two three", 9, 1), ["one two …"]);
        assert_eq!(wrap("incomprehensible", 9, 2), ["incompre…"]);
        assert_eq!(wrap("", 9, 2), [""]);
    }

    #[test]
    fn a_long_line_is_cut() {
        assert_eq!(cut("four", 4), "four");
        assert_eq!(cut("a longer line", 9), "a longer…");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
