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

use crate::manifest;
use crate::options::Net;
use crate::{console, mounts};
use anyhow::{Context, Result};
use firn_image::run::{IMAGE, MEDIUM};
use firn_image::{Manifest, file};
use rustix::mount::MountFlags;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where this initrd has the manifest that all files must fit, and whose word counts for answers.
fn along(name: &str) -> PathBuf {
    Path::new("/").join(file::path(name))
}

/// Mounts a file system in memory with all that a medium has, and describes the way there.
pub fn fetch(net: &Net, patience: Duration) -> Result<()> {
    let text = fs::read_to_string(along(file::MANIFEST))
        .context("this initrd has no manifest of an image: it must be netboot.img")?;
    let image = manifest::parse(&text)?;
    memory::enough(image.size())?;
    client::prepare(net.vlan)?;
    let found = search::find(net, &image, patience)?;
    medium(&image, &text)?;
    let server = curl::Server {
        base: &net.base,
        interface: &found.client.interface,
    };
    download::all(&server, &image, IMAGE, patience)?;
    handover::write(net, &found.client, &found.lease)?;
    console::say("Firn: the image is complete");
    found.client.stop();
    Ok(())
}

/// Mounts the file system, and fills in what came along with the initrd.
fn medium(image: &Manifest, text: &str) -> Result<()> {
    let data = format!("mode=0755,size={}", memory::file_system(image.size()));
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    mounts::mount("tmpfs", MEDIUM, "tmpfs", flags, &data)?;
    mounts::make_folder(IMAGE)?;
    let path = format!("{IMAGE}/{}", file::MANIFEST);
    fs::write(&path, text).with_context(|| format!("writing {path}"))?;
    let trust = along(file::TRUST);
    if trust.exists() {
        let path = format!("{IMAGE}/{}", file::TRUST);
        fs::copy(trust, &path).with_context(|| format!("writing {path}"))?;
    }
    Ok(())
}
