//! `qemu-img`, which knows the formats, in the sandbox.

use super::unwritable;
use crate::bytes::{Part, unreadable};
use crate::sandbox::{INPUT, Job, OUTPUT, Outcome, program_text, run};
use crate::{Error, Format};
use firn_words::say;
use serde_json::{Value, json};
use std::fs::File;
use std::ops::ControlFlow;

const PROGRAM: &str = "qemu-img";
/// What `qemu-img check` ends with where it found something wrong, nothing worse than unused room, or does not know the format.
const CORRUPT: i32 = 2;
const LEAKS: i32 = 3;
const UNKNOWN: i32 = 63;
/// What every part of a file is a multiple of for QEMU.
const SECTOR: u64 = 512;

/// Checks an image's tables, then writes its disk. Progress is told in parts of 10 000.
pub(crate) fn convert(
    format: Format,
    part: &Part<'_>,
    out: &File,
    progress: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
) -> Result<(), Error> {
    // Without this the missing end of an image would be zeros on the disk.
    if format != Format::Raw {
        check(format, part, &mut || progress(0))?;
    }
    let mut percent = Percent::default();
    let job = Job {
        program: PROGRAM,
        args: convert_args(format, part),
        input: Some(part.file.try_clone().map_err(unreadable)?),
        output: Some(out.try_clone().map_err(unwritable)?),
        ..Job::default()
    };
    let done = std::cell::Cell::new(0);
    let mut take = |bytes: &[u8]| {
        done.set(percent.after(bytes));
        ControlFlow::Continue(())
    };
    let outcome = run(&job, &mut take, &mut || progress(done.get()))?;
    ended(&outcome)
}

fn ended(outcome: &Outcome) -> Result<(), Error> {
    let reason = &outcome.last_words;
    if outcome.success() {
        return Ok(());
    }
    if reason.contains("error while reading") {
        return Err(Error::Refused(say!("image-damaged-data", reason = reason)));
    }
    Err(Error::Failed(program_text(PROGRAM, reason)))
}

fn check(
    format: Format,
    part: &Part<'_>,
    tick: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<(), Error> {
    let job = Job {
        program: PROGRAM,
        args: check_args(format, part),
        input: Some(part.file.try_clone().map_err(unreadable)?),
        ..Job::default()
    };
    let outcome = run(&job, &mut |_| ControlFlow::Continue(()), tick)?;
    match outcome.code {
        Some(0 | LEAKS | UNKNOWN) => Ok(()),
        Some(CORRUPT) => Err(Error::Refused(say!("image-damaged"))),
        Some(1) if outcome.last_words.contains("Check failed") => {
            Err(Error::Refused(say!("image-damaged")))
        }
        // The file could not be opened as what its header says it is.
        Some(1) => Err(Error::Refused(say!(
            "image-not-opened",
            reason = &outcome.last_words
        ))),
        _ => Err(Error::Failed(program_text(PROGRAM, &outcome.last_words))),
    }
}

fn check_args(format: Format, part: &Part<'_>) -> Vec<String> {
    let image = image(format, part);
    ["check", "--quiet", "-f", name(format), &image]
        .map(String::from)
        .to_vec()
}

/// `-n` and `--target-is-zero`: the target is there, and what is zero is left out.
fn convert_args(format: Format, part: &Part<'_>) -> Vec<String> {
    let image = image(format, part);
    let options = [
        "convert",
        "-p",
        "-n",
        "--target-is-zero",
        "-f",
        name(format),
        "-O",
        "raw",
    ];
    options
        .into_iter()
        .chain([image.as_str(), OUTPUT])
        .map(String::from)
        .collect()
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Qcow2 => "qcow2",
        Format::Raw => "raw",
        Format::Vmdk => "vmdk",
        Format::Vhdx => "vhdx",
    }
}

/// The image as QEMU's description: where in the file that is the standard input it lies, and that nothing stands behind it.
fn image(format: Format, part: &Part<'_>) -> String {
    let file = json!({ "driver": "file", "filename": INPUT });
    let mut image = json!({ "file": file });
    if part.start != 0 {
        let size = part.len.next_multiple_of(SECTOR);
        image["file"] =
            json!({ "driver": "raw", "offset": part.start, "size": size, "file": file });
    }
    if matches!(format, Format::Qcow2 | Format::Vmdk) {
        image["backing"] = Value::Null;
    }
    format!("json:{image}")
}

/// Reads `    (12.34/100%)`, which is written again and again.
#[derive(Debug, Default)]
struct Percent {
    tail: String,
    last: u64,
}

impl Percent {
    /// The last number, in parts of 10 000.
    fn after(&mut self, bytes: &[u8]) -> u64 {
        self.tail.push_str(&String::from_utf8_lossy(bytes));
        if let Some(end) = self.tail.rfind("/100%)") {
            let text = self.tail[..end].rsplit('(').next().unwrap_or_default();
            self.last = parts(text).unwrap_or(self.last).max(self.last);
            self.tail.drain(..end);
        }
        if self.tail.len() > 64 {
            self.tail.clear();
        }
        self.last
    }
}

fn parts(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.')?;
    let fraction: u64 = fraction.get(..2)?.parse().ok()?;
    whole
        .parse::<u64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(fraction)
        .map(|parts| parts.min(10_000))
}

#[cfg(test)]
mod tests;
