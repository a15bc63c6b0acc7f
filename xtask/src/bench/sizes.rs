//! The ISO by its parts, and the root file system by its folders.

mod esp;
mod folders;
mod microcode;

use super::row::{Figure, Row, Unit};
use super::site::{Bench, Site};
use super::step;
use anyhow::{Context, Result};
use firn_image::file;
use std::path::Path;

/// The image's files: id of the row, text, name in the folder `/firn` of the ISO.
const PARTS: [(&str, &str, &str); 4] = [
    ("iso-root", "  root.squashfs", file::ROOT),
    ("iso-initrd", "  initrd", file::INITRD),
    ("iso-kernel", "  kernel", file::KERNEL),
    ("iso-xen", "  Xen", file::XEN),
];

const WHOLE: &str = "the whole ISO";
const UNPACKED: &str = "the whole root";
/// Folders below this many bytes share one row.
const SMALL: u64 = 1_000_000;

/// Takes the ISO apart and looks at each part; a part stands beside the whole.
///
/// # Errors
/// When there is no ISO, or it cannot be read.
pub fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let site = bench.site()?;
    step("taking the ISO apart");
    let folder = bench.path("iso");
    unpack(site, &folder)?;
    let mut rows = iso(&site.built.iso, &folder)?;
    rows.extend(root(site, &folder.join(file::ROOT))?);
    Ok(rows)
}

fn unpack(site: &Site, folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("removing {}", folder.display()))?;
    }
    let options = ["-no_rc", "-osirrox", "on", "-indev"];
    site.lab
        .root()
        .run("xorriso", options)
        .arg(&site.built.iso)
        .args(["-extract", "/firn"])
        .arg(folder)
        .run()?;
    Ok(())
}

fn iso(iso: &Path, folder: &Path) -> Result<Vec<Row>> {
    let whole = bytes(iso)?;
    let part = |id: &str, text: &str, size: u64| {
        megabytes(id, text, size).beside(WHOLE, Figure::Is(mb(whole)))
    };
    let mut rows = vec![megabytes("iso", "ISO", whole)];
    let mut rest = whole;
    for (id, text, name) in PARTS {
        let path = folder.join(name);
        let size = bytes(&path)?;
        rest = rest.saturating_sub(size);
        rows.push(part(id, text, size));
        if id == "iso-initrd" {
            let size = microcode::size(&path)?;
            rows.push(part("iso-microcode", "    of it microcode", size));
        }
    }
    let size = esp::size(iso)?;
    rest = rest.saturating_sub(size);
    rows.push(part("iso-esp", "  EFI system partition", size));
    let text = "  everything else (GRUB, documentation, licences)";
    rows.push(part("iso-rest", text, rest));
    Ok(rows)
}

fn root(site: &Site, squashfs: &Path) -> Result<Vec<Row>> {
    let list = site
        .lab
        .root()
        .run("unsquashfs", ["-lln"])
        .arg(squashfs)
        .read()?;
    let folders = folders::sizes(&list);
    let whole: u64 = folders.values().sum();
    let packed = Figure::Is(mb(bytes(squashfs)?));
    let mut rows = vec![megabytes("root", "root, unpacked", whole).beside("its squashfs", packed)];
    let part = |id: String, text: String, size: u64| {
        megabytes(&id, &text, size).beside(UNPACKED, Figure::Is(mb(whole)))
    };
    let mut large: Vec<(&String, &u64)> = folders.iter().filter(|(_, s)| **s >= SMALL).collect();
    large.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
    for (name, size) in &large {
        rows.push(part(format!("root-{name}"), format!("  {name}"), **size));
    }
    let rest = whole - large.iter().map(|(_, size)| **size).sum::<u64>();
    rows.push(part("root-rest".into(), "  everything else".into(), rest));
    Ok(rows)
}

fn megabytes(id: &str, text: &str, bytes: u64) -> Row {
    Row::new(id, text, Unit::Megabytes, Figure::Is(mb(bytes)))
}

/// 10^6 bytes.
pub fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The size of a file.
///
/// # Errors
/// When it is not there.
pub fn bytes(path: &Path) -> Result<u64> {
    let meta = path
        .metadata()
        .with_context(|| format!("reading {}", path.display()))?;
    Ok(meta.len())
}
