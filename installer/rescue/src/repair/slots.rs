//! Which of a host's two slots it starts from, and whether that one is whole. A slot is judged by its own manifest: an image of another
//! Firn may have other files.

use super::files;
use super::parts::Parts;
use super::state::{Access, Mounted, find_file_system};
use anyhow::{Context, Result, ensure};
use firn_checks::medium;
use firn_execute::failure::Said;
use firn_execute::slot;
use firn_grub::env::{Environment, Slot};
use firn_image::Manifest;
use firn_image::disk::{SLOT_A, SLOT_B};
use firn_image::file::{BOOT, INITRD, KERNEL, MANIFEST, ROOT, XEN};
use firn_words::{Text, say};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use uuid::Uuid;

/// Without these nothing starts, whatever image it is.
const NEEDED: [&str; 4] = [XEN, KERNEL, INITRD, ROOT];

/// The slot that a host can be started from.
#[derive(Debug, PartialEq, Eq)]
pub struct Good {
    /// Which one.
    pub slot: Slot,
    /// What its image says of itself.
    pub manifest: Manifest,
    /// Whether the start menu would take the other one, which is damaged.
    pub given_way: bool,
    /// What the block on the EFI system partition is to say.
    pub environment: Environment,
}

/// The slot that the start menu would take, and where that one is damaged, the other one.
///
/// # Errors
/// When neither is whole; the sentence is about the slot that the start menu would take.
pub fn good(parts: &Parts) -> Result<Good> {
    let said = firn_grub::env::file::read(&parts.esp);
    choose(said, |slot| contents(&parts.slot(slot).device))
}

fn choose(said: Environment, contents: impl Fn(Slot) -> Result<Manifest>) -> Result<Good> {
    let other = said.good.other();
    match contents(said.good) {
        Ok(manifest) => Ok(Good {
            slot: said.good,
            manifest,
            given_way: false,
            environment: said,
        }),
        Err(damage) => Ok(Good {
            slot: other,
            manifest: contents(other).map_err(|_| damage)?,
            given_way: true,
            environment: Environment {
                good: other,
                trial: false,
            },
        }),
    }
}

/// A sentence where the slot of the start menu has given way to the other one.
pub fn given_way(parts: &Parts, good: &Good) -> Option<Text> {
    let damaged = &parts.slot(good.slot.other()).device;
    good.given_way
        .then(|| say!("repair-done-slot", device = damaged))
}

/// What is in the slot on a device; a menu that leads to nothing would help nobody.
fn contents(device: &str) -> Result<Manifest> {
    let unreadable = || Said(say!("repair-slot-unreadable", device = device));
    let mounted = Mounted::ext4(device, Access::Read).with_context(unreadable)?;
    let manifest = read(&mounted.folder).with_context(unreadable)?;
    let damaged = damaged(&mounted.folder, &manifest);
    mounted.close()?;
    ensure!(
        damaged.is_none(),
        Said(say!(
            "repair-slot-damaged",
            device = device,
            file = damaged.unwrap_or_default()
        ))
    );
    Ok(manifest)
}

fn read(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let reading = || format!("reading {}", path.display());
    let text = fs::read_to_string(&path).with_context(reading)?;
    Manifest::parse(&text).with_context(reading)
}

/// The first of the image's files that is not there as it was made, or that the manifest does not list though nothing starts without it.
fn damaged(folder: &Path, manifest: &Manifest) -> Option<String> {
    let unlisted = NEEDED
        .into_iter()
        .find(|name| !manifest.files.contains_key(*name));
    let whole = |name: &str, made: &str| {
        let sum = medium::checksum(&folder.join(name), &mut |_| ControlFlow::Continue(()));
        matches!(sum, Ok(ControlFlow::Continue(sum)) if sum.eq_ignore_ascii_case(made))
    };
    let files = manifest.in_order();
    let mut listed = files.iter().filter(|(name, e)| !whole(name, &e.sha256));
    let damaged = || listed.next().map(|(name, _)| *name);
    unlisted.or_else(damaged).map(str::to_owned)
}

/// UUIDs of the file systems of both slots. Where the slot that the host does not start from has none, which a menu that leads to both could
/// not name, it gets one.
pub fn file_systems(parts: &Parts, good: Slot) -> Result<[String; 2]> {
    let uuid = |slot: Slot| {
        let device = &parts.slot(slot).device;
        match find_file_system(device)? {
            Some(uuid) => Ok(uuid),
            None => {
                ensure!(slot != good, "there is no file system on {device}");
                let uuid = Uuid::new_v4();
                slot::make(device, label(slot), uuid)?;
                Ok(uuid.to_string())
            }
        }
    };
    Ok([uuid(Slot::A)?, uuid(Slot::B)?])
}

