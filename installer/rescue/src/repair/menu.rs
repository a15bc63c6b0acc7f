//! The start menu and the boot entries of a host, written anew: ESP, BIOS boot code, the firmware's entry.

use super::parts::{self, Parts};
use super::state::{Access, Mounted, State, file_system_uuid, find_file_system};
use super::{Host, Result, files, sentence, table};
use anyhow::Context;
use firn_checks::medium;
use firn_command::cmd;
use firn_config::{Boot, Settings, SlotIds};
use firn_execute::failure::Said;
use firn_execute::manifest::{self, Manifest};
use firn_execute::{bios, esp, nvram, slot};
use firn_grub::env::Environment;
use firn_image::disk::SLOT_B;
use firn_machine::{BootMode, Machine};
use firn_plan as plan;
use firn_words::{Text, say};
use std::fs::{self, OpenOptions};
use std::ops::ControlFlow;
use std::path::Path;
use uuid::Uuid;

/// Writes everything anew that leads to the host: GRUB and its menu on the ESP, the boot code for BIOS, the firmware's entry.
///
/// # Errors
/// When the host's slot is damaged, or something cannot be written.
pub fn menu(machine: &Machine, host: &Host) -> Result {
    sentence(write(machine, host))
}

fn write(machine: &Machine, host: &Host) -> anyhow::Result<Vec<Text>> {
    bios::check_artefacts()?;
    let mut done = Vec::new();
    let (disk, block) = (&host.disk.path, parts::block(&host.disk));
    if table::is_damaged(disk, block)? {
        table::restore(disk, block)?;
        done.push(say!("repair-done-table", disk = disk));
    }
    let parts = parts::read(&host.disk)?;
    // The menu leads to both slots by the UUIDs of their file systems.
    if find_file_system(&parts.other)?.is_none() {
        slot::make(&parts.other, SLOT_B.name, Uuid::new_v4())?;
    }
    let (settings, boot, manifest) = facts(machine, &parts)?;
    let list = esp::files(&boot, parts.id, &settings.host.name, &manifest)?;
    done.extend(write_esp(&parts, host.disk.logical_block_size, &list)?);
    write_bios(&host.disk.path, &parts)?;
    done.push(say!("repair-done-bios", disk = &host.disk.path));
    if machine.firmware.boot == BootMode::Uefi {
        done.push(match nvram::add(&host.disk.path) {
            None => say!("repair-done-nvram"),
            Some(warning) => warning,
        });
    } else {
        done.push(say!("repair-no-nvram"));
    }
    Ok(done)
}

/// What leads to the host: its settings, what its start menu must know, and what is in its slot.
pub(super) fn facts(
    machine: &Machine,
    parts: &Parts,
) -> anyhow::Result<(Settings, Boot, Manifest)> {
    let (settings, state_uuid) = state(parts)?;
    let manifest = contents(&parts.slot)?;
    let slots = [
        (file_system_uuid(&parts.slot)?, parts.partuuid),
        (
            find_file_system(&parts.other)?.unwrap_or_default(),
            parts.other_partuuid,
        ),
    ];
    let boot = Boot {
        slots: slots.map(|(uuid, partuuid)| SlotIds {
            uuid,
            partuuid: partuuid.to_string(),
        }),
        state_uuid,
        serial: plan::serial(machine, settings.console.serial),
        dom0_mem_mib: firn_config::dom0_memory_mib(machine.memory_mib),
    };
    Ok((settings, boot, manifest))
}

fn state(parts: &Parts) -> anyhow::Result<(Settings, String)> {
    let state = State::open(parts, Access::Read)?;
    let found = (state.settings()?, state.uuid()?);
    state.close()?;
    Ok(found)
}

/// What is in the slot; a menu that leads to nothing would help nobody.
fn contents(device: &str) -> anyhow::Result<Manifest> {
    let mounted = Mounted::ext4(device, Access::Read)
        .with_context(|| Said(say!("repair-slot-unreadable", device = device)))?;
    let manifest = manifest::read(&mounted.folder)
        .with_context(|| Said(say!("repair-slot-unreadable", device = device)))?;
    let damaged = damaged(&mounted.folder, &manifest);
    mounted.close()?;
    match damaged {
        Some(name) => Err(anyhow::Error::new(Said(say!(
            "repair-slot-damaged",
            device = device,
            file = name
        )))),
        None => Ok(manifest),
    }
}

