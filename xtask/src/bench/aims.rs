//! What the figures should be, as the project has set it. Reported as they are: an aim that is missed fails nothing.

use super::row::{Row, Unit};
use std::fmt;

/// The most that a figure may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Most {
    /// So many of the row's unit.
    Value(f64),
    /// So many times each of the figures beside it.
    Times(f64),
}

/// One aim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// [`Row::id`]
    pub row: &'static str,
    /// The figure may be this and less.
    pub most: Most,
}

const fn value(row: &'static str, most: f64) -> Aim {
    let most = Most::Value(most);
    Aim { row, most }
}

const fn times(row: &'static str, most: f64) -> Aim {
    let most = Most::Times(most);
    Aim { row, most }
}

/// All of them. A row that is not here has none.
pub const AIMS: &[Aim] = &[
    value("build-cold", 600.0),
    value("build-unchanged", 1.0),
    value("build-overlay", 60.0),
    value("build-installer", 60.0),
    value("iso", 200.0),
    times("install", 1.5),
    times("start", 0.5),
    value("memory-dom0", 160.0),
    value("memory-installer", 1024.0),
];

/// The aim of this row.
pub fn of(row: &Row) -> Option<&'static Aim> {
    AIMS.iter().find(|aim| aim.row == row.id)
}

impl Aim {
    /// Whether the row reaches it; nothing where a figure is missing.
    pub fn met(&self, row: &Row) -> Option<bool> {
        match self.most {
            Most::Value(most) => Some(row.figure.number()? <= most),
            Most::Times(most) => {
                let ratios: Vec<f64> = row.beside.iter().filter_map(|b| row.ratio(b)).collect();
                (!ratios.is_empty()).then(|| ratios.iter().all(|ratio| *ratio <= most))
            }
        }
    }

    /// The aim in words, for a row of this unit.
    pub fn text(&self, unit: Unit) -> String {
        match self.most {
            Most::Value(most) => format!("<= {most} {unit}"),
            Most::Times(most) => format!("<= {most} x"),
        }
    }
}

/// "yes", "no", or "?" where a figure is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met(pub Option<bool>);

impl fmt::Display for Met {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.0 {
            Some(true) => "yes",
            Some(false) => "no",
            None => "?",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::row::Figure;

    fn row(id: &str, figure: f64) -> Row {
        Row::new(id, id, Unit::Seconds, Figure::Is(figure))
    }

    #[test]
    fn values() {
        let aim = value("iso", 200.0);
        assert_eq!(aim.met(&row("iso", 200.0)), Some(true));
        assert_eq!(aim.met(&row("iso", 200.1)), Some(false));
        let missing = Row::new("iso", "", Unit::Megabytes, Figure::Missing("x".into()));
        assert_eq!(aim.met(&missing), None);
        assert_eq!(aim.text(Unit::Megabytes), "<= 200 MB");
    }

    #[test]
    fn times_of_every_figure_beside() {
        let aim = times("install", 1.5);
        let row = row("install", 3.0).beside("a", Figure::Is(2.0));
        assert_eq!(aim.met(&row), Some(true));
        assert_eq!(
            aim.met(&row.clone().beside("b", Figure::Is(1.0))),
            Some(false)
        );
        let missing = Figure::Missing("x".into());
        assert_eq!(aim.met(&row.beside("c", missing)), Some(true));
        assert_eq!(aim.text(Unit::Seconds), "<= 1.5 x");
    }

    #[test]
    fn each_row_has_one_aim_at_most() {
        for (number, aim) in AIMS.iter().enumerate() {
            assert!(AIMS[..number].iter().all(|other| other.row != aim.row));
        }
    }
}
