//! ssh into an installed host, with the client of the tools root.

use super::console::Console;
use super::line::Line;
use crate::root::Root;
use anyhow::{Context, Result, bail, ensure};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A key pair of its own for one test run.
#[derive(Debug, Clone)]
pub struct Key {
    path: PathBuf,
    /// The line for `authorized_keys`.
    pub public: String,
}

impl Key {
    /// Makes an ed25519 key in `folder`, which must be bound into the root, or takes the one that is there.
    ///
    /// # Errors
    /// When `ssh-keygen` fails.
    pub fn in_folder(root: &Root, folder: &Path) -> Result<Key> {
        let path = folder.join("id_ed25519");
        if !path.exists() {
            let file = path.display().to_string();
            let args = [
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "firn-tests",
                "-f",
                &file,
            ];
            root.run("ssh-keygen", args)
                .run()
                .context("making an ssh key")?;
        }
        let public = path.with_extension("pub");
        let public = std::fs::read_to_string(&public)
            .with_context(|| format!("reading {}", public.display()))?;
        Ok(Key {
            path,
            public: public.trim().into(),
        })
    }
}

/// What a command on the host did.
#[derive(Debug, Clone)]
pub struct Output {
    /// Exit status; 255 if ssh itself failed.
    pub status: i32,
    /// Standard output and standard error.
    pub text: String,
}

/// A way into a host: root at an address.
#[derive(Debug, Clone)]
pub struct Ssh {
    root: Root,
    key: Key,
    host: String,
    port: u16,
    line: Line,
}

/// The exit status of ssh itself.
const BROKEN: i32 = 255;

impl Ssh {
    /// At this port of the loopback address. Does not connect yet.
    ///
    /// # Errors
    /// When there is no place for the connection's socket.
    pub fn new(root: &Root, key: &Key, port: u16) -> Result<Ssh> {
        Ok(Ssh {
            port,
            ..Ssh::at(root, key, "127.0.0.1")?
        })
    }

    /// At this address, in the network that the root sees.
    ///
    /// # Errors
    /// When there is no place for the connection's socket.
    pub fn at(root: &Root, key: &Key, address: &str) -> Result<Ssh> {
        let line = Line::new()?;
        Ok(Ssh {
            root: line.shown_in(root),
            key: key.clone(),
            host: address.into(),
            port: 22,
            line,
        })
    }

    /// Waits until sshd lets us in. From then on all commands go over one connection.
    ///
    /// # Errors
    /// With ssh's last words when it does not within `timeout`.
    pub fn wait(&self, timeout: Duration) -> Result<()> {
        let end = Instant::now() + timeout;
        loop {
            self.line.open(&self.root, &self.words())?;
            let last = self.output("true", Duration::from_secs(90))?;
            if last.status == 0 {
                return Ok(());
            }
            let (host, port, text) = (&self.host, self.port, last.text.trim());
            ensure!(
                Instant::now() < end,
                "waiting for ssh at {host}, port {port}: {text}"
            );
            std::thread::sleep(Duration::from_secs(2));
        }
    }

    /// Runs a shell command within ten minutes, which an emulated machine beside other load may need, and returns what it said.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn run(&self, command: &str) -> Result<String> {
        let output = self.output(command, Duration::from_secs(600))?;
        let (status, text) = (output.status, output.text);
        ensure!(
            status == 0,
            "on the host, `{command}` ended with {status}: {text}{}",
            if status == BROKEN {
                self.why()
            } else {
                String::new()
            }
        );
        Ok(text)
    }

    /// What the host's journal says of a connection that broke, where it lets us in again.
    fn why(&self) -> String {
        let journal = "journalctl --boot --no-pager --output=short-monotonic | grep -iE 'ssh|session|kill|segfault|oom' | tail -n 15";
        let said = self.output(journal, Duration::from_secs(120));
        said.map_or_else(|_| String::new(), |said| format!("\n{}", said.text))
    }

    /// Runs a shell command; its failure is no error.
    ///
    /// # Errors
    /// When ssh cannot be started, or the command takes longer than `timeout`.
    pub fn output(&self, command: &str, timeout: Duration) -> Result<Output> {
        let mut words = self.words();
        words.push(format!("( {command}\n) 2>&1"));
        finish(self.root.cmd("ssh", words), timeout)
            .with_context(|| format!("running `{command}` on the host"))
    }

    /// Copies files of the build host into a folder of the host.
    ///
    /// # Errors
    /// When scp fails.
    pub fn copy(&self, files: &[&Path], folder: &str, timeout: Duration) -> Result<()> {
        let mut words = self.options("-P");
        words.extend(files.iter().map(|file| file.display().to_string()));
        // Brackets are scp's way to tell the colons of an address from its own.
        words.push(format!("root@[{}]:{folder}/", self.host));
        let output = finish(self.root.cmd("scp", words), timeout)?;
        ensure!(
            output.status == 0,
            "copying to the host's {folder}: {}",
            output.text
        );
        Ok(())
    }

    /// Runs a command with a terminal, to be read and typed to like a serial line. It ends with the returned guard.
    ///
    /// # Errors
    /// When ssh cannot be started.
    pub fn terminal(&self, command: &str, log: &Path) -> Result<Terminal> {
        let mut words = vec!["-tt".into()];
        words.extend(self.words());
        words.push(command.into());
        let mut child = self
            .root
            .cmd("ssh", words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("starting ssh")?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("starting ssh: it has no pipes");
        };
        let console = Console::new(stdout, stdin, log)?;
        Ok(Terminal { console, child })
    }

    /// Options and the host.
    fn words(&self) -> Vec<String> {
        let mut words = self.options("-p");
        words.push(format!("root@{}", self.host));
        words
    }

    fn options(&self, port: &str) -> Vec<String> {
        let options = [
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "BatchMode=yes",
            "LogLevel=ERROR",
            "ConnectTimeout=60",
            // A machine that stands still for minutes comes back; ssh would leave it after a minute and a half, without a word.
            "ServerAliveInterval=30",
            "ServerAliveCountMax=20",
            "IdentitiesOnly=yes",
        ];
        let mut words: Vec<String> = Vec::new();
        for option in options {
            words.extend(["-o".into(), option.into()]);
        }
        words.extend([
            "-o".into(),
            format!("ControlPath={}", self.line.socket().display()),
        ]);
        let key = self.key.path.display().to_string();
        words.extend(["-i".into(), key, port.into(), self.port.to_string()]);
        words
    }
}

/// A command with a terminal; it ends with this value.
pub struct Terminal {
    /// To be read and typed to.
    pub console: Console,
    child: Child,
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command to its end, or kills it after `timeout`.
fn finish(mut command: Command, timeout: Duration) -> Result<Output> {
    let (mut reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null());
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().context("starting ssh")?;
    // The command holds the writing end; as long as it lives the reader below would wait.
    drop(command);
    let text = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = reader.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let end = Instant::now() + timeout;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status.code().unwrap_or(255);
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            bail!("no end after {} s", timeout.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let text = text.join().unwrap_or_default();
    Ok(Output { status, text })
}