/// The first of the image's files that is not there as it was made.
fn damaged(folder: &Path, manifest: &Manifest) -> Option<&'static str> {
    let whole = &mut |_| ControlFlow::Continue(());
    manifest::FILES.into_iter().find(|name| {
        let sum = medium::checksum(&folder.join(name), whole);
        let made = manifest.files.get(*name).map(|entry| &entry.sha256);
        !matches!((sum, made), (Ok(ControlFlow::Continue(sum)), Some(made)) if sum.eq_ignore_ascii_case(made))
    })
}

/// Writes the ESP, made anew if it cannot be mounted.
fn write_esp(parts: &Parts, sector: u32, list: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<Text>> {
    let device = &parts.esp;
    let mut done = Vec::new();
    // A file system that was not unmounted is put right; one that is none cannot be.
    let _ = cmd("fsck.fat", ["-a", device]).run();
    let mounted = match mount_esp(device) {
        Ok(mounted) => mounted,
        Err(_) => {
            esp::make_on(device, sector, parts.id)?;
            done.push(say!("repair-done-formatted", device = device));
            mount_esp(device)?
        }
    };
    for folder in esp::FOLDERS {
        let path = mounted.folder.join(folder);
        if !path.is_dir() {
            fs::create_dir(&path).with_context(|| format!("making {}", path.display()))?;
        }
    }
    for (name, bytes) in list {
        let path = mounted.folder.join(name);
        match fs::read(&path) {
            // Which slot is good stays as it was.
            Ok(old) if name == esp::GRUBENV => {
                let block = Environment::read(&old).block();
                files::put(&path, &block, 0o644, None)?;
            }
            _ => files::put(&path, bytes, 0o644, None)?,
        }
    }
    let loader = esp::loader()?;
    for (unfinished, name) in esp::LOADERS {
        files::put(&mounted.folder.join(name), &loader, 0o644, None)?;
        files::remove(&mounted.folder.join(unfinished))?;
    }
    mounted.close()?;
    done.push(say!("repair-done-menu", device = device));
    Ok(done)
}

fn mount_esp(device: &str) -> anyhow::Result<Mounted> {
    Mounted::new(
        device,
        "vfat",
        "noatime,nosuid,nodev,noexec,errors=remount-ro",
    )
}

/// core.img first: until the boot code follows, the old one is as good as it was.
fn write_bios(disk: &str, parts: &Parts) -> anyhow::Result<()> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(disk)
        .with_context(|| format!("opening {disk}"))?;
    bios::write_core_at(&file, parts.bios.0, parts.bios.1)?;
    file.sync_all().with_context(|| format!("writing {disk}"))?;
    bios::write_boot_code(&file, parts.bios.0)?;
    file.sync_all().with_context(|| format!("writing {disk}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_execute::manifest::FileEntry;

    #[test]
    fn a_slot_without_a_whole_file_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::default();
        for name in manifest::FILES {
            let path = folder.path().join(name);
            fs::write(&path, "12345").unwrap();
            let sum = medium::checksum(&path, &mut |_| ControlFlow::Continue(()));
            let ControlFlow::Continue(sha256) = sum.unwrap() else {
                panic!("broken off")
            };
            let entry = FileEntry {
                sha256,
                size: 5,
                fsverity: None,
            };
            manifest.files.insert(name.into(), entry);
        }
        assert_eq!(damaged(folder.path(), &manifest), None);
        fs::write(folder.path().join("vmlinuz"), "12355").unwrap();
        assert_eq!(damaged(folder.path(), &manifest), Some("vmlinuz"));
        fs::remove_file(folder.path().join("xen.gz")).unwrap();
        assert_eq!(damaged(folder.path(), &manifest), Some("xen.gz"));
    }
}
