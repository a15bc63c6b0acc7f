//! HTTP, by curl: one request and its reply, or a sentence that says what stood in between.
//!
//! What curl is to do goes in by its standard input, so that no URL, token or body is seen in the list of processes.

mod config;
#[cfg(test)]
pub mod tests;
mod trouble;

pub use trouble::{Trouble, host};

use firn_command::cmd;
use firn_config::Secret;
use firn_words::{Text, is_seen, say};
use std::io::Write;
use std::time::Duration;
use tempfile::NamedTempFile;

/// The authorities that the system trusts.
const SYSTEM: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Bytes of the longest text of a server that is repeated.
const MOST_SAID: usize = 500;

/// Whom a server must be, besides what its certificate and the system's authorities say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// Further authorities, in PEM.
    pub ca: Option<String>,
    /// Its key is one of these, `sha256//…`. Where there are pins and no authority of one's own, the pin alone counts.
    pub pins: Vec<String>,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where to.
    pub url: String,
    /// Whom.
    pub server: Server,
    /// JSON to POST; nothing is a GET.
    pub body: Option<String>,
    /// Sent as `Authorization: Bearer`.
    pub token: Option<Secret>,
    /// Bytes of the largest reply.
    pub most: u64,
    /// For all of it.
    pub patience: Duration,
}

impl Request {
    /// Gets `url`, at most 1 MiB within 30 s.
    pub fn get(url: impl Into<String>, server: &Server) -> Self {
        Self {
            url: url.into(),
            server: server.clone(),
            body: None,
            token: None,
            most: firn_config::MAX_SIZE,
            patience: Duration::from_secs(30),
        }
    }

    /// Posts JSON.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP's status.
    pub status: u16,
    /// Seconds after which the server wants to be asked again.
    pub again: Option<u64>,
    /// The bytes.
    pub body: Vec<u8>,
}

/// Whether a server that says this may say something else in a while.
pub fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..)
}

impl Reply {
    /// A status that was not hoped for, in words, with those of the server.
    pub fn text(&self, url: &str) -> Text {
        let (host, status) = (host(url), self.status.to_string());
        match self.said() {
            Some(said) => say!("web-status-said", host = host, status = status, said = said),
            None => say!("web-status", host = host, status = status),
        }
    }

    /// What a server says for people: its text in one line, as far as that is short and no page. An old server may say it in
    /// Latin-1.
    pub fn said(&self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.body);
        let text = text.trim();
        let page =
            text.starts_with('<') || text.chars().any(|c| c != '\n' && c != '\r' && !is_seen(c));
        let words: Vec<&str> = text.split_whitespace().collect();
        (!page && !words.is_empty() && text.len() <= MOST_SAID).then(|| words.join(" "))
    }
}

/// Sends a request.
///
/// # Errors
/// There was no reply, or one that is too large.
pub fn send(request: &Request) -> Result<Reply, Trouble> {
    let authorities = authorities(&request.server).map_err(Trouble::Other)?;
    let path = authorities.as_ref().map(NamedTempFile::path);
    let text = config::text(request, path);
    // ~/.curlrc, which may not be read, is only forbidden by the first word.
    let curl = cmd("curl", ["--disable", "--config", "-"]).stdin_bytes(text.into_bytes());
    let bytes = curl.bytes().map_err(|error| Trouble::of(&error))?;
    reply(bytes, request.most)
}

/// The system's authorities and the server's own in one file, since curl takes one.
fn authorities(server: &Server) -> Result<Option<NamedTempFile>, String> {
    let Some(own) = &server.ca else {
        return Ok(None);
    };
    let system = firn_words::read_text(SYSTEM).unwrap_or_default();
    let write = || {
        let mut file = NamedTempFile::new()?;
        write!(file, "{system}\n{own}\n").map(|()| file)
    };
    let file = write().map_err(|e| format!("writing the certificates for curl: {e}"))?;
    Ok(Some(file))
}

/// curl writes Retry-After, which most servers do not send, and the status in a line of its own after the body.
fn reply(mut bytes: Vec<u8>, most: u64) -> Result<Reply, Trouble> {
    let end = bytes.iter().rposition(|b| *b == b'\n').unwrap_or_default();
    let line = String::from_utf8_lossy(bytes.get(end + 1..).unwrap_or_default());
    let (again, status) = line.split_once(' ').unwrap_or_default();
    let Ok(status) = status.parse() else {
        return Err(Trouble::Other("curl gave no status".into()));
    };
    let again = again.parse().ok();
    bytes.truncate(end);
    if bytes.len() as u64 > most {
        return Err(Trouble::Large);
    }
    Ok(Reply {
        status,
        again,
        body: bytes,
    })
}
