//! Signatures of minisign, as somebody makes them for an answer file.

use crate::bench::Bench;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// A key pair of its own, and what it has signed.
pub struct Signed {
    /// The file with the public key.
    pub key: PathBuf,
    /// The contents of the file `.minisig`.
    pub signature: String,
}

/// Makes a key in this folder, and signs the text with it.
pub fn sign(bench: &Bench, folder: &Path, text: &str) -> Result<Signed> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("answers.toml"), text)?;
    let script = "cd \"$1\"\n\
        minisign -G -W -p minisign.pub -s minisign.key >/dev/null\n\
        minisign -S -W -s minisign.key -m answers.toml -x answers.minisig >/dev/null";
    let path = folder.display().to_string();
    let root = bench.lab().root();
    root.run("sh", ["-euc", script, "sign", &path]).run()?;
    let signature = std::fs::read_to_string(folder.join("answers.minisig"));
    Ok(Signed {
        key: folder.join("minisign.pub"),
        signature: signature.context("reading the signature")?,
    })
}
