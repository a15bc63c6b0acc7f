//! A QEMU process that cannot outlive its owner.

use crate::root::Root;
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Runs the program as a child and ends with it, or when its standard input ends: that pipe closes also if the harness is
/// killed, and then everything in this PID namespace is.
const GUARD: &str =
    r#"exec 3<&0; "$@" </dev/null 3<&- & p=$!; { cat <&3 >/dev/null; kill -9 $p; } & wait $p"#;

/// A running program inside the tools root.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts it; what it says goes to the file `log`.
    ///
    /// # Errors
    /// When the log cannot be made or the program cannot be started.
    pub fn start(root: &Root, program: &str, args: &[String], log: &Path) -> Result<Process> {
        let words = ["-c", GUARD, "guard", program].map(str::to_owned);
        Process::spawn(root.cmd("sh", words.iter().chain(args)), log)
            .with_context(|| format!("starting {program} in {}", root.path().display()))
    }

    /// Starts a command whose words see to it themselves that it ends with this program.
    pub(crate) fn spawn(mut command: Command, log: &Path) -> Result<Process> {
        let file =
            File::create(log).with_context(|| format!("making the log {}", log.display()))?;
        command.stdin(Stdio::piped()).stdout(file.try_clone()?);
        let child = command.stderr(file).spawn()?;
        Ok(Process {
            child,
            log: log.into(),
        })
    }

    /// The number of the process that began it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// What it said so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it has said this.
    ///
    /// # Errors
    /// When it ends before, or has not after `timeout`.
    pub fn wait_said(&mut self, text: &str, timeout: Duration) -> Result<()> {
        let end = Instant::now() + timeout;
        while !self.said().contains(text) {
            let (running, said) = (self.running(), self.said());
            ensure!(running, "it has ended: {}", said.trim());
            let seconds = timeout.as_secs();
            ensure!(
                Instant::now() < end,
                "it has not said {text:?} after {seconds} s: {}",
                said.trim()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
