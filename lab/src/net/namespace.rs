//! A network namespace that nothing outside holds on to.

use anyhow::{Context, Result, ensure};
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Says that the namespace is there, and waits for the end of its standard input: that pipe closes also if the harness is killed.
const HOLD: &str = "echo ready; exec cat";

/// A network namespace with a loopback device; it goes with this value and the programs in it.
#[derive(Debug)]
pub struct Namespace {
    holder: Child,
}

impl Namespace {
    /// Makes one.
    ///
    /// # Errors
    /// When that is not allowed here: it takes root.
    pub fn new() -> Result<Namespace> {
        let mut holder = Command::new("unshare")
            .args(["--net", "--", "sh", "-c", HOLD])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("starting unshare")?;
        let ready = holder.stdout.take().map(BufReader::new);
        let ready = ready.and_then(|output| output.lines().next());
        let namespace = Namespace { holder };
        ensure!(
            matches!(ready, Some(Ok(line)) if line == "ready"),
            "making a network namespace: unshare is not allowed to; it takes root"
        );
        namespace.run("ip", ["link", "set", "lo", "up"])?;
        Ok(namespace)
    }

    /// The process that holds it, by which `ip link … netns` knows it.
    pub fn pid(&self) -> u32 {
        self.holder.id()
    }

    /// The words before a command that shall run in it.
    pub fn words(&self) -> Vec<OsString> {
        let path = format!("--net=/proc/{}/ns/net", self.pid());
        ["nsenter", &path, "--"].map(Into::into).to_vec()
    }

    /// Runs a program of the build host in it.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn run<const N: usize>(&self, program: &str, args: [&str; N]) -> Result<()> {
        let words = self.words();
        let command = firn_command::cmd(&words[0], &words[1..]);
        Ok(command.arg(program).args(args).run()?)
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
