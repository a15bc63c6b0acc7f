//! What one call has measured, and the two files that keep it.

use super::aims;
use super::machine::Machine;
use super::row::{Beside, Figure, Row};
use super::{Section, table};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::Path;

/// The rows of one section.
#[derive(Debug)]
pub struct Part {
    /// Which one.
    pub section: Section,
    /// In the table's order.
    pub rows: Vec<Row>,
}

/// Everything that one call has measured.
#[derive(Debug)]
pub struct Report {
    /// Where it was measured.
    pub machine: Machine,
    /// The sections that were asked for.
    pub parts: Vec<Part>,
}

impl Report {
    /// Writes `bench.txt` and `bench.json`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let json = serde_json::to_string_pretty(&self.json())? + "\n";
        for (name, text) in [("bench.txt", table::render(self)), ("bench.json", json)] {
            let path = folder.join(name);
            std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(())
    }

    /// The same for programs. A figure that is missing is `null`, with its reason beside it.
    pub fn json(&self) -> Value {
        let parts = self.parts.iter();
        let rows = parts.flat_map(|part| part.rows.iter().map(|row| row_json(part.section, row)));
        json!({
            "machine": self.machine.json(),
            "rows": rows.collect::<Vec<_>>(),
        })
    }

    /// The rows whose own figure is missing: what could not be measured.
    pub fn missing(&self) -> Vec<&str> {
        let rows = self.parts.iter().flat_map(|part| &part.rows);
        rows.filter(|row| row.figure.number().is_none())
            .map(|row| row.id.as_str())
            .collect()
    }
}

fn row_json(section: Section, row: &Row) -> Value {
    let beside: Vec<Value> = row.beside.iter().map(|o| beside_json(row, o)).collect();
    let mut object = json!({
        "section": section.to_string(), "id": row.id, "text": row.text, "unit": row.unit.to_string(),
        "figure": row.figure.number().map(rounded), "beside": beside,
    });
    if let Some(aim) = aims::of(row) {
        object["aim"] = json!({ "text": aim.text(row.unit), "met": aim.met(row) });
    }
    add_reason(&mut object, &row.figure);
    if let Some(note) = &row.note {
        object["note"] = json!(note);
    }
    object
}

fn beside_json(row: &Row, other: &Beside) -> Value {
    let mut object = json!({
        "name": other.name, "figure": other.figure.number().map(rounded), "ratio": row.ratio(other).map(rounded),
    });
    add_reason(&mut object, &other.figure);
    object
}

/// Nothing here is known to more than a thousandth.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

fn add_reason(object: &mut Value, figure: &Figure) {
    if let Some(reason) = figure.reason() {
        object["missing"] = json!(reason);
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::bench::row::Unit;

    /// A report with a row of every kind.
    pub fn example() -> Report {
        let build = vec![
            Row::new(
                "build-cold",
                "ISO, nothing cached",
                Unit::Seconds,
                Figure::Is(612.34),
            )
            .beside("mkosi", Figure::Is(301.0))
            .beside("live-build", Figure::Missing("the mirror is away".into())),
            Row::new(
                "build-unchanged",
                "ISO, nothing changed",
                Unit::Seconds,
                Figure::Is(0.41),
            ),
        ];
        let memory = vec![
            Row::new(
                "memory-dom0",
                "dom0 when idle",
                Unit::Mebibytes,
                Figure::Missing("no answer".into()),
            )
            .beside("stock Debian", Figure::Is(290.0))
            .note("what `free -m` calls used"),
        ];
        let part = |section, rows| Part { section, rows };
        Report {
            machine: Machine {
                firn: "1.2.3".into(),
                cpu: "Example 9000".into(),
                processors: 2,
                memory_mib: 16000,
                kvm: false,
                busy: 0.12,
            },
            parts: vec![part(Section::Build, build), part(Section::Memory, memory)],
        }
    }

    #[test]
    fn a_report_as_json() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&example().json()).unwrap());
    }

    #[test]
    fn what_could_not_be_measured() {
        assert_eq!(example().missing(), ["memory-dom0"]);
    }
}
