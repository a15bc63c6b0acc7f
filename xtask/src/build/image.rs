//! The image: its files, and the manifest that names them.

use super::verity;
use crate::build::xen_source::Source;
use crate::files::copy;
use crate::hash;
use crate::keys::SignedKeys;
use crate::recipe::Release;
use crate::step::Job;
use anyhow::{Context, Result};
use firn_image::{Entry, FORMAT, Manifest, Needs, SettingsVersions, file};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What an image is made from besides the outputs of other steps.
pub struct Parts<'a> {
    /// Firn's version.
    pub version: &'a str,
    pub release: &'a Release,
    pub xen: &'a Source,
    /// Who signs the images that follow on it.
    pub keys: Option<&'a SignedKeys>,
    /// Whether all packages are those of the locks.
    pub locked: bool,
}

/// Makes a folder with the image's files and their manifest.
///
/// # Errors
/// When a part is missing.
pub fn build(job: &Job<'_>, parts: &Parts<'_>) -> Result<()> {
    fs::create_dir_all(job.out).with_context(|| format!("making {}", job.out.display()))?;
    let (xen, root) = (job.output("xen")?, job.output("root")?);
    copy(&xen.join(file::XEN), &job.out.join(file::XEN))?;
    copy(job.output("initrd")?, &job.out.join(file::INITRD))?;
    for name in [file::KERNEL, file::ROOT] {
        copy(&root.join(name), &job.out.join(name))?;
    }
    let boot = firn_config::render_boot(parts.version)?;
    write(&job.out.join(file::BOOT), &boot)?;
    if let Some(keys) = parts.keys {
        write(&job.out.join(file::KEYS), &keys.text)?;
        write(&job.out.join(file::KEYS_SIGNATURES), &keys.signatures)?;
    }
    let mut manifest = Manifest {
        xen: said(&xen.join("version"))?,
        kernel: said(&root.join("kernel-version"))?,
        files: entries(job.out)?,
        ..described(parts)
    };
    manifest.identify(hash::text)?;
    write(&job.out.join(file::MANIFEST), &manifest.text()?)?;
    let id = format!("set firn_image={}\n", manifest.id);
    write(&job.out.join("image.cfg"), &id)
}

/// What the manifest says without a look at the files.
fn described(parts: &Parts<'_>) -> Manifest {
    let Release {
        release,
        from,
        grub,
        fixes,
    } = parts.release;
    let version = firn_config::VERSION;
    Manifest {
        name: "firn".into(),
        format: FORMAT,
        version: parts.version.into(),
        release: *release,
        xen_source_sha256: parts.xen.sha256.clone(),
        xen_advisories_to: parts.xen.advisories_to,
        settings: SettingsVersions {
            reads: vec![version],
            writes: version,
        },
        needs: Needs {
            grub: *grub,
            from: *from,
        },
        fixes: fixes.clone(),
        keys: parts.keys.map(|keys| keys.keys.version),
        locked: parts.locked,
        ..Manifest::default()
    }
}

/// Reads the manifest of an image.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn manifest(image: &Path) -> Result<Manifest> {
    let path = image.join(file::MANIFEST);
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    Manifest::parse(&text).with_context(|| format!("reading {}", path.display()))
}

/// What the manifest says about the files that are in the folder already.
fn entries(folder: &Path) -> Result<BTreeMap<String, Entry>> {
    let keys = [file::KEYS, file::KEYS_SIGNATURES];
    let keys = keys.into_iter().filter(|name| folder.join(name).exists());
    let entry = |name: &str| Ok((name.to_owned(), entry(&folder.join(name), name)?));
    file::ALL.into_iter().chain(keys).map(entry).collect()
}

fn entry(path: &Path, name: &str) -> Result<Entry> {
    Ok(Entry {
        sha256: hash::file(path)?,
        size: path.metadata()?.len(),
        // Only the root is read for as long as the host runs; all else is checked once.
        fsverity: (name == file::ROOT)
            .then(|| verity::digest(path))
            .transpose()?,
    })
}

fn said(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(text.trim().to_owned())
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_says_what_an_update_is_judged_by() {
        let release = Release {
            release: 2026120100,
            from: 0,
            grub: 1,
            fixes: vec!["XSA-523".into()],
        };
        let xen = Source {
            path: "xen.tar".into(),
            sha256: "ab".into(),
            advisories_to: Some(523),
            note: None,
        };
        let parts = Parts {
            version: "0.1.0",
            release: &release,
            xen: &xen,
            keys: None,
            locked: true,
        };
        let manifest = described(&parts);
        assert!(manifest.locked);
        assert_eq!(
            (manifest.format, manifest.release, manifest.keys),
            (2, 2026120100, None)
        );
        assert_eq!(
            manifest.settings,
            SettingsVersions {
                reads: vec![1],
                writes: 1
            }
        );
        assert_eq!(
            (manifest.needs, manifest.fixes),
            (Needs { grub: 1, from: 0 }, release.fixes)
        );
    }

    #[test]
    fn keys_are_files_of_the_image_where_there_are_any() {
        let folder = tempfile::tempdir().unwrap();
        for name in file::ALL {
            fs::write(folder.path().join(name), "abc").unwrap();
        }
        let names = || {
            entries(folder.path())
                .unwrap()
                .into_keys()
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(),
            [
                "boot.cfg",
                "initrd.img",
                "root.squashfs",
                "vmlinuz",
                "xen.gz"
            ]
        );
        for name in ["keys.json", "keys.json.minisig"] {
            fs::write(folder.path().join(name), "abc").unwrap();
        }
        assert_eq!(names()[2..4], ["keys.json", "keys.json.minisig"]);
        let with: Vec<String> = entries(folder.path())
            .unwrap()
            .into_iter()
            .filter(|(_, e)| e.fsverity.is_some())
            .map(|(n, _)| n)
            .collect();
        assert_eq!(with, ["root.squashfs"]);
    }
}
