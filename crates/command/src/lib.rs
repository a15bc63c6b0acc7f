//! Runs other programs, with errors that a person can act on.
//!
//! `duct` alone forgets the program's name when it is missing and its standard error when it fails; this crate wraps it
//! once so that every error carries the command line, the exit status and the last lines that the program wrote.
//!
//! What programs write need not be UTF-8: a label, a model or a boot entry of another system may hold any byte. It is read all
//! the same, with U+FFFD in the place of what is none, and errors show what could move a terminal's cursor escaped.

pub mod ip;
pub mod json;
pub mod limited;

use firn_visible::{is_seen, visible};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::Output;

/// Lines of a failed program's output that its error quotes.
const TAIL_LINES: usize = 12;

/// Why a program gave no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The program could not be started at all.
    #[error("starting `{program}`: {source}")]
    Start {
        program: String,
        source: std::io::Error,
    },
    /// The program ended with another status than 0.
    #[error("running `{line}`: {status}{}", quoted(.tail))]
    Status {
        line: String,
        status: String,
        code: Option<i32>,
        tail: String,
    },
    /// The program's output was not what was expected.
    #[error("reading the output of `{line}`: {reason}")]
    Output { line: String, reason: String },
    /// The log file could not be opened.
    #[error("opening the log {}: {source}", path.display())]
    Log {
        path: PathBuf,
        source: std::io::Error,
    },
}

impl Error {
    /// The exit status, where the program ended by itself.
    pub fn exit_code(&self) -> Option<i32> {
        match self {
            Self::Status { code, .. } => *code,
            _ => None,
        }
    }

    /// The last lines that the program wrote before it failed.
    pub fn tail(&self) -> &str {
        match self {
            Self::Status { tail, .. } => tail,
            _ => "",
        }
    }

    /// The last thing that the program said, for a sentence that need not have the rest; else how it ended.
    pub fn last_words(&self) -> String {
        match self {
            Self::Status { tail, status, .. } => tail
                .lines()
                .rev()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .unwrap_or(status)
                .to_owned(),
            Self::Start { source, .. } => source.to_string(),
            other => other.to_string(),
        }
    }
}

fn quoted(tail: &str) -> String {
    if tail.is_empty() {
        return String::new();
    }
    format!(": {}", tail.trim_end())
}

/// One program with its arguments, not yet started.
#[derive(Debug, Clone)]
pub struct Cmd {
    program: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    env_is_whole: bool,
    shown: Option<String>,
    dir: Option<PathBuf>,
    stdin: Option<Vec<u8>>,
    log: Option<PathBuf>,
    hidden: bool,
}

/// A command from a program and its arguments.
pub fn cmd<P, I>(program: P, args: I) -> Cmd
where
    P: AsRef<OsStr>,
    I: IntoIterator<Item: AsRef<OsStr>>,
{
    Cmd {
        program: program.as_ref().into(),
        args: args.into_iter().map(|a| a.as_ref().into()).collect(),
        env: Vec::new(),
        env_is_whole: false,
        shown: None,
        dir: None,
        stdin: None,
        log: None,
        hidden: false,
    }
}

