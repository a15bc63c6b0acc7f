//! A web server on the loopback address, which QEMU's network shows as 10.0.2.2: plain, or encrypted by openssl.

use anyhow::{Context, Result};
use firn_lab::root::Root;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// Where reports go; everything is taken there.
pub const REPORTS: &str = "/v1/report";

/// Files by their paths. A POST takes its file away, so that the second one finds nothing.
#[derive(Debug, Clone, Default)]
pub struct Site {
    files: Arc<Mutex<BTreeMap<String, String>>>,
    posts: Arc<Mutex<Vec<(String, String)>>>,
}

impl Site {
    /// Begins to serve; gives the port, too.
    ///
    /// # Errors
    /// When there is no port.
    pub fn open() -> Result<(Site, u16)> {
        let listener = TcpListener::bind("127.0.0.1:0").context("opening a port")?;
        let port = listener.local_addr()?.port();
        let site = Site::default();
        let served = site.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who hangs up early has no answer.
                let _ = served.answer(stream);
            }
        });
        Ok((site, port))
    }

    /// Puts a file at a path.
    pub fn put(&self, path: &str, text: &str) {
        lock(&self.files).insert(path.into(), text.into());
    }

    /// Paths and bodies of all POSTs so far.
    pub fn posts(&self) -> Vec<(String, String)> {
        lock(&self.posts).clone()
    }

    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (verb, path) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let mut body = vec![0; length(&mut reader)?];
        reader.read_exact(&mut body)?;
        let found = self.reply(verb, path, String::from_utf8_lossy(&body).into_owned());
        let status = if found.is_some() {
            "200 OK"
        } else {
            "404 Not Found"
        };
        let text = found.unwrap_or_default();
        write!(
            stream,
            "HTTP/1.0 {status}\r\nContent-Length: {}\r\n\r\n{text}",
            text.len()
        )
    }

    fn reply(&self, verb: &str, path: &str, body: String) -> Option<String> {
        if verb != "POST" {
            return lock(&self.files).get(path).cloned();
        }
        lock(&self.posts).push((path.into(), body));
        if path == REPORTS {
            return Some(String::new());
        }
        lock(&self.files).remove(path)
    }
}

/// A test that fell while it held the lock has said why already.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the headers; gives the length of the body.
fn length(reader: &mut impl BufRead) -> std::io::Result<usize> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        if header.trim().is_empty() {
            return Ok(length);
        }
        let lower = header.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
}

/// The files of a folder by HTTPS, as `openssl s_server` serves them; ends with its value.
#[derive(Debug)]
pub struct Encrypted {
    child: Child,
    /// Where it listens.
    pub port: u16,
}

impl Encrypted {
    /// Serves `folder` with `cert.pem` and `key.pem` out of it.
    ///
    /// # Errors
    /// When openssl does not start.
    pub fn open(root: &Root, folder: &Path) -> Result<Encrypted> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = format!(
            "cd {} && exec openssl s_server -quiet -accept 127.0.0.1:{port} -cert cert.pem -key key.pem -WWW",
            folder.display()
        );
        let child = root
            .cmd("sh", ["-c", &server])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("starting openssl")?;
        Ok(Encrypted { child, port })
    }
}

impl Drop for Encrypted {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
