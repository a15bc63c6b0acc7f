//! Programs that read what is hostile: alone in a sandbox, with file descriptors in the place of a file system.

mod lent;
mod line;
mod output;

use crate::Error;
use firn_words::{Text, say};
use line::Place;
use output::{Chunk, Output};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// What a program is to do.
#[derive(Debug, Default)]
pub(crate) struct Job {
    /// Its name in /usr/bin.
    pub program: &'static str,
    /// Its arguments; [`INPUT`], [`OUTPUT`] and [`DISK`] in them become the names of the three.
    pub args: Vec<String>,
    /// What it reads as its standard input.
    pub input: Option<File>,
    /// What it may write to, beside its standard output.
    pub output: Option<File>,
    /// A disk that it may open by its name, for reading.
    pub disk: Option<PathBuf>,
    /// Whether it may use the network; then it is handed no files.
    pub network: bool,
}

/// The name of a job's input, and what stands in its arguments for the names of its output and its disk.
pub(crate) const INPUT: &str = "/proc/self/fd/0";
pub(crate) const OUTPUT: &str = "<output>";
pub(crate) const DISK: &str = "<disk>";

/// The time from one question whether to go on to the next.
const BETWEEN: Duration = Duration::from_millis(100);

/// How a program has ended.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Its exit status, where it ended by itself.
    pub code: Option<i32>,
    /// The last thing that it said, else how it ended.
    pub last_words: String,
}

impl Outcome {
    /// Whether it has done what it was to do.
    pub fn success(&self) -> bool {
        self.code == Some(0)
    }
}

/// Runs a program. Its standard output goes to `take`, and `tick` is asked some times a second whether to go on. When `take` says
/// `Break`, there is enough, and the program is ended.
///
/// # Errors
/// [`Error::Cancelled`] where `tick` says `Break`; [`Error::Failed`] where the program cannot be run.
pub(crate) fn run(
    job: &Job,
    take: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    tick: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Outcome, Error> {
    let mut running = Running::start(job)?;
    let mut asked: Option<Instant> = None;
    loop {
        if asked.is_none_or(|at| at.elapsed() >= BETWEEN) {
            asked = Some(Instant::now());
            if tick().is_break() {
                return Err(Error::Cancelled);
            }
        }
        match running
            .output
            .next()
            .map_err(|e| failed(job, e.to_string()))?
        {
            Chunk::Bytes(bytes) if take(bytes).is_break() => return Ok(Outcome::default()),
            Chunk::Bytes(_) | Chunk::Nothing => {}
            Chunk::End => return running.ended(job),
        }
    }
}

/// Ends what an earlier run of this program has left in its sandboxes. For firnd's start, before it clears up volumes.
///
/// # Errors
/// Where systemd does not do it.
pub fn end_left_over() -> Result<(), Error> {
    if Place::here() == Place::Direct {
        return Ok(());
    }
    let all = format!("{}*", line::UNIT);
    firn_command::cmd("systemctl", ["stop", &all])
        .run()
        .map_err(|e| {
            Error::Failed(say!(
                "image-program",
                program = "systemctl",
                reason = e.last_words()
            ))
        })
}

/// A program that runs. It ends with its value.
struct Running {
    child: Child,
    output: Output,
    unit: Option<String>,
}

impl Running {
    fn start(job: &Job) -> Result<Self, Error> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let place = Place::here();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let unit = format!("{}{}-{number}.service", line::UNIT, std::process::id());
        if place == Place::Unit {
            std::fs::create_dir_all(line::ROOT).map_err(|e| failed(job, e.to_string()))?;
            lent::lend(job).map_err(|e| failed(job, e.to_string()))?;
        }
        let words = line::words(place, job, &unit).map_err(|e| failed(job, e.to_string()))?;
        let (child, output) = spawn(job, &words).map_err(|e| failed(job, e.to_string()))?;
        let unit = (place == Place::Unit).then_some(unit);
        Ok(Self {
            child,
            output,
            unit,
        })
    }

    fn ended(mut self, job: &Job) -> Result<Outcome, Error> {
        let status = self.child.wait().map_err(|e| failed(job, e.to_string()))?;
        let last_words = self
            .output
            .last_words()
            .unwrap_or_else(|| status.to_string());
        match status.code() {
            Some(code) if line::never_ran(code, &last_words) => Err(failed(job, last_words)),
            code => Ok(Outcome { code, last_words }),
        }
    }
}

fn spawn(job: &Job, words: &[String]) -> std::io::Result<(Child, Output)> {
    let (program, args) = words
        .split_first()
        .ok_or(std::io::ErrorKind::InvalidInput)?;
    let input = match &job.input {
        Some(file) => file.try_clone()?.into(),
        None => Stdio::null(),
    };
    let mut child = Command::new(program)
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let output = Output::of(&mut child)?;
    Ok((child, output))
}

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        // Of the unit first: the end of systemd-run would not be its end.
        self.end_unit();
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Once more, where systemd-run had only just asked for it.
        self.end_unit();
    }
}

impl Running {
    /// Ends the unit, where there is one, and waits until nothing of it is left: its disk is free then.
    fn end_unit(&self) {
        let Some(unit) = &self.unit else { return };
        for end in [&["kill", "--signal=KILL"][..], &["stop"]] {
            let words = end.iter().copied().chain([unit.as_str()]);
            let _ = firn_command::cmd("systemctl", words).run();
        }
    }
}

fn failed(job: &Job, reason: String) -> Error {
    Error::Failed(program_text(job.program, &reason))
}

/// That a program did not do what it should have.
pub(crate) fn program_text(program: &str, reason: &str) -> Text {
    say!("image-program", program = program, reason = reason)
}

#[cfg(test)]
mod tests;
