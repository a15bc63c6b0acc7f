//! One ssh connection that all commands on a host share.
//!
//! An emulated host takes seconds for a login: keys are exchanged, PAM opens a session, systemd starts a manager for the user. A command
//! over a connection that stands costs a tenth of that. Without this connection everything works as well, only slower.

use super::process::Process;
use crate::root::Root;
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// For the login, emulated.
const LOGIN: Duration = Duration::from_secs(90);

/// Where the connection is, and the process that holds it while there is one.
#[derive(Debug, Clone)]
pub(super) struct Line {
    folder: Arc<TempDir>,
    holder: Arc<Mutex<Option<Process>>>,
}

impl Line {
    /// A place for a connection.
    ///
    /// # Errors
    /// When there can be no folder for its socket.
    pub fn new() -> Result<Line> {
        // Paths of sockets may have 107 bytes at most.
        let folder = TempDir::with_prefix("firn-ssh-").context("making a folder for ssh")?;
        Ok(Line {
            folder: Arc::new(folder),
            holder: Arc::default(),
        })
    }

    /// The root with that place in it.
    pub fn shown_in(&self, root: &Root) -> Root {
        root.clone().bind(self.folder.path())
    }

    /// The socket by which ssh finds the connection.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("line")
    }

    /// Has ssh, with these words, hold a connection. One that was held before ends: the host behind it may have been started anew.
    ///
    /// # Errors
    /// When ssh cannot be started.
    pub fn open(&self, root: &Root, words: &[String]) -> Result<()> {
        self.close();
        let args = [&["-M".to_owned(), "-N".to_owned()], words].concat();
        let mut holder = Process::start(root, "ssh", &args, &self.folder.path().join("log"))?;
        let end = Instant::now() + LOGIN;
        while holder.running() && !self.socket().exists() && Instant::now() < end {
            sleep(Duration::from_millis(20));
        }
        *self.holder.lock().unwrap_or_else(PoisonError::into_inner) = Some(holder);
        Ok(())
    }

    fn close(&self) {
        let mut holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        if holder.take().is_some() {
            // A holder that was killed leaves its socket; ssh would ask it in vain.
            let _ = std::fs::remove_file(self.socket());
        }
    }
}