impl Cmd {
    /// Adds one argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().into());
        self
    }

    /// Adds arguments.
    pub fn args<I: IntoIterator<Item: AsRef<OsStr>>>(mut self, args: I) -> Self {
        self.args
            .extend(args.into_iter().map(|a| a.as_ref().to_owned()));
        self
    }

    /// Sets one variable of the program's environment.
    pub fn env(mut self, key: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.push((key.as_ref().into(), value.as_ref().into()));
        self
    }

    /// Gives the program these variables and none of this process's own.
    pub fn whole_env(mut self, env: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        self.env = env.into_iter().collect();
        self.env_is_whole = true;
        self
    }

    /// Has messages show this line instead of the command's own, which may be more than a person wants to know.
    pub fn shown_as(mut self, line: impl Into<String>) -> Self {
        self.shown = Some(line.into());
        self
    }

    /// Sets the folder that the program starts in.
    pub fn dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.dir = Some(dir.as_ref().into());
        self
    }

    /// Gives the program these bytes as its standard input (otherwise it reads nothing).
    pub fn stdin_bytes(mut self, bytes: Vec<u8>) -> Self {
        self.stdin = Some(bytes);
        self
    }

    /// Appends everything that the program writes to this file.
    pub fn log_to(mut self, path: impl AsRef<Path>) -> Self {
        self.log = Some(path.as_ref().into());
        self
    }

    /// Keeps the arguments out of every message.
    pub fn hide_args(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// The command as one line, as messages show it. A script among the arguments is left out.
    pub fn line(&self) -> String {
        let program = visible(&self.program.to_string_lossy()).into_owned();
        if self.hidden {
            return format!("{program} …");
        }
        if let Some(line) = &self.shown {
            return line.clone();
        }
        self.args.iter().fold(program, |line, arg| {
            let arg = arg.to_string_lossy();
            let plain = |c: char| is_seen(c) && !matches!(c, ' ' | '\'' | '"');
            if arg.contains('\n') {
                format!("{line} …")
            } else if arg.is_empty() || !arg.chars().all(plain) {
                format!("{line} {}", visible(&format!("{arg:?}")))
            } else {
                format!("{line} {arg}")
            }
        })
    }

    /// Runs the program to its end.
    ///
    /// # Errors
    /// When it cannot be started, or ends with another status than 0.
    pub fn run(self) -> Result<(), Error> {
        self.finish().map(drop)
    }

    /// Runs the program and gives what it wrote to standard output, without trailing white space; U+FFFD stands for what is
    /// not UTF-8.
    ///
    /// # Errors
    /// As [`Cmd::run`].
    pub fn read(self) -> Result<String, Error> {
        let output = self.finish()?;
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.trim_end().to_owned())
    }

    /// Runs the program and gives what it wrote to standard output, as it is.
    ///
    /// # Errors
    /// As [`Cmd::run`].
    pub fn bytes(self) -> Result<Vec<u8>, Error> {
        self.finish().map(|output| output.stdout)
    }

    /// Runs the program and parses its standard output as JSON; see [`json::parse`].
    ///
    /// # Errors
    /// As [`Cmd::read`], and when the output does not fit `T`.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        let line = self.line();
        let text = self.read()?;
        json::parse(&text).map_err(|e| Error::Output {
            line,
            reason: visible(&e.to_string()).into_owned(),
        })
    }

    fn finish(self) -> Result<Output, Error> {
        let line = self.line();
        let log = self.log.as_deref().map(open_log).transpose()?;
        let logged_from = self
            .log
            .as_deref()
            .and_then(|path| path.metadata().ok())
            .map_or(0, |meta| meta.len());
        let mut expression = duct::cmd(&self.program, &self.args).unchecked();
        if self.env_is_whole {
            expression = expression.full_env(self.env.iter().cloned());
        } else {
            for (key, value) in &self.env {
                expression = expression.env(key, value);
            }
        }
        if let Some(dir) = &self.dir {
            expression = expression.dir(dir);
        }
        expression = match self.stdin {
            Some(bytes) => expression.stdin_bytes(bytes),
            None => expression.stdin_null(),
        };
        expression = match log {
            Some(file) => expression.stderr_to_stdout().stdout_file(file),
            None => expression.stdout_capture().stderr_capture(),
        };
        let output = expression.run().map_err(|source| Error::Start {
            program: visible(&self.program.to_string_lossy()).into_owned(),
            source,
        })?;
        if output.status.success() {
            return Ok(output);
        }
        let said = match &self.log {
            Some(path) => read_from(path, logged_from),
            None if output.stderr.is_empty() => output.stdout,
            None => output.stderr,
        };
        Err(Error::Status {
            line,
            status: output.status.to_string(),
            code: output.status.code(),
            tail: tail(&String::from_utf8_lossy(&said)),
        })
    }
}

fn open_log(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(|source| Error::Log {
            path: path.into(),
            source,
        })
}

fn read_from(path: &Path, start: u64) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_default();
    bytes
        .get(usize::try_from(start).unwrap_or(0)..)
        .unwrap_or_default()
        .to_vec()
}

