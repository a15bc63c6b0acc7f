//! The checksum of the image's file, made beside the conversion.

use crate::bytes::{reopened, unreadable};
use crate::{Checksum, Error, Summing};
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const CHUNK: usize = 1 << 20;
/// How often it is asked whether to wait on.
const PATIENCE: Duration = Duration::from_millis(50);

/// A thread that reads the file. It ends with its value.
#[derive(Debug)]
pub(crate) struct Hashing {
    thread: Option<JoinHandle<io::Result<Summing>>>,
    stop: Arc<AtomicBool>,
}

impl Hashing {
    /// Begins with a file.
    pub fn start(file: &File, expected: Option<Checksum>) -> Result<Self, Error> {
        let file = reopened(file)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let sum = Summing::new(expected);
        let thread = Some(thread::spawn(move || summed(file, sum, &stopped)));
        Ok(Self { thread, stop })
    }

    /// Waits for the checksum, compares it with the expected one and gives the SHA-256 in hex.
    pub fn finish(mut self, tick: &mut dyn FnMut() -> ControlFlow<()>) -> Result<String, Error> {
        while self
            .thread
            .as_ref()
            .is_some_and(|thread| !thread.is_finished())
        {
            if tick().is_break() {
                return Err(Error::Cancelled);
            }
            thread::sleep(PATIENCE);
        }
        self.joined().map_err(unreadable)?.finish()
    }

    fn joined(&mut self) -> io::Result<Summing> {
        let thread = self.thread.take().ok_or(io::ErrorKind::Other)?;
        thread
            .join()
            .unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
    }
}

impl Drop for Hashing {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Nobody asks for it any more, whatever it is.
        let _ = self.joined();
    }
}

fn summed(mut file: File, mut sum: Summing, stop: &AtomicBool) -> io::Result<Summing> {
    let mut buffer = vec![0; CHUNK];
    while !stop.load(Ordering::Relaxed) {
        match file.read(&mut buffer)? {
            0 => return Ok(sum),
            n => sum.add(&buffer[..n]),
        }
    }
    Err(io::ErrorKind::Interrupted.into())
}
