//! The checksum of the image's file, made beside the conversion.

use crate::bytes::{reopened, unreadable};
use crate::{Checksum, Error};
use firn_words::say;
use sha2::{Digest, Sha256, Sha512};
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
    thread: Option<JoinHandle<io::Result<Sums>>>,
    stop: Arc<AtomicBool>,
    expected: Option<Checksum>,
}

#[derive(Debug)]
struct Sums {
    sha256: [u8; 32],
    sha512: Option<[u8; 64]>,
}

impl Hashing {
    /// Begins with a file.
    pub fn start(file: &File, expected: Option<Checksum>) -> Result<Self, Error> {
        let file = reopened(file)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let both = matches!(expected, Some(Checksum::Sha512(_)));
        let thread = Some(thread::spawn(move || sums(file, both, &stopped)));
        Ok(Self {
            thread,
            stop,
            expected,
        })
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
        let sums = self.joined().map_err(unreadable)?;
        compare(self.expected, &sums)?;
        Ok(hex::encode(sums.sha256))
    }

    fn joined(&mut self) -> io::Result<Sums> {
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

fn compare(expected: Option<Checksum>, sums: &Sums) -> Result<(), Error> {
    let found = match expected {
        None => return Ok(()),
        Some(Checksum::Sha256(_)) => Some(Checksum::Sha256(sums.sha256)),
        Some(Checksum::Sha512(_)) => sums.sha512.map(Checksum::Sha512),
    };
    if expected == found {
        return Ok(());
    }
    let shown = |sum: Option<Checksum>| sum.map(|sum| sum.to_string()).unwrap_or_default();
    Err(Error::Refused(say!(
        "image-checksum-wrong",
        found = shown(found),
        expected = shown(expected)
    )))
}

fn sums(mut file: File, both: bool, stop: &AtomicBool) -> io::Result<Sums> {
    let (mut small, mut large) = (Sha256::new(), both.then(Sha512::new));
    let mut buffer = vec![0; CHUNK];
    while !stop.load(Ordering::Relaxed) {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(Sums {
                sha256: small.finalize().into(),
                sha512: large.map(|sum| sum.finalize().into()),
            });
        }
        small.update(&buffer[..n]);
        if let Some(sum) = &mut large {
            sum.update(&buffer[..n]);
        }
    }
    Err(io::ErrorKind::Interrupted.into())
}
