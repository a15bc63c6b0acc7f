//! The real server on loopback, with a small netboot folder.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The files of the image, and what loaders take besides.
const IMAGE: [&str; 5] = firn_image::file::ALL;

/// A folder for everything that a server reads and writes.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// With a netboot folder of made-up files, and no answers yet.
    pub fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let mut files = serde_json::Map::new();
        for (number, name) in IMAGE.iter().enumerate() {
            let bytes = vec![number as u8; 1000 + 300_000 * number];
            let sha256 = hex::encode(Sha256::digest(&bytes));
            let entry = serde_json::json!({"sha256": sha256, "size": bytes.len()});
            files.insert((*name).into(), entry);
            place.write(&format!("netboot/firn/{name}"), &bytes);
        }
        let manifest = serde_json::json!({"id": "ab", "version": "1", "files": files});
        place.write(
            "netboot/firn/manifest.json",
            manifest.to_string().as_bytes(),
        );
        place.write("netboot/firn/netboot.img", b"initrd");
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// An answer file below answers/.
    pub fn answers(&self, name: &str, text: &str) {
        self.write(&format!("answers/{name}"), text.as_bytes());
    }

    /// The server's command, HTTP only.
    pub fn command(&self, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_firn-netboot"));
        command
            .args(["serve", "--no-dhcp", "--folder"])
            .arg(self.path("netboot"))
            .arg("--state")
            .arg(self.path("state.json"))
            .arg("--log")
            .arg(self.path("log.jsonl"))
            .args(options);
        if self.path("answers").is_dir() {
            command.arg("--answers").arg(self.path("answers"));
        }
        command
    }

    /// Starts it on a free port.
    pub fn serve(&self, options: &[&str]) -> Server {
        let mut child = self
            .command(options)
            .args(["--port", "0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut first).unwrap();
        let port = first.split(" on port ").nth(1).expect(&first);
        let port = port.split(' ').next().unwrap();
        // Nobody else reads its lines, and it must not stand still for that.
        std::thread::spawn(move || output.lines().map_while(Result::ok).count());
        Server {
            url: format!("http://127.0.0.1:{port}"),
            child,
        }
    }

    /// What the server refuses to start with: exit status 1 and one error.
    pub fn refusal(&self, options: &[&str]) -> String {
        let output = self.command(options).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        text.replace(self.folder.path().to_str().unwrap(), "")
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log.jsonl")).unwrap()
    }
}

/// A running server; it ends with this value.
pub struct Server {
    pub url: String,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Server {
    /// A line for its standard input.
    pub fn order(&mut self, line: &str) {
        let input = self.child.stdin.as_mut().unwrap();
        writeln!(input, "{line}").unwrap();
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        request(reqwest::Client::new().get(self.at(path)))
    }

    pub fn post(&self, path: &str, body: &Value) -> (u16, String) {
        request(reqwest::Client::new().post(self.at(path)).json(body))
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.url)
    }

    /// The stage of the one machine that was seen.
    pub fn stage(&self) -> String {
        let machines: Value = serde_json::from_str(&self.get("v1/machines").1).unwrap();
        machines[0]["text"].as_str().unwrap_or_default().to_owned()
    }

    /// Waits for that stage.
    pub fn reaches(&self, stage: &str) {
        let end = Instant::now() + Duration::from_secs(20);
        while self.stage() != stage {
            assert!(
                Instant::now() < end,
                "{:?} instead of {stage:?}",
                self.stage()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Status and text.
pub fn request(request: reqwest::RequestBuilder) -> (u16, String) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    })
}

/// A folder's file as bytes.
pub fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}
