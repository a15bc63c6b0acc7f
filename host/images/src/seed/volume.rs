//! The seed's file system.

use crate::Error;
use crate::sandbox::program_text;
use fatfs::{Date, DateTime, FileSystem, FormatVolumeOptions, FsOptions, Time, TimeProvider};
use std::io::{self, Cursor, Write};

const SIZE: usize = 1 << 20;
/// cloud-init looks for it, in capitals or small letters.
const LABEL: [u8; 11] = *b"CIDATA     ";
/// The same seed is the same volume, byte by byte.
const ID: u32 = 0x4649_524e;

/// A volume with these files.
pub(crate) fn volume(files: &[(&str, String)]) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; SIZE];
    // In memory nothing fails but for want of room.
    fill(&mut bytes, files).map_err(|e| Error::Failed(program_text("fatfs", &e.to_string())))?;
    Ok(bytes)
}

fn fill(bytes: &mut [u8], files: &[(&str, String)]) -> io::Result<()> {
    let options = FormatVolumeOptions::new().volume_id(ID).volume_label(LABEL);
    fatfs::format_volume(Cursor::new(&mut *bytes), options)?;
    let options = FsOptions::new()
        .time_provider(&EPOCH)
        .update_accessed_date(false);
    let volume = FileSystem::new(Cursor::new(bytes), options)?;
    for (name, text) in files {
        volume
            .root_dir()
            .create_file(name)?
            .write_all(text.as_bytes())?;
    }
    volume.unmount()
}

/// FAT begins in 1980.
#[derive(Debug)]
struct Epoch;

static EPOCH: Epoch = Epoch;

impl TimeProvider for Epoch {
    fn get_current_date(&self) -> Date {
        Date {
            year: 1980,
            month: 1,
            day: 1,
        }
    }

    fn get_current_date_time(&self) -> DateTime {
        let time = Time {
            hour: 0,
            min: 0,
            sec: 0,
            millis: 0,
        };
        DateTime {
            date: self.get_current_date(),
            time,
        }
    }
}
