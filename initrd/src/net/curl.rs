//! One file from a web server, by curl, over one NIC.
//!
//! Certificates are not looked at: what is fetched here must have the checksums that the initrd has, so that it does not matter
//! who sent it; and a machine whose clock is wrong, as new ones' are, could not verify any.

use crate::run;
use std::io::Read;
use std::process::{ChildStdout, Command, Stdio};

/// A connection that cannot be made, and one on which nothing comes any more, are given up after so many seconds.
const CONNECT_TIME: &str = "10";
const STALL_TIME: &str = "15";
/// curl's exit status for an answer with an HTTP error, and for a server that cannot begin in the middle.
const HTTP_ERROR: i32 = 22;
const NO_RANGES: i32 = 33;

/// Where files come from.
pub struct Server<'a> {
    /// The folder's URL.
    pub base: &'a str,
    pub interface: &'a str,
}

/// Why there is no (whole) file.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// curl's own words, such as `The requested URL returned error: 404`.
    pub words: String,
    status: Option<i32>,
}

impl Trouble {
    /// curl's last line on standard error, without the number that nobody needs.
    fn new(status: Option<i32>, errors: &str) -> Trouble {
        let last = errors.lines().rev().find(|line| !line.trim().is_empty());
        let last = last.unwrap_or("curl has ended without a word").trim();
        let words = last
            .strip_prefix("curl: (")
            .and_then(|l| l.split_once(") "));
        Trouble {
            words: words.map_or(last, |(_, words)| words).to_owned(),
            status,
        }
    }

    /// A failure on this side.
    fn own(what: &str, error: &std::io::Error) -> Trouble {
        Trouble {
            words: format!("{what}: {error}"),
            status: None,
        }
    }

    /// The server has no such file, or does not give it: asking again will not change that.
    pub fn is_refusal(&self) -> bool {
        self.status == Some(HTTP_ERROR) && self.words.contains("error: 4")
    }

    /// The server can only send from the beginning.
    pub fn wants_beginning(&self) -> bool {
        self.status == Some(NO_RANGES)
    }
}

impl Server<'_> {
    /// The URL of one of the files.
    pub fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.base)
    }

    /// A small file.
    pub fn text(&self, name: &str) -> Result<String, Trouble> {
        let mut bytes = Vec::new();
        self.stream(name, 0, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Hands the file to `take`, piece by piece, from byte `start` on.
    pub fn stream(
        &self,
        name: &str,
        start: u64,
        take: impl FnMut(&[u8]) -> std::io::Result<()>,
    ) -> Result<(), Trouble> {
        let started = self.command(name, start).spawn();
        let mut child = started.map_err(|error| Trouble::own("starting curl", &error))?;
        let taken = match child.stdout.take() {
            Some(output) => pass_on(output, take),
            None => Ok(()),
        };
        if taken.is_err() {
            let _ = child.kill();
        }
        let end = child.wait_with_output();
        let end = end.map_err(|error| Trouble::own("waiting for curl", &error))?;
        // A full memory is the reason, and curl's broken pipe its consequence.
        taken.map_err(|error| Trouble::own("keeping what was received", &error))?;
        if end.status.success() {
            return Ok(());
        }
        let errors = String::from_utf8_lossy(&end.stderr);
        Err(Trouble::new(end.status.code(), &errors))
    }

    fn command(&self, name: &str, start: u64) -> Command {
        let mut command = run::command("curl");
        command
            .args([
                "--silent",
                "--show-error",
                "--fail",
                "--location",
                "--insecure",
            ])
            .args(["--interface", self.interface])
            .args(["--connect-timeout", CONNECT_TIME])
            .args(["--speed-limit", "1", "--speed-time", STALL_TIME])
            .args(["--continue-at", &start.to_string()])
            .arg(self.url(name))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

fn pass_on(
    mut from: ChildStdout,
    mut take: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut piece = vec![0; 1 << 16];
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(()),
            length => take(&piece[..length])?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curls_words_are_kept_and_understood() {
        let missing = Trouble::new(
            Some(22),
            "curl: (22) The requested URL returned error: 404\n",
        );
        assert_eq!(missing.words, "The requested URL returned error: 404");
        assert!(missing.is_refusal() && !missing.wants_beginning());
        let busy = Trouble::new(Some(22), "curl: (22) The requested URL returned error: 503");
        assert!(!busy.is_refusal());
        let dns = Trouble::new(Some(6), "curl: (6) Could not resolve host: boot");
        assert_eq!(dns.words, "Could not resolve host: boot");
        assert!(Trouble::new(Some(33), "").wants_beginning());
        assert_eq!(
            Trouble::new(None, "\n").words,
            "curl has ended without a word"
        );
    }
}