fn label(slot: Slot) -> &'static str {
    match slot {
        Slot::A => SLOT_A.name,
        Slot::B => SLOT_B.name,
    }
}

/// Gives an image of a Firn that did not yet have it what the start menu reads from its slot; tells so.
pub fn give_boot(parts: &Parts, good: &Good) -> Result<Option<Text>> {
    if good.manifest.files.contains_key(BOOT) {
        return Ok(None);
    }
    let device = &parts.slot(good.slot).device;
    let text = firn_config::render_boot(&good.manifest.version)?;
    let mounted = Mounted::ext4(device, Access::Write)?;
    files::put(&mounted.folder.join(BOOT), text.as_bytes(), 0o644, None)?;
    mounted.close()?;
    Ok(Some(say!("repair-done-boot", device = device)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_image::Entry;
    use firn_image::file::ALL;

    /// A slot's folder with these files, each listed in its manifest.
    fn slot(names: &[&str]) -> (tempfile::TempDir, Manifest) {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::default();
        for name in names {
            let path = folder.path().join(name);
            fs::write(&path, "12345").unwrap();
            let sum = medium::checksum(&path, &mut |_| ControlFlow::Continue(()));
            let ControlFlow::Continue(sha256) = sum.unwrap() else {
                panic!("broken off")
            };
            manifest.files.insert(
                (*name).into(),
                Entry {
                    sha256,
                    size: 5,
                    fsverity: None,
                },
            );
        }
        fs::write(folder.path().join(MANIFEST), manifest.text().unwrap()).unwrap();
        (folder, manifest)
    }

    #[test]
    fn a_slot_without_a_whole_file_is_damaged() {
        let (folder, manifest) = slot(&ALL);
        assert_eq!(read(folder.path()).unwrap(), manifest);
        assert_eq!(damaged(folder.path(), &manifest), None);
        fs::write(folder.path().join("vmlinuz"), "12355").unwrap();
        assert_eq!(
            damaged(folder.path(), &manifest).as_deref(),
            Some("vmlinuz")
        );
        fs::remove_file(folder.path().join("xen.gz")).unwrap();
        assert_eq!(damaged(folder.path(), &manifest).as_deref(), Some("xen.gz"));
    }

    #[test]
    fn an_image_of_another_firn_is_judged_by_its_own_manifest() {
        // Before there was a boot.cfg, and with a file that is not known yet.
        for names in [&NEEDED[..], &[XEN, KERNEL, INITRD, ROOT, BOOT, "extra.img"]] {
            let (folder, manifest) = slot(names);
            assert_eq!(damaged(folder.path(), &manifest), None, "{names:?}");
        }
        // But one that lists too little is no image.
        let (folder, manifest) = slot(&[XEN, KERNEL, BOOT]);
        assert_eq!(
            damaged(folder.path(), &manifest).as_deref(),
            Some("initrd.img")
        );
        let (folder, manifest) = slot(&[XEN, KERNEL, INITRD, ROOT, BOOT]);
        fs::remove_file(folder.path().join(BOOT)).unwrap();
        assert_eq!(
            damaged(folder.path(), &manifest).as_deref(),
            Some("boot.cfg")
        );
    }

    #[test]
    fn the_slot_of_the_start_menu_counts_and_a_damaged_one_gives_way() {
        let image = |slot: Slot| Manifest {
            version: format!("{slot:?}"),
            ..Manifest::default()
        };
        for said in [Slot::A, Slot::B] {
            for trial in [false, true] {
                let said = Environment { good: said, trial };
                let found = |whole: &[Slot]| {
                    choose(said, |slot| match whole.contains(&slot) {
                        true => Ok(image(slot)),
                        false => anyhow::bail!("slot {slot:?} is damaged"),
                    })
                };
                let (good, other) = (said.good, said.good.other());
                for whole in [&[good][..], &[good, other]] {
                    let found = found(whole).unwrap();
                    assert_eq!((found.slot, found.environment), (good, said));
                    assert_eq!((found.given_way, found.manifest), (false, image(good)));
                }
                let found_other = found(&[other]).unwrap();
                let instead = Environment {
                    good: other,
                    trial: false,
                };
                assert_eq!(found_other.environment, instead);
                assert_eq!(
                    (found_other.given_way, found_other.manifest),
                    (true, image(other))
                );
                let error = found(&[]).unwrap_err().to_string();
                assert_eq!(error, format!("slot {good:?} is damaged"));
            }
        }
    }
}
