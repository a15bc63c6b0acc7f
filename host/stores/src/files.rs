//! A store of files: one sparse raw file for each volume. Whose a file is stands in its extended attributes, so that both go together.

mod attributes;
mod loops;

use crate::{Error, Facts, Kind, Owner, Result, Store, Volume, name};
use firn_command::limited::{Programs, Run};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

const SUFFIX: &str = ".raw";
/// Of a file that is not whole yet, behind the suffix.
const NEW: &str = ".new";
/// What `st_blocks` counts in.
const BLOCK: u64 = 512;

/// A store of files.
pub struct Files {
    folder: PathBuf,
    /// Its bytes, where it is not as large as its file system.
    size: Option<u64>,
    run: Box<dyn Run>,
    /// Where the kernel tells about block devices.
    block: PathBuf,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.folder.display())
    }
}

impl Files {
    /// The store in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        let store = Self {
            folder,
            size: None,
            run: Box::new(Programs),
            block: loops::BLOCK.into(),
        };
        for path in store.entries()? {
            if path.to_string_lossy().ends_with(NEW) {
                fs::remove_file(&path).map_err(Error::file(&path))?;
            }
        }
        Ok(store)
    }

    /// The same store, which counts as so many bytes large: for simulated hosts, whose folder lies on a disk that is not theirs.
    #[must_use]
    pub fn sized(self, bytes: u64) -> Self {
        let size = Some(bytes);
        Self { size, ..self }
    }

    /// Its bytes, and those in use.
    fn room(&self) -> Result<(u64, u64)> {
        if let Some(size) = self.size {
            let volumes = self.volumes()?;
            return Ok((size, volumes.iter().map(|volume| volume.used).sum()));
        }
        let facts = rustix::fs::statvfs(&self.folder).map_err(io::Error::from);
        let facts = facts.map_err(Error::file(&self.folder))?;
        let size = facts.f_blocks * facts.f_frsize;
        Ok((size, size.saturating_sub(facts.f_bavail * facts.f_frsize)))
    }

    fn file(&self, volume: &str) -> Result<PathBuf> {
        let name = name::checked(volume)?;
        Ok(self.folder.join(format!("{name}{SUFFIX}")))
    }

    /// The file of a volume that is there.
    fn existing(&self, volume: &str) -> Result<PathBuf> {
        let path = self.file(volume)?;
        if path.try_exists().map_err(Error::file(&path))? {
            return Ok(path);
        }
        let volume = volume.to_owned();
        Err(Error::NoVolume { volume })
    }

    fn entries(&self) -> Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.folder).map_err(Error::file(&self.folder))?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        paths
            .collect::<io::Result<_>>()
            .map_err(Error::file(&self.folder))
    }

    /// Writes a change of the folder to the disk.
    fn sync(&self) -> Result<()> {
        let folder = File::open(&self.folder).and_then(|folder| folder.sync_all());
        folder.map_err(Error::file(&self.folder))
    }

    /// Makes a file beside its place, and puts it there once it is whole.
    fn make(&self, path: &Path, size: u64, owner: &Owner) -> Result<()> {
        let mut new = path.as_os_str().to_owned();
        new.push(NEW);
        let new = PathBuf::from(new);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let file = options.open(&new).map_err(Error::file(&new))?;
        file.set_len(size).map_err(Error::file(&new))?;
        attributes::write(&file, owner).map_err(Error::file(&new))?;
        file.sync_all().map_err(Error::file(&new))?;
        fs::rename(&new, path).map_err(Error::file(path))?;
        self.sync()
    }

    /// A volume; none where the file is no volume, or has gone meanwhile.
    fn volume(path: &Path) -> Result<Option<Volume>> {
        let file_name = path.file_name().and_then(|name| name.to_str());
        let Some(name) = file_name.and_then(|name| name.strip_suffix(SUFFIX)) else {
            return Ok(None);
        };
        let read = || -> io::Result<Volume> {
            let file = File::open(path)?;
            let facts = file.metadata()?;
            Ok(Volume {
                name: name.to_owned(),
                size: facts.len(),
                used: facts.blocks() * BLOCK,
                owner: attributes::read(&file)?,
            })
        };
        match read() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some).map_err(Error::file(path)),
        }
    }
}

impl Store for Files {
    fn facts(&self) -> Result<Facts> {
        let (size, used) = self.room()?;
        Ok(Facts {
            kind: Kind::Files,
            size,
            used,
            metadata_percent: None,
            snapshots: false,
            thin_clone: false,
        })
    }

    fn volumes(&self) -> Result<Vec<Volume>> {
        let entries = self.entries()?;
        let found = entries.iter().map(|path| Self::volume(path));
        let found: Result<Vec<Option<Volume>>> = found.collect();
        let mut found: Vec<Volume> = found?.into_iter().flatten().collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    fn create(&self, name: &str, size: u64, owner: &Owner) -> Result<PathBuf> {
        let path = self.file(name)?;
        match Self::volume(&path)? {
            Some(there) if there.owner != *owner => {
                let volume = name.to_owned();
                return Err(Error::Taken { volume });
            }
            Some(there) if there.size >= size => return Ok(path),
            Some(_) => self.grow(name, size)?,
            None => {
                self.facts()?.has_room()?;
                self.make(&path, size, owner)?;
            }
        }
        Ok(path)
    }

    fn remove(&self, name: &str) -> Result<()> {
        let path = self.file(name)?;
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(Error::file(&path)).and_then(|()| self.sync()),
        }
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        let (source, target) = (self.file(from)?, self.file(to)?);
        let renamed = renameat_with(CWD, &source, CWD, &target, RenameFlags::NOREPLACE);
        match renamed.map_err(io::Error::from) {
            Ok(()) => self.sync(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self
                .existing(to)
                .map_err(|_| {
                    let volume = from.to_owned();
                    Error::NoVolume { volume }
                })
                .map(drop),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let volume = to.to_owned();
                Err(Error::Taken { volume })
            }
            Err(error) => Err(Error::file(&source)(error)),
        }
    }

    fn own(&self, name: &str, owner: &Owner) -> Result<()> {
        let path = self.existing(name)?;
        let written = File::open(&path).and_then(|file| {
            attributes::write(&file, owner)?;
            file.sync_all()
        });
        written.map_err(Error::file(&path))
    }

    fn grow(&self, name: &str, size: u64) -> Result<()> {
        let path = self.existing(name)?;
        let file = OpenOptions::new().write(true).open(&path);
        let file = file.map_err(Error::file(&path))?;
        let now = file.metadata().map_err(Error::file(&path))?.len();
        if now > size {
            let volume = name.to_owned();
            return Err(Error::Shrink { volume, size: now });
        }
        file.set_len(size).map_err(Error::file(&path))?;
        file.sync_all().map_err(Error::file(&path))?;
        loops::resize(&*self.run, &self.block, &path)
    }

    fn path(&self, name: &str) -> Result<PathBuf> {
        self.existing(name)
    }
}

#[cfg(test)]
mod tests;
