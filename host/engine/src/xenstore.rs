//! A client of xenstored: reads, lists and watches, each with a deadline.

mod guest;
#[cfg(test)]
pub(crate) mod tests;
mod wire;

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};
use wire::{HEAD, Kind, LONGEST, Message};

/// How long an answer may take.
const LIMIT: Duration = Duration::from_secs(10);

/// A connection to xenstored.
#[derive(Debug)]
pub(crate) struct Xenstore {
    stream: UnixStream,
    /// What has come and is not read yet.
    pending: Vec<u8>,
    /// Whether a watch has fired meanwhile.
    fired: bool,
}

impl Xenstore {
    /// Connects to xenstored's socket.
    pub(crate) fn connect(socket: &Path) -> io::Result<Self> {
        let stream = UnixStream::connect(socket)?;
        stream.set_write_timeout(Some(LIMIT))?;
        Ok(Self {
            stream,
            pending: Vec::new(),
            fired: false,
        })
    }

    /// A value; nothing where there is none.
    pub(crate) fn read(&mut self, path: &str) -> io::Result<Option<String>> {
        self.ask(Kind::READ, &[path])
    }

    /// The names of what lies below a path.
    pub(crate) fn list(&mut self, path: &str) -> io::Result<Vec<String>> {
        let names = self.ask(Kind::DIRECTORY, &[path])?.unwrap_or_default();
        let names = names.split('\0').filter(|name| !name.is_empty());
        Ok(names.map(str::to_owned).collect())
    }

    /// From now on [`Xenstore::wait`] tells of changes at this path; it does so at once.
    pub(crate) fn watch(&mut self, path: &str) -> io::Result<()> {
        self.ask(Kind::WATCH, &[path, "firn"]).map(drop)
    }

    /// Waits for a watch to fire; false when the time has passed.
    pub(crate) fn wait(&mut self, timeout: Duration) -> io::Result<bool> {
        let end = Instant::now() + timeout;
        while !self.fired {
            match self.next(end)? {
                Some(message) => self.fired = message.kind == Kind::WATCH_EVENT,
                None => return Ok(false),
            }
        }
        // Several at once are one: whoever waits looks at everything anyway.
        while self.next(Instant::now())?.is_some() {}
        self.fired = false;
        Ok(true)
    }

    /// The answer to a request; nothing where the path is not there.
    fn ask(&mut self, kind: Kind, parts: &[&str]) -> io::Result<Option<String>> {
        self.stream
            .write_all(&Message::request(kind, parts).bytes())?;
        let end = Instant::now() + LIMIT;
        loop {
            let message = self.next(end)?.ok_or(io::ErrorKind::TimedOut)?;
            match (message.kind, message.text()) {
                (Kind::WATCH_EVENT, _) => self.fired = true,
                (Kind::ERROR, reason) if reason == "ENOENT" => return Ok(None),
                (Kind::ERROR, reason) => return Err(io::Error::other(reason)),
                (_, text) => return Ok(Some(text)),
            }
        }
    }

    /// The next message; nothing when it is not whole by then.
    fn next(&mut self, end: Instant) -> io::Result<Option<Message>> {
        loop {
            let first = Message::first(&self.pending);
            if let Some((message, length)) = first.map_err(|_| io::ErrorKind::InvalidData)? {
                self.pending.drain(..length);
                return Ok(Some(message));
            }
            if !self.receive(end.saturating_duration_since(Instant::now()))? {
                return Ok(None);
            }
        }
    }

    /// Takes in what comes; false when the time has passed.
    fn receive(&mut self, time: Duration) -> io::Result<bool> {
        let mut bytes = [0; HEAD + LONGEST];
        // A timeout of zero would be none.
        let time = time.max(Duration::from_millis(1));
        self.stream.set_read_timeout(Some(time))?;
        match self.stream.read(&mut bytes) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(length) => {
                self.pending.extend(&bytes[..length]);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(error),
        }
    }
}