/// The last lines of a program's output, as a terminal may have them.
fn tail(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(last_state).collect();
    let lines: Vec<_> = lines.iter().filter(|l| !l.trim().is_empty()).collect();
    let last = &lines[lines.len().saturating_sub(TAIL_LINES)..];
    last.iter()
        .map(|line| line.as_ref())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Of a line that the program wrote over, such as a percentage, what stood there in the end.
fn last_state(line: &str) -> Cow<'_, str> {
    let line = line.trim_end_matches('\r');
    visible(line.rsplit('\r').next().unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = cmd("no-such-program", ["x"]).run().unwrap_err();
        assert_eq!(
            error.to_string(),
            "starting `no-such-program`: No such file or directory (os error 2)"
        );
    }

    #[test]
    fn a_failure_shows_line_status_and_last_words() {
        let error = cmd("sh", ["-c", "echo broken >&2; exit 3"])
            .run()
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "running `sh -c \"echo broken >&2; exit 3\"`: exit status: 3: broken"
        );
        assert_eq!(error.last_words(), "broken");
        assert_eq!((error.exit_code(), error.tail()), (Some(3), "broken"));
    }

    #[test]
    fn hidden_arguments_stay_hidden() {
        let error = cmd("sh", ["-c", "exit 1"]).hide_args().run().unwrap_err();
        assert_eq!(error.to_string(), "running `sh …`: exit status: 1");
    }

    fn prints(text: &str) -> Cmd {
        cmd("printf", ["%b", text])
    }

    #[test]
    fn output_that_is_not_utf_8_is_read_all_the_same() {
        assert_eq!(prints(r"BM-\x9aRO\n").read().unwrap(), "BM-\u{fffd}RO");
        let labels = |text: &str| -> Vec<Option<String>> { prints(text).json().unwrap() };
        let good = Some("good".to_owned());
        // The byte itself, as lsblk of util-linux 2.38 and 2.41 writes it, and the escapes of older ones.
        assert_eq!(
            labels(r#"["BM-\x9aRO", "good"]"#),
            [Some("BM-\u{fffd}RO".into()), good.clone()]
        );
        assert_eq!(
            labels(r#"["BM-\\x9aRO", "good"]"#),
            [Some(r"BM-\x9aRO".into()), good]
        );
    }

    #[test]
    fn a_failure_cannot_move_the_cursor() {
        let script = r"printf '10%%\r20%%\rbad \033[2J\007label \232\r\n\nend' >&2; exit 1";
        let error = cmd("sh", ["-c", script]).run().unwrap_err();
        assert_eq!(error.tail(), "bad \\x1b[2J\\x07label \u{fffd}\nend");
        assert_eq!(error.last_words(), "end");
        let line = cmd("mount", ["\u{202e}cod", "\u{1b}c", "a"]).line();
        assert_eq!(line, r#"mount "\u{202e}cod" "\u{1b}c" a"#);
    }

    #[test]
    fn a_log_that_is_not_utf_8_is_quoted() {
        let log = std::env::temp_dir().join(format!("firn-command-{}", std::process::id()));
        let error = cmd("sh", ["-c", r"printf 'old \232\n'; exit 1"])
            .log_to(&log)
            .run()
            .unwrap_err();
        std::fs::remove_file(&log).unwrap();
        assert_eq!(error.tail(), "old \u{fffd}");
    }

    #[test]
    fn a_script_is_not_part_of_an_error() {
        let error = cmd("sh", ["-c", "echo broken >&2\nexit 3", "name"])
            .run()
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "running `sh -c … name`: exit status: 3: broken"
        );
        let shown = cmd("sh", ["-c", "exit 3"]).shown_as("make -j2");
        assert_eq!(
            shown.run().unwrap_err().to_string(),
            "running `make -j2`: exit status: 3"
        );
    }

    #[test]
    fn a_whole_environment_has_nothing_else() {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let said = cmd("env", [""; 0])
            .whole_env([("PATH".into(), path.clone())])
            .env("ONE", "1")
            .read()
            .unwrap();
        let mut lines: Vec<&str> = said.lines().collect();
        lines.sort_unstable();
        assert_eq!(
            lines,
            ["ONE=1", &format!("PATH={}", path.to_string_lossy())]
        );
    }

    #[test]
    fn output_is_read_and_parsed() {
        assert_eq!(cmd("echo", ["one"]).read().unwrap(), "one");
        assert_eq!(cmd("echo", ["one"]).bytes().unwrap(), b"one\n");
        let list: Vec<u8> = cmd("echo", ["[1, 2]"]).json().unwrap();
        assert_eq!(list, [1, 2]);
        assert_eq!(
            cmd("cat", [""; 0])
                .stdin_bytes(b"x".to_vec())
                .read()
                .unwrap(),
            "x"
        );
    }
}
