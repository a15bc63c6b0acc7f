//! One machine's requests.

use super::Mac;
use anyhow::{Context, Result, ensure};
use firn_image::cmdline::key::BASE;
use firn_image::{Manifest, file};
use reqwest::{Response, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};

/// All machines ask the same server, each over connections of its own.
#[derive(Debug)]
pub struct Client {
    server: String,
}

impl Client {
    /// Clients of this server.
    ///
    /// # Errors
    /// When the URL is none.
    pub fn new(server: &str) -> Result<Self> {
        let server = server.trim_end_matches('/').to_owned();
        ensure!(
            server.starts_with("http://"),
            "--server {server} is no URL; write it as http://192.0.2.1:8080"
        );
        Ok(Self { server })
    }

    /// The whole way of one machine; the bytes that it fetched.
    pub async fn install(&self, mac: Mac) -> Result<u64> {
        let http = reqwest::Client::new();
        let script = self.script(&http, mac).await?;
        let mut bytes = 0;
        for word in ["kernel", "initrd"] {
            let url = url_after(&script, word)?;
            bytes += fetch(&http, url).await?.0;
        }
        bytes += self.image(&http, &base(&script)?).await?;
        self.answers(&http, mac).await?;
        for (event, percent) in [("started", 0), ("progress", 50), ("succeeded", 100)] {
            let report = json!({"version": 1, "event": event, "time": jiff::Timestamp::now(), "mac": mac.to_string(), "percent": percent});
            let url = format!("{}/v1/report", self.server);
            good(http.post(&url).json(&report).send().await, &url)?;
        }
        Ok(bytes)
    }

    async fn script(&self, http: &reqwest::Client, mac: Mac) -> Result<String> {
        let url = format!("{}/boot.ipxe?mac={mac}", self.server);
        let response = good(http.get(&url).send().await, &url)?;
        response
            .text()
            .await
            .with_context(|| format!("reading {url}"))
    }

    /// The image's files, each as the manifest says.
    async fn image(&self, http: &reqwest::Client, base: &str) -> Result<u64> {
        let url = format!("{base}/{}", file::MANIFEST);
        let manifest: Manifest = good(http.get(&url).send().await, &url)?
            .json()
            .await
            .with_context(|| format!("reading {url}"))?;
        let mut bytes = 0;
        for (name, entry) in manifest.files {
            let url = format!("{base}/{name}");
            let (length, found) = fetch(http, &url).await?;
            ensure!(
                found == entry.sha256,
                "{url} has the sha256 {found}, and the manifest says {}",
                entry.sha256
            );
            bytes += length;
        }
        Ok(bytes)
    }

    /// Either answer is right: there are some for this machine, or there are none.
    async fn answers(&self, http: &reqwest::Client, mac: Mac) -> Result<()> {
        let url = format!("{}/v1/answers", self.server);
        let question = json!({"version": 1, "mac": mac.to_string(), "serial": format!("fleet-{mac}"), "machine": {"product": "simulated", "disks": [], "nics": []}});
        let response = http.post(&url).json(&question).send().await;
        let status = response.with_context(|| format!("asking {url}"))?.status();
        ensure!(
            matches!(status, StatusCode::OK | StatusCode::NOT_FOUND),
            "{url} answered {status}"
        );
        Ok(())
    }
}

/// Length and sha256 of what a URL gives.
pub async fn fetch(http: &reqwest::Client, url: &str) -> Result<(u64, String)> {
    let mut response = good(http.get(url).send().await, url)?;
    let (mut length, mut hash) = (0, Sha256::new());
    while let Some(chunk) = response
        .chunk()
        .await
        .with_context(|| format!("reading {url}"))?
    {
        length += chunk.len() as u64;
        hash.update(&chunk);
    }
    Ok((length, hex::encode(hash.finalize())))
}

fn good(response: reqwest::Result<Response>, url: &str) -> Result<Response> {
    let response = response.and_then(Response::error_for_status);
    response.with_context(|| format!("asking {url}"))
}

/// The URL in the line of the script that begins with this word.
fn url_after<'s>(script: &'s str, word: &str) -> Result<&'s str> {
    let line = script
        .lines()
        .find_map(|line| line.strip_prefix(word)?.split_whitespace().next());
    line.with_context(|| format!("the script has no line {word:?}: {script}"))
}

/// Where the script says that the image is.
fn base(script: &str) -> Result<String> {
    let word = script
        .split_whitespace()
        .find_map(|word| word.strip_prefix(BASE)?.strip_prefix('='));
    word.map(str::to_owned)
        .context("the script has no firn.base=")
}
