//! `cargo xtask iso show`: what a finished ISO holds and how it can be started.

use crate::{answers, hash, iso, trust};
use anyhow::{Context, Result, ensure};
use clap::Args;
use firn_config::Trust;
use firn_image::{Manifest, file};
use firn_tree::Root;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The type of an EFI system partition, as xorriso writes it.
const ESP: &str = "28732ac11ff8d211ba4b00a0c93ec93b";

/// What firmware starts from a stick that the ISO's files were copied to.
const LOADER: &str = "/EFI/BOOT/BOOTX64.EFI";

/// Show what an ISO holds: versions, the image's files with their sha256, answers, and how it can be started.
#[derive(Debug, Args, Clone)]
pub struct ShowArgs {
    /// The ISO
    pub iso: PathBuf,
}

/// How far Xen's fixes go, behind its version.
fn advisories(to: Option<u32>) -> String {
    to.map(|number| format!(" with fixes up to XSA-{number}"))
        .unwrap_or_default()
}

/// Prints it.
///
/// # Errors
/// When it is no ISO of Firn, or a file in it is not what the manifest says.
pub fn show(args: &ShowArgs) -> Result<()> {
    let iso = std::path::absolute(&args.iso)?;
    let tools = iso::tools()?;
    let work = tempfile::tempdir().context("making a folder")?;
    let folder = work.path().join(file::FOLDER);
    let started = extract(&tools, &iso, work.path(), &folder)?;
    let manifest = std::fs::read_to_string(folder.join(file::MANIFEST))
        .with_context(|| format!("{} is no ISO of Firn", iso.display()))?;
    let manifest = Manifest::parse(&manifest).context("reading the ISO's manifest")?;
    iso::announce(&iso)?;
    println!(
        "Firn {}, image {}, Xen {}{}, Linux {}",
        manifest.version,
        manifest.id,
        manifest.xen,
        advisories(manifest.xen_advisories_to),
        manifest.kernel
    );
    println!("{}", updates(&manifest, &folder));
    let (lines, damaged) = files(&manifest, &folder)?;
    print!("{lines}");
    println!("{}", embedded(&folder.join(file::ANSWERS))?);
    println!("{}", trusted(&folder.join(file::TRUST))?);
    println!("starts {}", ways(&started));
    ensure!(damaged == 0, "{damaged} of the files are damaged");
    Ok(())
}

/// How hosts that run it can be updated, and whether it is one that is given out.
fn updates(manifest: &Manifest, folder: &Path) -> String {
    let keys = match manifest.keys {
        Some(version) => format!("takes updates signed by keys.json {version}"),
        None => "cannot be updated from signed sources".into(),
    };
    let there = folder.join(file::MANIFEST_SIGNATURES).exists();
    let signed = if there {
        "with signatures"
    } else {
        "not signed"
    };
    format!("release {}, {signed}; {keys}", manifest.release)
}

/// Takes `/firn` out of an ISO; gives what xorriso says about its boot images and its partition table. `folder` lies in `work`.
///
/// # Errors
/// When there is no such file, or it is no ISO.
pub fn extract(tools: &Path, iso: &Path, work: &Path, folder: &Path) -> Result<String> {
    ensure!(iso.is_file(), "{} is no file", iso.display());
    xorriso(tools, iso, work, folder).with_context(|| format!("reading {}", iso.display()))
}

/// Takes `/firn` out of the ISO; gives what xorriso says about its boot images and its partition table.
fn xorriso(tools: &Path, iso: &Path, work: &Path, folder: &Path) -> Result<String> {
    let room = Root::open(tools)?
        .bind_at(work, "/work")
        .bind_at(iso, "/iso");
    let text = room
        .run("xorriso", ["-no_rc", "-report_about", "WARNING"])
        .args(["-osirrox", "on"])
        .args([Path::new("-indev"), &room.inside(iso)])
        .args(["-report_el_torito", "plain", "-report_system_area", "plain"])
        .args(["-find", "/", "-wholename", LOADER, "--"])
        .args([
            Path::new("-extract"),
            &Path::new("/").join(file::FOLDER),
            &room.inside(folder),
        ])
        .read()?;
    Ok(text)
}

