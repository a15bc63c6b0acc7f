//! One line of the table: a figure, what it stands beside, and how they relate. Pure.

use std::fmt;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Wall-clock time.
    Seconds,
    /// A thousandth of that.
    Milliseconds,
    /// 10^6 bytes.
    Megabytes,
    /// 2^20 bytes.
    Mebibytes,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seconds => "s",
            Self::Milliseconds => "ms",
            Self::Megabytes => "MB",
            Self::Mebibytes => "MiB",
        })
    }
}

/// A number that was measured in this call, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// In the row's unit.
    Is(f64),
    /// One sentence.
    Missing(String),
}

impl Figure {
    /// The number, if there is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Is(number) => Some(*number),
            Self::Missing(_) => None,
        }
    }

    /// Why there is no number.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Is(_) => None,
            Self::Missing(reason) => Some(reason),
        }
    }
}

impl<E: fmt::Display> From<Result<f64, E>> for Figure {
    fn from(result: Result<f64, E>) -> Self {
        match result {
            Ok(number) => Self::Is(number),
            Err(error) => Self::Missing(one_line(&format!("{error:#}"))),
        }
    }
}

/// Errors quote programs over several lines; the table has one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a figure is compared with: a peer, or the limit that nothing can go below.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Whose figure it is.
    pub name: String,
    /// In the row's unit.
    pub figure: Figure,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The same from call to call; [`crate::bench::aims::AIMS`] names rows by it.
    pub id: String,
    /// For people.
    pub text: String,
    /// Of this row's figure and of those beside it.
    pub unit: Unit,
    /// Firn's own.
    pub figure: Figure,
    /// Peers and limits, in the table's order.
    pub beside: Vec<Beside>,
    /// What one must know to read the figure.
    pub note: Option<String>,
}

impl Row {
    /// A row that stands alone so far.
    pub fn new(
        id: impl Into<String>,
        text: impl Into<String>,
        unit: Unit,
        figure: impl Into<Figure>,
    ) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            unit,
            figure: figure.into(),
            beside: Vec::new(),
            note: None,
        }
    }

    /// Puts another figure beside this one.
    #[must_use]
    pub fn beside(mut self, name: impl Into<String>, figure: impl Into<Figure>) -> Self {
        self.beside.push(Beside {
            name: name.into(),
            figure: figure.into(),
        });
        self
    }

    /// Says what one must know to read the figure.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Firn's figure divided by the other; nothing where one of them is missing or the other is 0.
    pub fn ratio(&self, other: &Beside) -> Option<f64> {
        let (own, other) = (self.figure.number()?, other.figure.number()?);
        (other > 0.0).then(|| own / other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_need_two_numbers() {
        let row = Row::new("a", "a", Unit::Seconds, Figure::Is(3.0))
            .beside("dd", Figure::Is(2.0))
            .beside("none", Figure::Missing("it is not there".into()))
            .beside("zero", Figure::Is(0.0));
        let ratios: Vec<_> = row.beside.iter().map(|other| row.ratio(other)).collect();
        assert_eq!(ratios, [Some(1.5), None, None]);
        let missing = Row {
            figure: Figure::Missing("x".into()),
            ..row
        };
        assert_eq!(missing.ratio(&missing.beside[0]), None);
    }

    #[test]
    fn an_error_becomes_one_line() {
        let error: Result<f64, _> = Err(anyhow::anyhow!("first\n  second").context("building"));
        let figure = Figure::from(error);
        assert_eq!(figure.reason(), Some("building: first second"));
    }
}
