//! The report as text. Pure.

use super::aims::{self, Met};
use super::report::{Part, Report};
use super::row::{Beside, Figure, Row, Unit};

/// The whole report: a line about the machine, then a table for each section.
pub fn render(report: &Report) -> String {
    let mut text = format!("{}\n", report.machine);
    for part in &report.parts {
        text += &section(part);
    }
    text
}

const COLUMNS: [&str; 7] = ["", "Firn", "beside", "its figure", "ratio", "aim", "met"];
/// Columns of text stand left, numbers right.
const LEFT: [bool; 7] = [true, false, true, false, false, true, true];

type Line = [String; 7];

fn section(part: &Part) -> String {
    let mut head = COLUMNS.map(str::to_owned);
    head[0] = part.section.to_string();
    let groups: Vec<(Vec<Line>, Vec<String>)> = part
        .rows
        .iter()
        .map(|row| (lines(row), remarks(row)))
        .collect();
    let mut widths = head.each_ref().map(|cell| cell.chars().count());
    for line in groups.iter().flat_map(|(lines, _)| lines) {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = format!("\n{}\n", aligned(&head, &widths));
    for (lines, remarks) in groups {
        for line in lines {
            text += &format!("{}\n", aligned(&line, &widths));
        }
        for remark in remarks {
            text += &format!("    {remark}\n");
        }
    }
    text
}

fn aligned(line: &Line, widths: &[usize; 7]) -> String {
    let cells = line.iter().zip(widths).zip(LEFT);
    let cells: Vec<String> = cells
        .map(|((cell, width), left)| match left {
            true => format!("{cell:<width$}"),
            false => format!("{cell:>width$}"),
        })
        .collect();
    cells.join("  ").trim_end().to_owned()
}

/// The first figure beside the row's own stands in its line, each further one in a line below.
fn lines(row: &Row) -> Vec<Line> {
    let mut first: Line = Default::default();
    first[0].clone_from(&row.text);
    first[1] = figure(&row.figure, row.unit);
    if let Some(aim) = aims::of(row) {
        first[5] = aim.text(row.unit);
        first[6] = Met(aim.met(row)).to_string();
    }
    let mut lines = vec![first];
    for (number, other) in row.beside.iter().enumerate() {
        if number > 0 {
            lines.push(Default::default());
        }
        if let Some(line) = lines.last_mut() {
            beside(line, row, other);
        }
    }
    lines
}

fn beside(line: &mut Line, row: &Row, other: &Beside) {
    line[2].clone_from(&other.name);
    line[3] = figure(&other.figure, row.unit);
    line[4] = row
        .ratio(other)
        .map(|ratio| format!("{ratio:.2}"))
        .unwrap_or_default();
}

fn figure(figure: &Figure, unit: Unit) -> String {
    match figure {
        Figure::Is(number) if unit == Unit::Mebibytes => format!("{number:.0} {unit}"),
        Figure::Is(number) => format!("{number:.1} {unit}"),
        Figure::Missing(_) => "none".into(),
    }
}

/// Why figures are missing, and the row's note.
fn remarks(row: &Row) -> Vec<String> {
    let own = row.figure.reason().map(|reason| format!("none: {reason}"));
    let others = row.beside.iter().filter_map(|other| {
        let reason = other.figure.reason()?;
        Some(format!("none for {}: {reason}", other.name))
    });
    own.into_iter()
        .chain(others)
        .chain(row.note.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::report::tests::example;
    use super::*;

    #[test]
    fn a_report_as_text() {
        insta::assert_snapshot!(render(&example()));
    }
}
