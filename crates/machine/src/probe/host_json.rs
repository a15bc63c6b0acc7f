//! Who the host on an EFI system partition is, and whether a firmware would start it; read without mounting.

use crate::FirnHost;
use fatfs::{FileSystem, FsOptions};
use firn_disks::Window;
use firn_image::Host;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The file that every firmware starts where its own settings name none.
const LOADER: &str = "EFI/BOOT/BOOTX64.EFI";
/// Bytes of the largest host.json.
const LARGEST: u64 = 65536;

/// The host in `EFI/firn/host.json`, on the partition of `size` bytes that begins at byte `start` of the disk.
///
/// # Errors
/// When there is no such file, or something is wrong with it or with its file system.
pub fn read(disk: &str, start: u64, size: u64) -> io::Result<FirnHost> {
    on(disk, start, size, |fs| {
        let mut bytes = Vec::new();
        let file = fs.root_dir().open_file(Host::PATH)?;
        file.take(LARGEST).read_to_end(&mut bytes)?;
        // A bad byte in a name makes no host a stranger.
        parse(&String::from_utf8_lossy(&bytes))
    })
}

/// Whether a firmware would start something from there. A file system that cannot be read starts nothing.
pub fn starts(disk: &str, start: u64, size: u64) -> bool {
    on(disk, start, size, |fs| {
        fs.root_dir().open_file(LOADER).map(drop)
    })
    .is_ok()
}

/// The code for FAT has panics in it; a damaged file system must not take the rest of what the disk says along.
fn on<T>(
    disk: &str,
    start: u64,
    size: u64,
    work: impl FnOnce(&FileSystem<Window>) -> io::Result<T>,
) -> io::Result<T> {
    let window = Window::open(disk, start, size)?;
    let all = || work(&FileSystem::new(window, FsOptions::new())?);
    let result = catch_unwind(AssertUnwindSafe(all));
    result.unwrap_or_else(|_| Err(io::Error::other("the file system is damaged")))
}

/// The text of host.json.
pub fn parse(text: &str) -> io::Result<FirnHost> {
    let host = Host::parse(text)?;
    let hex = host.id.len() == 32 && host.id.bytes().all(|b| b.is_ascii_hexdigit());
    if !hex {
        return Err(io::Error::other("the id in host.json is no host id"));
    }
    Ok(FirnHost {
        id: host.id.to_lowercase(),
        name: host.name,
        version: host.version,
    })
}
