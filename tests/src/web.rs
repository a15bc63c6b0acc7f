//! A small web server for machines on QEMU's own network, which reach it at 10.0.2.2: files of one folder, with ranges. It can die and come back.

use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// A running server; it ends with its value.
#[derive(Debug)]
pub struct Web {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    folder: PathBuf,
    port: u16,
    ended: AtomicBool,
    /// Bytes of files sent so far, and with how many the server dies.
    sent: AtomicU64,
    limit: AtomicU64,
}

/// How long a dead server does not look whether it lives again.
const PAUSE: Duration = Duration::from_millis(20);

impl Web {
    /// Serves the folder on a free port of the loopback address.
    ///
    /// # Errors
    /// When there is no port.
    pub fn serve(folder: &Path) -> Result<Web> {
        let listener = TcpListener::bind("127.0.0.1:0").context("starting a web server")?;
        let state = Arc::new(State {
            folder: folder.to_owned(),
            port: listener.local_addr()?.port(),
            ended: AtomicBool::new(false),
            sent: AtomicU64::new(0),
            limit: AtomicU64::new(u64::MAX),
        });
        let own = Arc::clone(&state);
        spawn(move || own.run(listener));
        Ok(Web { state })
    }

    /// The address of the folder as a machine sees it.
    pub fn url(&self) -> String {
        format!("http://10.0.2.2:{}", self.state.port)
    }

    /// Breaks all connections when this many bytes have been sent, and takes no new ones, until [`Web::revive`].
    pub fn die_after(&self, bytes: u64) {
        self.state.limit.store(bytes, Ordering::SeqCst);
    }

    /// Waits for the death.
    ///
    /// # Errors
    /// When it does not come in time.
    pub fn wait_dead(&self, patience: Duration) -> Result<()> {
        let end = Instant::now() + patience;
        while !self.state.is_dead() {
            ensure!(
                Instant::now() < end,
                "only {} bytes were fetched in {} s",
                self.sent(),
                patience.as_secs()
            );
            sleep(PAUSE);
        }
        Ok(())
    }

    /// Serves again.
    pub fn revive(&self) {
        self.die_after(u64::MAX);
    }

    /// Bytes of files sent so far.
    pub fn sent(&self) -> u64 {
        self.state.sent.load(Ordering::SeqCst)
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.state.ended.store(true, Ordering::SeqCst);
        // Wakes up who waits for a connection.
        let _ = TcpStream::connect(("127.0.0.1", self.state.port));
    }
}

impl State {
    fn is_dead(&self) -> bool {
        self.sent.load(Ordering::SeqCst) >= self.limit.load(Ordering::SeqCst)
    }

    fn ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// A dead server has no socket, so that connections are refused.
    fn run(self: Arc<Self>, mut listener: TcpListener) {
        loop {
            self.accept(&listener);
            drop(listener);
            while self.is_dead() && !self.ended() {
                sleep(PAUSE);
            }
            if self.ended() {
                return;
            }
            // Without the port the machine waits in vain, and its scenario says so.
            let Ok(again) = TcpListener::bind(("127.0.0.1", self.port)) else {
                return;
            };
            listener = again;
        }
    }

    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        if listener.set_nonblocking(true).is_err() {
            return;
        }
        while !self.is_dead() && !self.ended() {
            match listener.accept() {
                Ok((stream, _)) => {
                    let own = Arc::clone(self);
                    // A client that goes away is its own business.
                    spawn(move || own.answer(stream));
                }
                Err(_) => sleep(PAUSE),
            }
        }
    }

    fn answer(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_nonblocking(false)?;
        let request = Request::read(&stream)?;
        let path = self.folder.join(request.path.trim_start_matches('/'));
        let Ok(mut file) = File::open(&path) else {
            stream.write_all(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            )?;
            return Ok(());
        };
        let size = file.metadata()?.len();
        stream.write_all(request.head(size).as_bytes())?;
        if request.method == "HEAD" {
            return Ok(());
        }
        file.seek(SeekFrom::Start(request.start.unwrap_or(0)))?;
        self.send(&mut file, &mut stream)
    }

    fn send(&self, file: &mut File, stream: &mut TcpStream) -> Result<()> {
        let mut piece = vec![0; 1 << 16];
        loop {
            let length = file.read(&mut piece)?;
            if length == 0 || self.is_dead() {
                return Ok(());
            }
            stream.write_all(&piece[..length])?;
            self.sent.fetch_add(length as u64, Ordering::SeqCst);
        }
    }
}

/// What a client asks for.
#[derive(Debug, PartialEq)]
struct Request {
    method: String,
    path: String,
    /// `Range: bytes=START-`
    start: Option<u64>,
}

impl Request {
    fn read(stream: impl Read) -> Result<Request> {
        let mut lines = BufReader::new(stream).lines();
        let first = lines.next().context("an empty request")??;
        let mut words = first.split(' ').map(str::to_owned);
        let mut request = Request {
            method: words.next().unwrap_or_default(),
            path: words.next().unwrap_or_default(),
            start: None,
        };
        for line in lines {
            let line = line?.to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(range) = line.strip_prefix("range: bytes=") {
                request.start = range.split('-').next().and_then(|n| n.parse().ok());
            }
        }
        Ok(request)
    }

    fn head(&self, size: u64) -> String {
        let start = self.start.unwrap_or(0).min(size);
        let status = match self.start {
            Some(_) => format!(
                "206 Partial Content\r\nContent-Range: bytes {start}-{}/{size}",
                size.saturating_sub(1)
            ),
            None => "200 OK".into(),
        };
        format!(
            "HTTP/1.1 {status}\r\nAccept-Ranges: bytes\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            size - start
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetch(web: &Web, request: &str) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", web.state.port))?;
        stream.write_all(request.as_bytes())?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn files_come_whole_and_from_the_middle() -> Result<()> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("a"), "0123456789")?;
        let web = Web::serve(folder.path())?;
        let whole = fetch(&web, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n")?;
        assert!(whole.starts_with("HTTP/1.1 200 OK\r\n") && whole.ends_with("\r\n\r\n0123456789"));
        let rest = fetch(&web, "GET /a HTTP/1.1\r\nRange: bytes=7-\r\n\r\n")?;
        assert!(rest.contains("Content-Range: bytes 7-9/10") && rest.ends_with("\r\n\r\n789"));
        let none = fetch(&web, "GET /b HTTP/1.1\r\n\r\n")?;
        assert!(none.starts_with("HTTP/1.1 404"));
        Ok(())
    }

    #[test]
    fn it_dies_and_comes_back() -> Result<()> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("a"), vec![b'x'; 200_000])?;
        let web = Web::serve(folder.path())?;
        web.die_after(100_000);
        let part = fetch(&web, "GET /a HTTP/1.1\r\n\r\n")?;
        assert!(part.len() < 200_000);
        web.wait_dead(Duration::from_secs(5))?;
        sleep(3 * PAUSE);
        assert!(fetch(&web, "GET /a HTTP/1.1\r\n\r\n").is_err());
        web.revive();
        sleep(10 * PAUSE);
        assert!(fetch(&web, "GET /a HTTP/1.1\r\n\r\n")?.len() > 200_000);
        Ok(())
    }
}
