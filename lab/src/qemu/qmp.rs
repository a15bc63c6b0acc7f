//! QEMU's control socket: one JSON object a line, both ways.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// A connection to one QEMU.
#[derive(Debug)]
pub struct Qmp {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
}

impl Qmp {
    /// Greets the QEMU at the other end.
    ///
    /// # Errors
    /// When it does not answer within 30 s.
    pub fn new(stream: UnixStream) -> Result<Qmp> {
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let writer = stream.try_clone()?;
        let mut qmp = Qmp {
            reader: BufReader::new(stream),
            writer,
        };
        qmp.line().context("reading QEMU's greeting")?;
        qmp.execute("qmp_capabilities", json!({}))?;
        Ok(qmp)
    }

    /// Runs a command and returns what it returns; events in between are passed over.
    ///
    /// # Errors
    /// When QEMU refuses it, with QEMU's own words, or has ended.
    pub fn execute(&mut self, command: &str, arguments: Value) -> Result<Value> {
        let line = json!({ "execute": command, "arguments": arguments }).to_string();
        writeln!(self.writer, "{line}").with_context(|| format!("sending {command} to QEMU"))?;
        loop {
            let answer = self
                .line()
                .with_context(|| format!("reading QEMU's answer to {command}"))?;
            if let Some(value) = answer.get("return") {
                return Ok(value.clone());
            }
            if let Some(error) = answer.get("error") {
                bail!("QEMU refused {command}: {}", error["desc"]);
            }
        }
    }

    /// What QEMU's monitor for people says to a command.
    ///
    /// # Errors
    /// When QEMU has ended.
    pub fn ask(&mut self, command: &str) -> Result<String> {
        let said = self.execute("human-monitor-command", json!({ "command-line": command }))?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// Keeps memory and devices in the first disk, and all disks as they are now, by this name. Every disk must be qcow2.
    ///
    /// # Errors
    /// With QEMU's own words, when a disk or a device cannot be kept.
    pub fn save(&mut self, name: &str) -> Result<()> {
        let said = self.ask(&format!("savevm {name}"))?;
        ensure!(
            said.trim().is_empty(),
            "saving the machine: {}",
            said.trim()
        );
        Ok(())
    }

    /// Writes the screen as a PNG file; the path must be bound into the tools root.
    ///
    /// # Errors
    /// When QEMU cannot write there.
    pub fn screendump(&mut self, path: &Path) -> Result<()> {
        let arguments = json!({ "filename": path, "format": "png" });
        self.execute("screendump", arguments).map(drop)
    }

    /// Presses the power button.
    ///
    /// # Errors
    /// When QEMU has ended.
    pub fn system_powerdown(&mut self) -> Result<()> {
        self.execute("system_powerdown", json!({})).map(drop)
    }

    /// Whether the machine is `running`, `shutdown`, `internal-error`, …
    ///
    /// # Errors
    /// When QEMU has ended.
    pub fn status(&mut self) -> Result<String> {
        let value = self.execute("query-status", json!({}))?;
        Ok(value["status"].as_str().unwrap_or_default().to_owned())
    }

    /// Takes the medium out of the CD drive.
    ///
    /// # Errors
    /// When there is no CD drive.
    pub fn eject(&mut self) -> Result<()> {
        self.execute("eject", json!({ "id": "cd", "force": true }))
            .map(drop)
    }

    /// Pulls a disk on USB out of the running machine; disks count from 0.
    ///
    /// # Errors
    /// When there is no such disk, or it sits where none can be pulled out.
    pub fn pull_out(&mut self, disk: usize) -> Result<()> {
        let arguments = json!({ "id": format!("device{disk}") });
        self.execute("device_del", arguments).map(drop)
    }

    /// Pulls the stick that carries the medium out of the running machine.
    ///
    /// # Errors
    /// When the medium is no stick.
    pub fn pull_out_stick(&mut self) -> Result<()> {
        self.execute("device_del", json!({ "id": "stick" }))
            .map(drop)
    }

    /// Plugs the cable of a NIC in or out; cards count from 0.
    ///
    /// # Errors
    /// When there is no such card.
    pub fn set_link(&mut self, nic: usize, up: bool) -> Result<()> {
        let arguments = json!({ "name": format!("nic{nic}"), "up": up });
        self.execute("set_link", arguments).map(drop)
    }

    /// Presses keys on the keyboard, one after the other, by QEMU's names (`ret`, `down`, `a`); those joined by `-` together
    /// (`ctrl-l`, `shift-tab`).
    ///
    /// # Errors
    /// When a name is unknown.
    pub fn press(&mut self, keys: &[&str]) -> Result<()> {
        for key in keys {
            let together: Vec<Value> = key
                .split('-')
                .map(|name| json!({ "type": "qcode", "data": name }))
                .collect();
            // Held for 100 ms, QEMU's default, and released before the next one.
            self.execute("send-key", json!({ "keys": together }))?;
            std::thread::sleep(Duration::from_millis(150));
        }
        Ok(())
    }

    fn line(&mut self) -> Result<Value> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            bail!("QEMU has closed the connection");
        }
        Ok(serde_json::from_str(&line)?)
    }
}
