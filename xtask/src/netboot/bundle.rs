//! `cargo xtask netboot bundle`: the folder that any web server, TFTP server and DHCP server can start machines from.

use super::site::SiteArgs;
use crate::trust::TrustArgs;
use crate::{files, iso};
use anyhow::{Context, Result};
use clap::Args;
use firn_cpio::Archive;
use firn_image::file;
use std::fs;
use std::path::{Path, PathBuf};

/// Make the folder that machines start from over the network; README.html in it says how.
///
/// The image in it is the one of the ISO, byte for byte.
#[derive(Debug, Args, Clone)]
pub struct BundleArgs {
    /// The folder; it is made, and files of an earlier bundle are replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// Builds what is not built yet and writes the folder.
///
/// # Errors
/// When an option is wrong (nothing is written then), or a file cannot be written.
pub fn run(args: &BundleArgs) -> Result<()> {
    let own = args.site.files()?;
    let trust = args.trust.file()?;
    let made = iso::netboot()?;
    tree(&made, &args.out)?;
    for (name, text) in own {
        write(&args.out.join(name), text.as_bytes())?;
    }
    if let Some(trust) = trust {
        let path = file::path(file::NETBOOT_INITRD);
        let initrd = with_trust(&made.join(&path), &trust)?;
        write(&args.out.join(path), &initrd)?;
    }
    println!("{}", args.out.display());
    println!(
        "what to do with it: {}",
        args.out.join("README.html").display()
    );
    Ok(())
}

/// Everything in the folder `from`, at the same places in `to`.
fn tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("making the folder {}", to.display()))?;
    let entries = from.read_dir();
    for entry in entries.with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            tree(&entry.path(), &to)?;
        } else {
            files::link(&entry.path(), &to)?;
        }
    }
    Ok(())
}

fn with_trust(initrd: &Path, trust: &str) -> Result<Vec<u8>> {
    let mut bytes = fs::read(initrd).with_context(|| format!("reading {}", initrd.display()))?;
    let mut archive = Archive::default();
    archive.file(&file::path(file::TRUST), trust.as_bytes());
    firn_cpio::append(&mut bytes, archive);
    Ok(bytes)
}

/// A new file: what has its name may be a link into the cache.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let partial = path.with_extension("partial");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(&partial, bytes).with_context(|| format!("writing {}", partial.display()))?;
    fs::rename(&partial, path).with_context(|| format!("writing {}", path.display()))
}
