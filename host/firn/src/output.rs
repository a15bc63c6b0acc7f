//! What is written for people: tables, pages about one thing, progress.

pub mod figures;
pub mod guest;
pub mod progress;
pub mod table;
pub mod task;

use crate::failure::Failure;
use serde::Serialize;
use std::io::Write;

/// Writes to standard output; styles only reach a terminal that wants them.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut output = anstream::stdout();
    output.write_all(text.as_bytes())?;
    Ok(output.flush()?)
}

/// Writes JSON to standard output.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(std::io::Error::from)?;
    print(&(text + "\n"))
}

/// Writes a line to standard error.
pub fn note(line: &str) {
    // Without a standard error there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{line}");
}
