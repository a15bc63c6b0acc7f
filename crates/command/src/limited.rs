//! Programs with a time limit. A drive that answers late, or not at all, must not stop all that is asked of the others.

use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// No program that is asked here writes more.
const MOST_BYTES: u64 = 16 << 20;
/// How long output may still come once a program has ended.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What a program that ended by itself wrote.
#[derive(Debug, Default)]
pub struct Output {
    /// Whether its exit status was 0.
    pub success: bool,
    /// Its standard output.
    pub text: String,
    /// Its standard error.
    pub said: String,
    /// The last line of its standard error, else its exit status.
    pub last_words: String,
}

/// Why there is no output.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Trouble {
    /// It could not be started.
    #[error("starting `{0}`: {1}")]
    Start(String, String),
    /// It took longer than so many seconds, and was ended.
    #[error("`{0}` took longer than {1} s")]
    Late(String, u64),
}

/// What runs programs; a test's own sees what would be run, and says what comes of it.
pub trait Run: Send + Sync {
    /// Runs a program with its arguments, as [`run`] does.
    ///
    /// # Errors
    /// As [`run`].
    fn run(&self, program: &str, args: &[String], limit: Duration) -> Result<Output, Trouble>;
}

/// Runs the programs of this system.
#[derive(Clone, Copy, Debug)]
pub struct Programs;

impl Run for Programs {
    fn run(&self, program: &str, args: &[String], limit: Duration) -> Result<Output, Trouble> {
        let mut command = Command::new(program);
        command.args(args);
        run(command, Vec::new(), limit)
    }
}

/// Runs a program that is given `input`; when it takes longer than `limit`, it is ended with all that it has started.
///
/// # Errors
/// When it cannot be started, or is late.
pub fn run(mut command: Command, input: Vec<u8>, limit: Duration) -> Result<Output, Trouble> {
    let name = command.get_program().to_string_lossy().into_owned();
    let start = |error: std::io::Error| Trouble::Start(name.clone(), error.to_string());
    command.process_group(0);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = pipes.stderr(Stdio::piped()).spawn().map_err(start)?;
    feed(&mut child, input);
    let (text, said) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let Some(status) = ended(&mut child, limit) else {
        end(child);
        return Err(Trouble::Late(name, limit.as_secs()));
    };
    let said = said.recv_timeout(LAST_WORDS).unwrap_or_default();
    let line = said.lines().map(str::trim).rfind(|line| !line.is_empty());
    Ok(Output {
        success: status.success(),
        text: text.recv_timeout(LAST_WORDS).unwrap_or_default(),
        last_words: line.map_or_else(|| status.to_string(), str::to_owned),
        said,
    })
}

fn feed(child: &mut Child, input: Vec<u8>) {
    if let Some(mut pipe) = child.stdin.take() {
        thread::spawn(move || {
            // A program that does not want it has closed the pipe.
            let _ = pipe.write_all(&input);
        });
    }
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(MOST_BYTES).read_to_end(&mut bytes);
        }
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}

/// Its status; nothing when it is late.
fn ended(child: &mut Child, limit: Duration) -> Option<std::process::ExitStatus> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(2);
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if Instant::now() > end {
            return None;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

/// A process that waits for a drive ends only once the drive has answered, so nobody waits for that.
fn end(mut child: Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    thread::spawn(move || child.wait());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, input: &str, limit: Duration) -> Result<Output, Trouble> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, input.into(), limit)
    }

    #[test]
    fn what_a_program_wrote_and_how_it_ended() {
        let long = Duration::from_secs(60);
        let output = sh(
            "cat; printf '\\232'; echo >&2 a; echo >&2 b; exit 3",
            "in ",
            long,
        )
        .unwrap();
        assert_eq!(
            (
                output.success,
                output.text.as_str(),
                output.last_words.as_str()
            ),
            (false, "in \u{fffd}", "b")
        );
        assert_eq!(output.said, "a\nb\n");
        let error = Programs.run("no-such-program", &[], long).unwrap_err();
        assert_eq!(
            error.to_string(),
            "starting `no-such-program`: No such file or directory (os error 2)"
        );
    }

    #[test]
    fn a_late_program_is_ended_with_its_children() {
        let mark = tempfile::NamedTempFile::new().unwrap();
        let script = format!(
            "(sleep 2; echo late >{}) & sleep 100",
            mark.path().display()
        );
        let before = Instant::now();
        let error = sh(&script, "", Duration::from_millis(200)).unwrap_err();
        assert!(before.elapsed() < Duration::from_secs(2));
        assert_eq!(error, Trouble::Late("sh".into(), 0));
        thread::sleep(Duration::from_secs(3));
        assert_eq!(std::fs::read(mark.path()).unwrap(), b"");
    }
}
