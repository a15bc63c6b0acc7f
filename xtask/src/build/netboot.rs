//! The netboot folder as far as it is the same for everybody: the image, the initrd for loaders, and the loaders.

use super::image as made;
use crate::files;
use crate::step::Job;
use anyhow::{Context, Result};
use firn_cpio::Archive;
use firn_image::file::{self, MANIFEST};
use std::fs;
use std::path::Path;

/// Debian's loaders in the tools root, and what they are called in the folder. shim loads `grubx64.efi` from where it came from.
const LOADERS: [(&str, &str); 6] = [
    ("usr/lib/ipxe/undionly.kpxe", "undionly.kpxe"),
    ("usr/lib/ipxe/ipxe-amd64.efi", "ipxe.efi"),
    ("usr/lib/ipxe/snponly.efi", "snponly.efi"),
    ("usr/lib/shim/shimx64.efi.signed", "bootx64.efi"),
    ("usr/lib/shim/mmx64.efi.signed", "mmx64.efi"),
    (
        "usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed",
        "grubx64.efi",
    ),
];

/// Makes the folder.
///
/// # Errors
/// When a part is missing or the disk is full.
pub fn build(job: &Job<'_>) -> Result<()> {
    let folder = job.out.join(file::FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let image = job.output("image")?;
    let manifest = made::manifest(image)?;
    for name in manifest.files.keys().map(String::as_str).chain([MANIFEST]) {
        files::link(&image.join(name), &folder.join(name))?;
    }
    let initrd = job.output("netboot-initrd")?;
    with_manifest(initrd, image, &folder.join(file::NETBOOT_INITRD))?;
    let tools = job.output("tools-root")?;
    for (from, name) in LOADERS {
        files::copy(&tools.join(from), &job.out.join(name))?;
    }
    Ok(())
}

/// The initrd with the manifest in it: whoever has got the right `netboot.img` gets the right image, from wherever.
fn with_manifest(initrd: &Path, image: &Path, out: &Path) -> Result<()> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("reading {}", path.display()));
    let mut archive = Archive::default();
    archive.file(&file::path(MANIFEST), &read(&image.join(MANIFEST))?);
    let mut bytes = read(initrd)?;
    firn_cpio::append(&mut bytes, archive);
    fs::write(out, bytes).with_context(|| format!("writing {}", out.display()))
}
