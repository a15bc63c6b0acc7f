//! `firn connect`: standard input and output joined to firnd's socket, for `firn --host` on another machine.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{self, Read, Write, stdin, stdout};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;

/// Carries bytes both ways until firnd closes the connection. The end of the input is passed on.
pub fn join(socket: &Path) -> Result<()> {
    let context = || format!("connecting to firnd at {}", socket.display());
    let stream = UnixStream::connect(socket).with_context(context)?;
    let from = stream.try_clone().with_context(context)?;
    // Rust's standard output keeps what is behind the last line break.
    let output = File::from(stdout().as_fd().try_clone_to_owned()?);
    std::thread::spawn(move || {
        // An input that breaks off ends like one that ends.
        let _ = carry(stdin().lock(), &stream);
        stream.shutdown(Shutdown::Write)
    });
    carry(from, output).context("passing on what firnd says")
}

/// Not `io::copy`: that has the kernel splice, which keeps a pipe locked while it waits for the socket, and who reads from the pipe
/// then hangs.
fn carry(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut piece = vec![0; 64 * 1024];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => to.write_all(&piece[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
