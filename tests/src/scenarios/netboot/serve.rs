//! Firn's own netboot folder and server.

use super::site::{CARD, SERVER, Site};
use anyhow::{Context, Result};
use firn_lab::qemu::Process;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// From the server's start to its first answer.
const READY: Duration = Duration::from_secs(60);

impl Site<'_> {
    /// A netboot folder of this name, made with these options of `cargo xtask netboot bundle`.
    pub fn bundle(&self, name: &str, options: &[&str]) -> Result<PathBuf> {
        let folder = self.folder(name)?;
        self.bench.shared.netboot.bundle(&folder, options)?;
        Ok(folder)
    }

    /// Serves a netboot folder with these options of `cargo xtask netboot serve`.
    pub fn serve(&self, folder: &Path, options: &[&str]) -> Result<Process> {
        let tools = self.bench.lab().root().path().display().to_string();
        let folder = folder.display().to_string();
        let state = self.bench.path("state.json").display().to_string();
        let mut args = vec!["serve", "--folder", &folder, "--tools", &tools];
        let events = self.bench.path("server.jsonl").display().to_string();
        args.extend(["--interface", CARD, "--state", &state, "--log", &events]);
        args.extend(options);
        let log = self.bench.path("server.log");
        let program = &self.bench.shared.netboot.server;
        let mut server = self.server.start_host(program, &args, &log)?;
        let ready = server.wait_said("serving ", READY);
        ready.context("starting the netboot server")?;
        Ok(server)
    }

    /// Full DHCP, and the answers in this folder.
    pub fn serve_dhcp(&self, folder: &Path, answers: &Path, options: &[&str]) -> Result<Process> {
        let answers = answers.display().to_string();
        let all = [&["--dhcp", "--answers", &answers], options].concat();
        self.serve(folder, &all)
    }

    /// A folder of answers, with files at these places in it.
    pub fn answers(&self, files: &[(&str, &str)]) -> Result<PathBuf> {
        let folder = self.folder("answers")?;
        for (name, text) in files {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(folder)
    }

    /// What the server says of the machine with this MAC.
    pub fn machine_row(&self, mac: &str) -> Result<Value> {
        let url = format!("http://{SERVER}/v1/machines");
        let text = self.server.root().run("curl", ["-sf", &url]).read()?;
        let rows: Vec<Value> = serde_json::from_str(&text).with_context(|| text.clone())?;
        let found = rows.into_iter().find(|row| row["mac"] == mac);
        found.with_context(|| format!("the server's table lacks {mac}: {text}"))
    }
}
