//! Columns that stand below each other, whatever letters are in them.

use anstyle::{AnsiColor, Style};
use firn_words::visible;
use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: usize = 2;

/// One field of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    style: Style,
    right: bool,
}

impl Cell {
    /// A number, which stands at the right.
    pub fn number(text: impl AsRef<str>) -> Self {
        Self {
            right: true,
            ..text.as_ref().into()
        }
    }

    /// The same in a style, which only helps to find it: the text says everything.
    pub fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Cell {
    fn from(text: &T) -> Self {
        Self {
            text: visible(text.as_ref()).into_owned(),
            style: Style::new(),
            right: false,
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

/// All is well.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Somebody should look.
pub const BAD: Style = AnsiColor::Red.on_default();
/// Not as usual.
pub const ODD: Style = AnsiColor::Yellow.on_default();
/// A head or a label.
pub const HEAD: Style = Style::new().bold();

/// The rows with their columns below each other.
pub fn table(rows: &[Vec<Cell>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.text.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    rows.iter().map(|row| line(row, &widths)).collect()
}

/// A table with heads over its columns.
pub fn with_heads(heads: Vec<String>, rows: Vec<Vec<Cell>>) -> String {
    let right = |column: usize| {
        rows.iter()
            .any(|row| row.get(column).is_some_and(|c| c.right))
    };
    let head = |(column, text): (usize, String)| Cell {
        right: right(column),
        ..Cell::from(text).styled(HEAD)
    };
    let heads = heads.into_iter().enumerate().map(head).collect();
    let rows: Vec<_> = std::iter::once(heads).chain(rows).collect();
    table(&rows)
}

fn line(row: &[Cell], widths: &[usize]) -> String {
    let mut line = String::new();
    // Blanks that nothing follows are not written.
    let mut owed = 0;
    for (cell, width) in row.iter().zip(widths) {
        let blank = width.saturating_sub(cell.text.width());
        let (before, behind) = if cell.right { (blank, 0) } else { (0, blank) };
        if !cell.text.is_empty() {
            line += &" ".repeat(owed + before);
            line += &format!("{0}{1}{0:#}", cell.style, cell.text);
            owed = 0;
        } else {
            owed += before;
        }
        owed += behind + GAP;
    }
    line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_stand_below_each_other_whatever_letters_are_in_them() {
        let rows = vec![
            vec!["Büro".into(), Cell::number("1"), "x".into()],
            vec!["日本".into(), Cell::number("200"), Cell::from("")],
            vec!["a\u{1b}[2J".into(), Cell::number(""), "y".into()],
        ];
        let heads = ["NAME", "CPUS", "END"].map(String::from).to_vec();
        let shown = anstream::adapter::strip_str(&with_heads(heads, rows)).to_string();
        insta::assert_snapshot!(shown, @r"
        NAME      CPUS  END
        Büro         1  x
        日本       200
        a\x1b[2J        y
        ");
    }

    #[test]
    fn a_style_takes_no_place() {
        let row = vec![Cell::from("ab").styled(BAD), "c".into()];
        assert_eq!(table(&[row]), "\u{1b}[31mab\u{1b}[0m  c\n");
    }

    proptest! {
        #[test]
        fn the_last_column_begins_at_one_place(names in proptest::collection::vec("\\PC{1,12}", 1..6)) {
            let rows: Vec<Vec<Cell>> = names.iter().map(|name| vec![Cell::from(name), "|".into()]).collect();
            let text = table(&rows);
            let at = |line: &str| line.strip_suffix('|').map(UnicodeWidthStr::width);
            let first = text.lines().next().and_then(at);
            prop_assert!(first.is_some() && text.lines().all(|line| at(line) == first), "{text}");
        }
    }
}
