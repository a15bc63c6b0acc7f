//! The block on a host's EFI system partition, which is not mounted for this: the file keeps its place and its size for ever, and of it one
//! sector is written. `grub-editenv` would empty the file first, and a power cut then leaves nothing.

use super::{Environment, SIZE};
use crate::SECTOR;
use anyhow::{Context, Result, ensure};
use firn_disks::{direct, fat};

/// Its path on the EFI system partition.
pub const PATH: &str = "grub/grubenv";

/// What the block on the EFI system partition `device` says. One that cannot be read says what GRUB makes of it: slot A, and no trial.
pub fn read(device: &str) -> Environment {
    fat::read(device, PATH).map_or_else(|_| Environment::default(), |b| Environment::read(&b))
}

/// Writes the block's first sector, and reads it back from the disk.
///
/// # Errors
/// When the file does not lie in one piece of exactly 1024 bytes, and when the disk refuses. Then nothing is changed.
pub fn write(device: &str, environment: Environment) -> Result<()> {
    let at = fat::place(device, PATH, SIZE as u64)
        .with_context(|| format!("reading {PATH} on {device}"))?;
    let at = at.filter(|at| at % SECTOR as u64 == 0);
    let at = at.with_context(|| {
        format!(
            "{PATH} on {device} is not one block of {SIZE} bytes, so it is not written: \
             start the Firn medium, choose Repair, and have the start menu written anew"
        )
    })?;
    direct::replace(device, at, &environment.block()[..SECTOR])?;
    let found = read(device);
    ensure!(
        found == environment,
        "{device} was written, but {PATH} says {found:?} instead of {environment:?}: the file system is damaged. \
         Start the Firn medium, choose Repair, and have the start menu written anew"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Slot;
    use fatfs::{FileSystem, FormatVolumeOptions, FsOptions};
    use std::fs::File;
    use std::io::{Seek, Write};

    /// An EFI system partition with this in its block.
    fn esp(block: &[u8]) -> tempfile::NamedTempFile {
        let disk = tempfile::NamedTempFile::new().unwrap();
        disk.as_file().set_len(64 << 20).unwrap();
        let mut file: &File = disk.as_file();
        fatfs::format_volume(file, FormatVolumeOptions::new()).unwrap();
        file.rewind().unwrap();
        let fs = FileSystem::new(file, FsOptions::new()).unwrap();
        fs.root_dir().create_dir("grub").unwrap();
        let mut env = fs.root_dir().create_file(PATH).unwrap();
        env.write_all(block).unwrap();
        drop(env);
        fs.unmount().unwrap();
        disk
    }

    #[test]
    fn one_sector_is_written_and_nothing_else() {
        let disk = esp(&Environment::default().block());
        let path = disk.path().to_str().unwrap();
        let before = std::fs::read(path).unwrap();
        for good in [Slot::B, Slot::A] {
            for trial in [true, false] {
                let wanted = Environment { good, trial };
                write(path, wanted).unwrap();
                assert_eq!(read(path), wanted);
            }
        }
        // Back where it was, so every other byte is as it was, too.
        assert!(std::fs::read(path).unwrap() == before);
    }

    #[test]
    fn what_is_left_of_a_block_is_made_whole() {
        let disk = esp(&[0; SIZE]);
        let path = disk.path().to_str().unwrap();
        assert_eq!(read(path), Environment::default());
        let wanted = Environment {
            good: Slot::B,
            trial: true,
        };
        write(path, wanted).unwrap();
        assert_eq!(read(path), wanted);
    }

    #[test]
    fn a_file_of_another_size_is_left_alone_and_said() {
        let disk = esp(&[b'#'; 1000]);
        let path = disk.path().to_str().unwrap();
        let before = std::fs::read(path).unwrap();
        let error = write(path, Environment::default()).unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            format!(
                "grub/grubenv on {path} is not one block of 1024 bytes, so it is not written: \
                 start the Firn medium, choose Repair, and have the start menu written anew"
            )
        );
        assert!(std::fs::read(path).unwrap() == before);
        let nothing = tempfile::NamedTempFile::new().unwrap();
        let path = nothing.path().to_str().unwrap();
        assert!(write(path, Environment::default()).is_err());
        assert_eq!(read(path), Environment::default());
    }
}
