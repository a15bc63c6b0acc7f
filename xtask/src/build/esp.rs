//! The ISO's EFI system partition: what UEFI firmware starts from a CD and from a stick that the ISO was written to.
//!
//! The same loaders lie in the ISO's own tree, so that its files also start where they were copied to a stick with FAT32.

use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Shim, MOK manager and GRUB need 4.2 MB.
const SIZE: u64 = 5 << 20;

/// FAT's volume id: fixed, so that two builds are the same bytes.
const ID: u32 = 0xF190_0001;

/// Where firmware looks on any medium, in the spelling of the specification.
pub const FOLDER: [&str; 2] = ["EFI", "BOOT"];

/// Files of the step `grub`, and what they are called. Firmware starts shim, shim starts Debian's signed GRUB: so the medium also
/// starts where Secure Boot is on.
pub const LOADERS: [(&str, &str); 3] = [
    ("shimx64.efi", "BOOTX64.EFI"),
    ("gcdx64.efi", "grubx64.efi"),
    ("mmx64.efi", "mmx64.efi"),
];

/// Where Debian's signed GRUB looks first, on whatever it was loaded from.
const CONFIG: [&str; 3] = ["boot", "grub", "grub.cfg"];

/// Makes the partition's image, whose GRUB goes on to the medium that has the file `marker`.
///
/// # Errors
/// When a loader is missing, or all of it does not fit.
pub fn write(path: &Path, grub: &Path, marker: &str) -> Result<()> {
    let file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
        .with_context(|| format!("making {}", path.display()))?;
    file.set_len(SIZE)?;
    let options = fatfs::FormatVolumeOptions::new()
        .volume_id(ID)
        .volume_label(*b"FIRN-EFI   ");
    fatfs::format_volume(&file, options).context("formatting the ISO's EFI system partition")?;
    let options = fatfs::FsOptions::new()
        .time_provider(&EPOCH)
        .update_accessed_date(false);
    let volume = fatfs::FileSystem::new(&file, options)?;
    let root = volume.root_dir();
    let [efi, boot] = FOLDER;
    let folder = root.create_dir(efi)?.create_dir(boot)?;
    for (from, name) in LOADERS {
        let bytes = fs::read(grub.join(from)).with_context(|| format!("reading {from}"))?;
        folder.create_file(name)?.write_all(&bytes)?;
    }
    let [boot, grub, name] = CONFIG;
    let folder = root.create_dir(boot)?.create_dir(grub)?;
    folder
        .create_file(name)?
        .write_all(config(marker).as_bytes())?;
    Ok(())
}

/// By the image id and not by a label or by whatever looks like an installer: another medium may be in the machine.
fn config(marker: &str) -> String {
    format!(
        "search --no-floppy --set=root --file /{marker}\n\
         set prefix=($root)/boot/grub\n\
         source $prefix/grub.cfg\n"
    )
}

/// FAT begins in 1980; a fixed time keeps the image the same.
#[derive(Debug)]
struct Epoch;

static EPOCH: Epoch = Epoch;

impl fatfs::TimeProvider for Epoch {
    fn get_current_date(&self) -> fatfs::Date {
        fatfs::Date {
            year: 1980,
            month: 1,
            day: 1,
        }
    }

    fn get_current_date_time(&self) -> fatfs::DateTime {
        let time = fatfs::Time {
            hour: 0,
            min: 0,
            sec: 0,
            millis: 0,
        };
        fatfs::DateTime {
            date: self.get_current_date(),
            time,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    /// As large as Debian's loaders, or a little larger.
    fn loaders(sizes: [usize; 3]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for ((name, _), size) in LOADERS.iter().zip(sizes) {
            fs::write(folder.path().join(name), vec![b'x'; size]).unwrap();
        }
        folder
    }

    #[test]
    fn firmware_and_grub_find_their_files() {
        let grub = loaders([1_000_000, 3_000_000, 900_000]);
        let path = grub.path().join("esp");
        write(&path, grub.path(), "firn/0011.id").unwrap();
        let file = fs::File::options()
            .read(true)
            .write(true)
            .open(path)
            .unwrap();
        let volume = fatfs::FileSystem::new(file, fatfs::FsOptions::new()).unwrap();
        let read = |name: &str| {
            let mut bytes = Vec::new();
            let root = volume.root_dir();
            root.open_file(name)
                .unwrap()
                .read_to_end(&mut bytes)
                .unwrap();
            bytes
        };
        assert_eq!(read("EFI/BOOT/BOOTX64.EFI").len(), 1_000_000);
        assert_eq!(read("EFI/BOOT/grubx64.efi").len(), 3_000_000);
        assert_eq!(
            String::from_utf8(read("boot/grub/grub.cfg")).unwrap(),
            "search --no-floppy --set=root --file /firn/0011.id\nset prefix=($root)/boot/grub\nsource $prefix/grub.cfg\n"
        );
    }

    #[test]
    fn loaders_that_do_not_fit_are_an_error() {
        let grub = loaders([1_000_000, 6_000_000, 900_000]);
        assert!(write(&grub.path().join("esp"), grub.path(), "firn/0.id").is_err());
    }
}
