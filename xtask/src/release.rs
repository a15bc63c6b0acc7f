//! `cargo xtask release`: an ISO whose image is signed.

use crate::keys::{self, SignedKeys};
use crate::{embed, iso, show};
use anyhow::{Context, Result, ensure};
use clap::Args;
use firn_image::{Manifest, file};
use firn_signed::Signed;
use std::fs;
use std::path::{Path, PathBuf};

/// Sign the image of a finished ISO, so that hosts take it as an update. Nothing is built.
///
/// The new ISO is the old one with manifest.json.minisig beside the manifest. Where the keys that the image itself holds do not take
/// the signatures for the channel, nothing is written.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// The ISO, built with --keys
    #[arg(long, value_name = "OLD.iso")]
    pub iso: PathBuf,
    /// A secret key to sign with; several times
    #[arg(long, value_name = "NAME.key", required_unless_present = "signatures")]
    pub key: Vec<PathBuf>,
    /// Signatures of manifest.json that were made elsewhere
    #[arg(long, value_name = "manifest.json.minisig")]
    pub signatures: Option<PathBuf>,
    /// The channel that the image is for
    #[arg(long, default_value = "stable")]
    pub channel: String,
    /// The ISO to be written
    #[arg(long, value_name = "NEW.iso")]
    pub out: PathBuf,
}

/// Writes the signed ISO. An incomplete one is never left behind.
///
/// # Errors
/// When the ISO is none of Firn or holds no keys, a key cannot be read, or hosts would refuse the signatures.
pub fn release(args: &ReleaseArgs) -> Result<()> {
    let old = std::path::absolute(&args.iso)?;
    let tools = iso::tools()?;
    let work = tempfile::tempdir().context("making a folder")?;
    let folder = work.path().join(file::FOLDER);
    show::extract(&tools, &old, work.path(), &folder)?;
    let keys = keys_of(&folder).with_context(|| format!("reading {}", old.display()))?;
    let (manifest, signatures) = signed(&folder, args, &keys)?;
    let new = vec![(file::MANIFEST_SIGNATURES, signatures.into_bytes())];
    embed::embed_files(&tools, &old, &args.out, &new)?;
    println!(
        "Firn {}, release {}, signed for the channel {}",
        manifest.version, manifest.release, args.channel
    );
    Ok(())
}

fn keys_of(folder: &Path) -> Result<SignedKeys> {
    ensure!(
        folder.join(file::KEYS).is_file(),
        "the image has no keys.json, so hosts that run it take no updates from signed sources; build it with --keys FOLDER"
    );
    SignedKeys::read(folder)
}

/// The image's manifest, and its signatures, judged as a host judges them.
fn signed(folder: &Path, args: &ReleaseArgs, keys: &SignedKeys) -> Result<(Manifest, String)> {
    let path = folder.join(file::MANIFEST);
    let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut signatures = given(folder, args)?;
    for key in &args.key {
        signatures = keys::sign_bytes(key, file::MANIFEST, &bytes, &signatures)?;
    }
    let signed = Signed {
        name: file::MANIFEST,
        bytes: &bytes,
        signatures: &signatures,
    };
    let manifest = firn_signed::manifest(&signed, &keys.keys, &args.channel);
    let manifest = manifest.map_err(|texts| keys::sentences(Path::new(file::MANIFEST), &texts))?;
    ensure!(
        manifest.locked,
        "the image is not locked: not all of its packages are those that recipes/lock names, so nobody can build it again; run \
         `cargo xtask lock --refresh`, commit the locks, and build the ISO anew"
    );
    Ok((manifest, signatures))
}

/// Signatures that are there already: in the ISO, or made elsewhere.
fn given(folder: &Path, args: &ReleaseArgs) -> Result<String> {
    let inside = folder.join(file::MANIFEST_SIGNATURES);
    let path = match &args.signatures {
        Some(path) => path.clone(),
        None if inside.exists() => inside,
        None => return Ok(String::new()),
    };
    fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests;
