//! What a program writes: its standard output as it comes, of its standard error the end.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io::{self, Read};
use std::process::{Child, ChildStderr, ChildStdout};
use std::thread::{self, JoinHandle};

/// How long nothing may come before somebody looks whether to go on, in nanoseconds.
const PATIENCE: i64 = 200_000_000;
/// So much is read at once; more than a pipe holds.
const CHUNK: usize = 128 << 10;
/// So much of the standard error is kept.
const TAIL: usize = 4 << 10;

/// The output of a program.
#[derive(Debug)]
pub(crate) struct Output {
    stdout: ChildStdout,
    stderr: Option<JoinHandle<Vec<u8>>>,
    buffer: Vec<u8>,
}

/// What has come.
#[derive(Debug)]
pub(crate) enum Chunk<'a> {
    Bytes(&'a [u8]),
    Nothing,
    End,
}

impl Output {
    pub fn of(child: &mut Child) -> io::Result<Self> {
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let stderr = Some(thread::spawn(move || tail(stderr)));
        Ok(Self {
            stdout,
            stderr,
            buffer: vec![0; CHUNK],
        })
    }

    /// What comes next, waiting a moment for it.
    pub fn next(&mut self) -> io::Result<Chunk<'_>> {
        let patience = Timespec {
            tv_sec: 0,
            tv_nsec: PATIENCE,
        };
        let mut fds = [PollFd::new(&self.stdout, PollFlags::IN)];
        match poll(&mut fds, Some(&patience)) {
            Ok(0) | Err(Errno::INTR) => return Ok(Chunk::Nothing),
            ready => ready?,
        };
        match self.stdout.read(&mut self.buffer)? {
            0 => Ok(Chunk::End),
            n => Ok(Chunk::Bytes(&self.buffer[..n])),
        }
    }

    /// The last line that the program, which has ended, wrote to its standard error.
    pub fn last_words(&mut self) -> Option<String> {
        let bytes = self.stderr.take()?.join().ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let line = text.lines().map(str::trim).rfind(|line| !line.is_empty())?;
        Some(line.to_owned())
    }
}

fn tail(mut stderr: ChildStderr) -> Vec<u8> {
    let (mut kept, mut buffer) = (Vec::new(), [0; 1 << 10]);
    while let Ok(n @ 1..) = stderr.read(&mut buffer) {
        kept.extend(&buffer[..n]);
        kept.drain(..kept.len().saturating_sub(TAIL));
    }
    kept
}
