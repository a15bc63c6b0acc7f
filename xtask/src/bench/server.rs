//! The netboot server, for the sections that need one.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The server; it ends with this value.
pub struct Server {
    child: Child,
    /// On the loopback address.
    pub port: u16,
}

impl Server {
    /// Starts it on a free port and waits until it serves.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(mut command: Command) -> Result<Self> {
        let command = command
            .args(["--port", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().context("starting firn-netboot serve")?;
        let mut lines = child.stdout.take().map(|out| BufReader::new(out).lines());
        let first = lines
            .as_mut()
            .and_then(Iterator::next)
            .transpose()?
            .unwrap_or_default();
        // From here on it is ended also when it has said something else.
        let mut server = Server { child, port: 0 };
        server.port = port(&first).with_context(|| format!("firn-netboot serve said {first:?}"))?;
        // Somebody must read on, or the server stands still once the pipe is full.
        std::thread::spawn(move || lines.map(|lines| lines.map_while(Result::ok).count()));
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port in the server's first line: `serving on port 8080…`.
fn port(line: &str) -> Option<u16> {
    let rest = line.split(" on port ").nth(1)?;
    rest.split_whitespace()
        .next()?
        .trim_end_matches(';')
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_in_the_first_line() {
        assert_eq!(
            port("serving on port 8080 over HTTP only; Ctrl-C ends it"),
            Some(8080)
        );
        assert_eq!(port("error: no"), None);
    }
}
