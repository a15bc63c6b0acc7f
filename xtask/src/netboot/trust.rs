//! Whom a netbooted installer trusts with its answers: options of the bundle, written as `trust.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde::Serialize;

/// Whose answers are taken.
#[derive(Debug, Args, Clone, Default)]
pub struct TrustArgs {
    /// Take only answers signed with this minisign public key (FILE.pub; may be given several times)
    #[arg(long, value_name = "FILE")]
    pub key: Vec<PathBuf>,
    /// Trust servers with a certificate of this authority, too (PEM)
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Trust only servers with this public key, as curl's --pinnedpubkey takes it (may be given several times)
    #[arg(long, value_name = "sha256//BASE64")]
    pub pin: Vec<String>,
    /// Refuse answers over plain HTTP that have neither checksum nor signature, instead of warning
    #[arg(long)]
    pub strict: bool,
}

/// The file.
#[derive(Debug, Serialize, PartialEq)]
struct Trust {
    strict: bool,
    keys: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ca: Option<String>,
    pins: Vec<String>,
}

impl TrustArgs {
    /// The text of `trust.toml`; nothing when nothing was asked for.
    ///
    /// # Errors
    /// When a file cannot be read, or is not what it should be.
    pub fn file(&self) -> Result<Option<String>> {
        let trust = Trust {
            strict: self.strict,
            keys: self
                .key
                .iter()
                .map(|path| key(path))
                .collect::<Result<_>>()?,
            ca: self.ca.as_deref().map(authority).transpose()?,
            pins: self
                .pin
                .iter()
                .map(|pin| checked(pin))
                .collect::<Result<_>>()?,
        };
        let asked = trust.strict || !trust.keys.is_empty() || !trust.pins.is_empty();
        if !asked && trust.ca.is_none() {
            return Ok(None);
        }
        Ok(Some(toml::to_string(&trust)?))
    }
}

/// The line of the key; minisign writes a comment before it.
fn key(path: &Path) -> Result<String> {
    let text = read(path)?;
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("RW"));
    let line = line.filter(|line| line.len() == 56);
    let line = line.with_context(|| {
        format!(
            "{} is no public key of minisign: it has no line of 56 characters that begins with RW",
            path.display()
        )
    })?;
    Ok(line.to_owned())
}

fn authority(path: &Path) -> Result<String> {
    let text = read(path)?;
    ensure!(
        text.contains("-----BEGIN CERTIFICATE-----"),
        "{} is no certificate in PEM form: it has no line -----BEGIN CERTIFICATE-----",
        path.display()
    );
    Ok(text)
}

/// A sha256 has 44 characters in base64.
fn checked(pin: &str) -> Result<String> {
    let hash = pin.strip_prefix("sha256//");
    ensure!(
        hash.is_some_and(|hash| hash.len() == 44 && hash.ends_with('=')),
        "--pin {pin} is not sha256//BASE64, the sha256 of a public key"
    );
    Ok(pin.to_owned())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    const PIN: &str = "sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=";

    fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn options_become_the_file() {
        let (_folder, path) = file("k.pub", &format!("untrusted comment: k\n{KEY}\n"));
        let args = TrustArgs {
            key: vec![path],
            pin: vec![PIN.into()],
            strict: true,
            ca: None,
        };
        assert_eq!(
            args.file().unwrap().unwrap(),
            format!("strict = true\nkeys = [\"{KEY}\"]\npins = [\"{PIN}\"]\n")
        );
        assert_eq!(TrustArgs::default().file().unwrap(), None);
    }

    #[test]
    fn other_files_and_pins_are_refused() {
        let (_folder, path) = file("k.pem", "nonsense\n");
        let said = |args: TrustArgs| args.file().unwrap_err().to_string();
        let name = path.display().to_string();
        assert_eq!(
            said(TrustArgs {
                key: vec![path.clone()],
                ..Default::default()
            }),
            format!(
                "{name} is no public key of minisign: it has no line of 56 characters that begins with RW"
            )
        );
        assert_eq!(
            said(TrustArgs {
                ca: Some(path),
                ..Default::default()
            }),
            format!(
                "{name} is no certificate in PEM form: it has no line -----BEGIN CERTIFICATE-----"
            )
        );
        assert_eq!(
            said(TrustArgs {
                pin: vec!["sha256//abc".into()],
                ..Default::default()
            }),
            "--pin sha256//abc is not sha256//BASE64, the sha256 of a public key"
        );
    }
}
