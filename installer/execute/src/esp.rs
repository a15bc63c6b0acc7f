//! The EFI system partition: GRUB's files for BIOS and UEFI, and who the host is.

use super::context::{Context, Result};
use super::manifest::Manifest;
use anyhow::Context as _;
use fatfs::{FatType, FileSystem, FormatVolumeOptions, FsOptions, ReadWriteSeek};
use firn_config::{Boot, SlotIds};
use firn_disks::Window;
use firn_disks::gpt;
use firn_grub::env::{self, Environment};
use firn_image::disk::{SLOT_B, UNFINISHED};
use firn_plan::PartitionKind;
use firn_table::Table;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::Path;
use uuid::Uuid;

/// GRUB's images in the running root.
pub const GRUB: &str = "/usr/lib/firn/grub";
const LABEL: [u8; 11] = *b"FIRN-ESP   ";
/// Where firmware looks for GRUB; each has this name only when everything else is done.
pub const LOADERS: [(&str, &str); 2] = [
    ("EFI/BOOT/BOOTX64.NEW", "EFI/BOOT/BOOTX64.EFI"),
    ("EFI/firn/grubx64.new", "EFI/firn/grubx64.efi"),
];
/// All folders, each behind the one that it is in.
pub const FOLDERS: [&str; 4] = ["EFI", "EFI/BOOT", "EFI/firn", "grub"];

/// Makes the file system with its folders.
pub fn make(context: &mut Context<'_>) -> Result<()> {
    let device = context.device(PartitionKind::Esp)?;
    make_on(
        &device,
        context.plan.disk.logical_block_size,
        context.ids.host,
    )
}

/// Makes the file system of the host `id` on a partition whose sectors have `sector` bytes.
pub fn make_on(device: &str, sector: u32, id: Uuid) -> Result<()> {
    let mut esp = open(device)?;
    let sector = u16::try_from(sector).unwrap_or(512);
    format(&mut esp, sector, id.as_fields().0).with_context(|| format!("formatting {device}"))?;
    with(esp, device, |fs| {
        let root = fs.root_dir();
        for folder in FOLDERS {
            root.create_dir(folder)?;
        }
        Ok(())
    })
}

fn format(esp: &mut impl ReadWriteSeek, sector: u16, volume_id: u32) -> io::Result<()> {
    let options = FormatVolumeOptions::new()
        .fat_type(FatType::Fat32)
        .bytes_per_sector(sector)
        .volume_id(volume_id)
        .volume_label(LABEL);
    fatfs::format_volume(esp, options)
}

/// Writes all files of the ESP, the loaders under names that no firmware starts.
pub fn write_boot_files(context: &mut Context<'_>) -> Result<()> {
    let device = context.device(PartitionKind::Esp)?;
    let slots = [
        (context.ids.slot_a, UNFINISHED),
        (context.ids.slot_b, SLOT_B.name),
    ];
    let table = written_table(context)?;
    let [a, b] = slots.map(|(id, name)| slot_ids(id, &table, name));
    let boot = Boot {
        slots: [a?, b?],
        state_uuid: context.ids.state.to_string(),
        serial: context.plan.boot.serial,
        dom0_mem_mib: context.plan.boot.dom0_memory_mib,
    };
    let name = &context.plan.settings.host.name;
    let files = files(&boot, context.ids.host, name, &context.manifest)?;
    let loader = loader()?;
    with(open(&device)?, &device, |fs| {
        for (name, bytes) in &files {
            write(fs, name, bytes)?;
        }
        LOADERS
            .iter()
            .try_for_each(|(unfinished, _)| write(fs, unfinished, &loader))
    })?;
    // As every later change of it: better now than at the first update.
    env::file::write(&device, Environment::default())
}

/// The table that the disk has.
fn written_table(context: &Context<'_>) -> Result<Table> {
    let disk = &context.plan.disk;
    let found = gpt::read_anew(&disk.path, disk.logical_block_size)?;
    let table = found.table().cloned();
    table.with_context(|| format!("reading the partition table of {}", disk.path))
}

/// What the start menu must know of the slot in the partition of this name.
fn slot_ids(file_system: Uuid, table: &Table, name: &str) -> Result<SlotIds> {
    let part = table.partitions.iter().find(|part| part.name == name);
    let part = part.with_context(|| format!("the partition {name} is gone"))?;
    Ok(SlotIds {
        uuid: file_system.to_string(),
        partuuid: part.guid.to_string(),
    })
}

