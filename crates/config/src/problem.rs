//! What is wrong with an answer file, a plan or a machine, in one sentence.

use firn_words::{Text, visible};
use std::fmt;

/// One problem, shown as a single unwrapped line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key it is about (`host.name`), the name of a check, or `syntax`.
    pub name: String,
    /// One sentence that quotes the offending key or value and says what to do.
    pub text: Text,
    /// Line and column (from 1, in characters) in the file, where it is known.
    pub at: Option<(usize, usize)>,
}

impl Problem {
    /// A problem without a place in a file.
    pub fn new(name: impl Into<String>, text: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            at: None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "problem {}: {}", visible(&self.name), self.text)?;
        match self.at {
            Some((line, column)) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::Problem;

    #[test]
    fn one_line_with_and_without_a_place() {
        let mut problem = Problem::new("host.name", "no name is given");
        assert_eq!(problem.to_string(), "problem host.name: no name is given");
        problem.at = Some((3, 8));
        assert_eq!(
            problem.to_string(),
            "problem host.name: no name is given (line 3, column 8)"
        );
    }
}
