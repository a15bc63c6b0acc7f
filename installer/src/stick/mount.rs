//! Mounts a stick for the time of some work.

use super::{Stick, free_name, trouble};
use firn_image::run::STICK as FOLDER;
use firn_words::{Text, say};
use rustix::mount::{MountFlags, UnmountFlags};
use std::ffi::CString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What `lsblk` calls a file system, what the kernel calls it, its options for reading, and whether files are saved there.
///
/// Options: a foreign file system is left as it is (ext4 would replay its journal even when mounted read-only). NTFS is
/// only read: Windows leaves it half-closed, and then writing would damage it.
const KINDS: &[(&str, &str, &str, bool)] = &[
    ("vfat", "vfat", "", true),
    ("msdos", "vfat", "", true),
    ("exfat", "exfat", "", true),
    ("ext2", "ext4", "noload", true),
    ("ext3", "ext4", "noload", true),
    ("ext4", "ext4", "noload", true),
    ("iso9660", "iso9660", "", false),
    ("udf", "udf", "", false),
    ("ntfs", "ntfs3", "", false),
];

/// Whether a file system of this kind can be read.
pub fn known(kind: &str) -> bool {
    KINDS.iter().any(|(name, ..)| *name == kind)
}

/// Whether files can be saved on a file system of this kind.
pub fn can_write(kind: &str) -> bool {
    KINDS
        .iter()
        .any(|(name, .., write)| *name == kind && *write)
}

impl Stick {
    /// Mounts it read-only for the time of `work`, which gets the folder.
    ///
    /// # Errors
    /// What is wrong with the stick, in one sentence.
    pub fn read<T>(&self, work: impl FnOnce(&Path) -> io::Result<T>) -> Result<T, Text> {
        let mounted = self.mount(MountFlags::RDONLY)?;
        let result = work(&mounted.folder).map_err(|e| trouble::of_work(self, &e));
        mounted.unmount();
        result
    }

    /// Mounts it for the time of `work`, which gets the folder; everything is on the stick afterwards.
    ///
    /// # Errors
    /// What is wrong with the stick, in one sentence.
    pub fn write<T>(&self, work: impl FnOnce(&Path) -> io::Result<T>) -> Result<T, Text> {
        if !self.writable {
            let problem = self.problem.clone();
            return Err(problem.unwrap_or_else(|| say!("stick-read-only", device = &self.path)));
        }
        let mounted = self.mount(MountFlags::empty())?;
        let result = work(&mounted.folder).and_then(|value| {
            let folder = fs::File::open(&mounted.folder)?;
            rustix::fs::syncfs(&folder)?;
            Ok(value)
        });
        let result = result.map_err(|e| trouble::of_work(self, &e));
        mounted.unmount();
        result
    }

    /// Saves a file under this name, or `NAME-2`, `NAME-3` where there is one already; gives the name it has.
    ///
    /// # Errors
    /// What is wrong with the stick, in one sentence; nothing half written is left then.
    pub fn save(&self, name: &str, content: &[u8]) -> Result<String, Text> {
        self.write(|folder| free_name::save(folder, name, content))
    }

    fn mount(&self, access: MountFlags) -> Result<Mounted, Text> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let Some((_, kind, options, _)) = KINDS.iter().find(|(name, ..)| *name == self.filesystem)
        else {
            return Err(say!(
                "stick-other-file-system",
                device = &self.path,
                kind = &self.filesystem
            ));
        };
        let folder = Path::new(FOLDER).join(&self.name);
        fs::create_dir_all(&folder).map_err(|e| trouble::of_work(self, &e))?;
        let read_only = access.contains(MountFlags::RDONLY);
        let options = CString::new(if read_only { *options } else { "" }).unwrap_or_default();
        let flags = access | MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
        rustix::mount::mount(
            self.path.as_str(),
            &folder,
            *kind,
            flags,
            options.as_c_str(),
        )
        .map_err(|e| trouble::of_mount(self, e))?;
        Ok(Mounted { folder })
    }
}

/// A mounted stick; it is unmounted also when its work panics.
struct Mounted {
    folder: PathBuf,
}

impl Mounted {
    fn unmount(self) {
        drop(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if rustix::mount::unmount(&self.folder, UnmountFlags::empty()).is_err() {
            // Somebody still looks at a file of it (or it is gone): it goes when that ends.
            let _ = rustix::mount::unmount(&self.folder, UnmountFlags::DETACH);
        }
        let _ = fs::remove_dir(&self.folder);
    }
}
