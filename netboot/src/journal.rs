//! The log: one JSON object a line for everything that happens.

use crate::event::Event;
use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// The log file, if there is to be one.
#[derive(Debug, Default)]
pub struct Journal(Option<File>);

#[derive(Serialize)]
struct Line<'e> {
    time: Timestamp,
    #[serde(flatten)]
    event: &'e Event,
}

impl Journal {
    /// Appends to this file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let file = OpenOptions::new().create(true).append(true).open(path);
        let file = file.with_context(|| format!("opening the log {}", path.display()))?;
        Ok(Self(Some(file)))
    }

    /// Writes a line.
    ///
    /// # Errors
    /// When the disk is full, or the like.
    pub fn write(&mut self, event: &Event, time: Timestamp) -> Result<()> {
        let Some(file) = &mut self.0 else {
            return Ok(());
        };
        let line = serde_json::to_string(&Line { time, event })?;
        writeln!(file, "{line}").context("writing the log")
    }
}
