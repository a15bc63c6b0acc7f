//! The image from a web server, into memory: then everything goes on as from a CD.
//!
//! Read in this order: [`search`] (which NIC leads to the server; [`client`] and [`lease`] are the DHCP side, [`curl`] the other),
//! [`download`] (the files, checked against the manifest in this initrd), [`handover`] (what the installer finds), [`trouble`] (what is said when
//! it fails).

mod backoff;
mod client;
mod curl;
mod download;
mod handover;
mod lease;
mod memory;
mod nic;
mod search;
mod trouble;

pub use client::HOOK;
pub use lease::keep as keep_lease;

use crate::manifest::{self, Manifest};
use crate::medium::MOUNT;
use crate::options::Net;
use crate::{console, mounts};
use anyhow::{Context, Result};
use rustix::mount::MountFlags;
use std::fs;
use std::time::Duration;

/// In the initrd: the manifest that all files must fit, and whose word counts for answers.
const MANIFEST: &str = "/firn/manifest.json";
const TRUST: &str = "/firn/trust.toml";

/// Mounts a file system in memory with all that a medium has, and describes the way there.
pub fn fetch(net: &Net, patience: Duration) -> Result<()> {
    let text = fs::read_to_string(MANIFEST)
        .context("this initrd has no manifest of an image: it must be netboot.img")?;
    let image = Manifest::parse(&text)?;
    memory::enough(image.size())?;
    client::prepare(net.vlan)?;
    let found = search::find(net, &image, patience)?;
    let folder = medium(&image, &text)?;
    let server = curl::Server {
        base: &net.base,
        interface: &found.client.interface,
    };
    download::all(&server, &image, &folder, patience)?;
    handover::write(net, &found.client, &found.lease)?;
    console::say("Firn: the image is complete");
    found.client.stop();
    Ok(())
}

/// Mounts the file system, and fills in what came along with the initrd; gives the folder for the files.
fn medium(image: &Manifest, text: &str) -> Result<String> {
    let data = format!("mode=0755,size={}", memory::file_system(image.size()));
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    mounts::mount("tmpfs", MOUNT, "tmpfs", flags, &data)?;
    let folder = format!("{MOUNT}/firn");
    mounts::make_folder(&folder)?;
    let path = format!("{folder}/{}", manifest::NAME);
    fs::write(&path, text).with_context(|| format!("writing {path}"))?;
    if fs::exists(TRUST).unwrap_or(false) {
        let path = format!("{folder}/trust.toml");
        fs::copy(TRUST, &path).with_context(|| format!("writing {path}"))?;
    }
    Ok(folder)
}