/// All files of the ESP but the loaders, by their paths.
pub fn files(
    boot: &Boot,
    id: Uuid,
    name: &str,
    manifest: &Manifest,
) -> Result<Vec<(String, Vec<u8>)>> {
    let host = firn_image::Host {
        id: id.simple().to_string(),
        name: name.into(),
        version: manifest.version.clone(),
        image: manifest.id.clone(),
    };
    let mut files = vec![
        (
            "grub/grub.cfg".to_owned(),
            firn_config::render_grub(boot)?.into_bytes(),
        ),
        (
            env::file::PATH.to_owned(),
            Environment::default().block().to_vec(),
        ),
        (firn_image::Host::PATH.to_owned(), host.text()?.into_bytes()),
    ];
    for (name, bytes) in extra_files()? {
        files.push((format!("grub/{name}"), bytes));
    }
    Ok(files)
}

/// GRUB as an EFI program.
pub fn loader() -> Result<Vec<u8>> {
    read(&Path::new(GRUB).join("grubx64.efi"))
}

/// Gives the loaders their real names.
pub fn make_startable(context: &Context<'_>) -> Result<()> {
    let device = context.device(PartitionKind::Esp)?;
    with(open(&device)?, &device, |fs| {
        let root = fs.root_dir();
        LOADERS
            .iter()
            .try_for_each(|(unfinished, name)| root.rename(unfinished, &root, name))
    })
}

/// Takes the loaders away, as far as they are there.
pub fn make_unstartable(context: &Context<'_>) -> Result<()> {
    let device = context.device(PartitionKind::Esp)?;
    with(open(&device)?, &device, |fs| {
        for (_, name) in LOADERS {
            match fs.root_dir().remove(name) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
        }
        Ok(())
    })
}

/// Whether firmware finds a loader in the file system on a device, which is only read.
pub fn is_startable(device: &str) -> io::Result<bool> {
    let size = File::open(device)?.seek(io::SeekFrom::End(0))?;
    let Ok(fs) = FileSystem::new(Window::open(device, 0, size)?, FsOptions::new()) else {
        return Ok(false);
    };
    let root = fs.root_dir();
    Ok(LOADERS.iter().any(|(_, name)| root.open_file(name).is_ok()))
}

fn open(device: &str) -> Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(device)
        .with_context(|| format!("opening {device}"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

/// Runs `work` on the file system in `esp`; everything is on the disk afterwards.
fn with(
    esp: File,
    device: &str,
    work: impl FnOnce(&FileSystem<&File>) -> io::Result<()>,
) -> Result<()> {
    let writing = || format!("writing the EFI system partition {device}");
    let mut start = &esp;
    // fatfs insists on beginning at the start.
    start.rewind().with_context(writing)?;
    let fs = FileSystem::new(start, FsOptions::new()).with_context(writing)?;
    work(&fs).with_context(writing)?;
    fs.unmount().with_context(writing)?;
    esp.sync_all().with_context(writing)
}

fn write<T: ReadWriteSeek>(fs: &FileSystem<T>, path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs.root_dir().create_file(path)?;
    file.truncate()?;
    file.write_all(bytes)?;
    file.flush()
}

/// What else lies beside GRUB's images: a font, a theme.
fn extra_files() -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(GRUB)
        .with_context(|| format!("reading {GRUB}"))?
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file()
            && !["boot.img", "core.img", "grubx64.efi"].contains(&name.as_str())
        {
            files.push((name, read(&entry.path())?));
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn files_can_be_written_renamed_and_removed() {
        let mut file = tempfile::tempfile().unwrap();
        file.set_len(512 << 20).unwrap();
        format(&mut file, 512, 7).unwrap();
        with(file.try_clone().unwrap(), "test", |fs| {
            assert_eq!((fs.fat_type(), fs.volume_id()), (FatType::Fat32, 7));
            fs.root_dir().create_dir("EFI")?;
            fs.root_dir().create_dir("EFI/BOOT")?;
            write(fs, LOADERS[0].0, b"loader")
        })
        .unwrap();
        with(file.try_clone().unwrap(), "test", |fs| {
            fs.root_dir()
                .rename(LOADERS[0].0, &fs.root_dir(), LOADERS[0].1)?;
            let mut text = String::new();
            fs.root_dir()
                .open_file(LOADERS[0].1)?
                .read_to_string(&mut text)?;
            assert_eq!(text, "loader");
            Ok(())
        })
        .unwrap();
    }
}