/// A line for each file, and how many are not what the manifest says.
fn files(manifest: &Manifest, folder: &Path) -> Result<(String, usize)> {
    let mut lines = String::new();
    let mut damaged = 0;
    for (name, entry) in manifest.in_order() {
        let path = folder.join(name);
        let (size, sum) = match path.metadata() {
            Ok(data) => (data.len(), hash::file(&path)?),
            Err(_) => (0, "missing".into()),
        };
        let sound = entry.sha256 == sum;
        damaged += usize::from(!sound);
        let mark = if sound {
            ""
        } else {
            "  NOT what the manifest says"
        };
        // Writing into a String cannot fail.
        let _ = writeln!(lines, "  {name:<13} {size:>11}  {sum}{mark}");
    }
    Ok((lines, damaged))
}

fn embedded(path: &Path) -> Result<String> {
    if !path.exists() {
        return Ok("answers: none, it asks".into());
    }
    let bytes = answers::check::read(path)?;
    let problems = answers::check::problems(&bytes, "");
    let text = String::from_utf8_lossy(&bytes);
    Ok(match firn_config::parse(&text, &[]) {
        Ok(answers) if problems.is_empty() => {
            format!(
                "answers: embedded, it installs {} without a question",
                answers.host.name
            )
        }
        _ => format!("answers: embedded, with {} problems", problems.len()),
    })
}

/// Whom it trusts with answers from the network.
fn trusted(path: &Path) -> Result<String> {
    if !path.exists() {
        return Ok(trust::summary(&Trust::default()));
    }
    let text = std::fs::read_to_string(path).context("reading the ISO's trust.toml")?;
    Ok(match Trust::parse(&text) {
        Ok(trust) => trust::summary(&trust),
        Err(problems) => format!("trust.toml: {} problems", problems.len()),
    })
}

/// How it can be started, from xorriso's reports.
fn ways(report: &str) -> String {
    let line = |start: &str, part: &str| {
        report
            .lines()
            .any(|line| line.starts_with(start) && line.contains(part))
    };
    let all = [
        ("on BIOS from a CD", line("El Torito boot img", "BIOS")),
        ("on UEFI from a CD", line("El Torito boot img", "UEFI")),
        (
            "on BIOS from a stick",
            line("System area summary", "grub2-mbr"),
        ),
        ("on UEFI from a stick", line("GPT type GUID", ESP)),
        (
            "on UEFI from a copy of its files on FAT32",
            line(&format!("'{LOADER}'"), ""),
        ),
    ];
    let ways: Vec<&str> = all.into_iter().filter(|w| w.1).map(|w| w.0).collect();
    if ways.is_empty() {
        return "on nothing".into();
    }
    ways.join(", ")
}

#[cfg(test)]
mod tests {
    use super::ways;

    #[test]
    fn ways_to_start_are_read_from_the_reports() {
        let report = "El Torito boot img :   1  BIOS  y   none  0x0000  0x00      4          56\n\
                      El Torito boot img :   2  UEFI  y   none  0x0000  0x00  16384       88419\n\
                      System area summary: MBR protective-msdos-label grub2-mbr cyl-align-off GPT\n\
                      GPT type GUID      :   2  28732ac11ff8d211ba4b00a0c93ec93b\n\
                      '/EFI/BOOT/BOOTX64.EFI'\n";
        let all = "on BIOS from a CD, on UEFI from a CD, on BIOS from a stick, on UEFI from a stick, \
                   on UEFI from a copy of its files on FAT32";
        assert_eq!(ways(report), all);
        assert_eq!(ways(&report[..80]), "on BIOS from a CD");
        assert_eq!(ways(""), "on nothing");
    }
}
