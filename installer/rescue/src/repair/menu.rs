//! The start menu and the boot entries of a host, written anew: ESP, BIOS boot code, the firmware's entry.

use super::parts::{self, Parts, SlotPart};
use super::state::{Access, Mounted, State};
use super::{Host, Result, files, sentence, slots, table};
use anyhow::Context;
use firn_command::cmd;
use firn_config::{Boot, Settings, SlotIds};
use firn_execute::{bios, esp, nvram};
use firn_grub::env::{self, Environment};
use firn_machine::{BootMode, Machine};
use firn_plan as plan;
use firn_words::{Text, say};
use std::fs::{self, OpenOptions};

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
    let good = slots::good(&parts)?;
    // The menu leads to both slots by the UUIDs of their file systems.
    let uuids = slots::file_systems(&parts, good.slot)?;
    let (settings, boot) = facts(machine, &parts, uuids)?;
    done.extend(slots::give_boot(&parts, &good)?);
    done.extend(slots::given_way(&parts, &good));
    let files = esp::files(&boot, parts.id, &settings.host.name, &good.manifest)?;
    done.extend(write_esp(
        &parts,
        host.disk.logical_block_size,
        &files,
        good.environment,
    )?);
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

/// What leads to the host: its settings, and what its start menu must know; the slots' file systems have these UUIDs.
pub(super) fn facts(
    machine: &Machine,
    parts: &Parts,
    uuids: [String; 2],
) -> anyhow::Result<(Settings, Boot)> {
    let (settings, state_uuid) = state(parts)?;
    let ids = |(uuid, part): (String, &SlotPart)| SlotIds {
        uuid,
        partuuid: part.partuuid.to_string(),
    };
    let [a, b] = &parts.slots;
    let [uuid_a, uuid_b] = uuids;
    let boot = Boot {
        slots: [(uuid_a, a), (uuid_b, b)].map(ids),
        state_uuid,
        serial: plan::serial(machine, settings.console.serial),
        dom0_mem_mib: firn_config::dom0_memory_mib(machine.memory_mib),
    };
    Ok((settings, boot))
}

fn state(parts: &Parts) -> anyhow::Result<(Settings, String)> {
    let state = State::open(parts, Access::Read)?;
    let found = (state.settings()?, state.uuid()?);
    state.close()?;
    Ok(found)
}

/// Writes the ESP, made anew if it cannot be mounted.
fn write_esp(
    parts: &Parts,
    sector: u32,
    list: &[(String, Vec<u8>)],
    environment: Environment,
) -> anyhow::Result<Vec<Text>> {
    let device = &parts.esp;
    let mut done = Vec::new();
    // A file system that was not unmounted is put right; one that is none cannot be.
    let _ = cmd("fsck.fat", ["-a", device]).run();
    // Where its file is as it should be, only the block's one sector changes.
    let in_place = env::file::write(device, environment).is_ok();
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
        match name == env::file::PATH {
            true if in_place && path.is_file() => {}
            true => files::put(&path, &environment.block(), 0o644, None)?,
            false => files::put(&path, bytes, 0o644, None)?,
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
