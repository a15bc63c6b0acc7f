//! The files that belong to guests: definitions, journals, kernels. The one place that touches them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Files in one folder. `name` is a path in it, such as `definitions/guests/a1b2c3d4.toml`. What is done is done on the disk when a
/// call returns, and a power cut in the middle leaves either the old or the new.
pub trait Files: Send + Sync {
    /// What a file holds; nothing when it is not there.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>>;

    /// Gives a file new contents, readable by its owner only.
    ///
    /// # Errors
    /// When it cannot be written, or the contents cannot be read; the old contents are still there then.
    fn write(&self, name: &str, contents: &mut dyn Read) -> io::Result<()>;

    /// Removes a file. One that is not there is no error.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// The names in a folder, sorted, without what interrupted writing has left. A folder that is not there is empty.
    ///
    /// # Errors
    /// When it cannot be read.
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;

    /// Removes from a folder what interrupted writing has left.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn sweep(&self, folder: &str) -> io::Result<()>;

    /// Where a file lies, for other programs.
    fn path(&self, name: &str) -> PathBuf;
}

/// A folder on a disk.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at a path; it is made with the first file.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

/// What marks a file that is being written.
const UNFINISHED: &str = ".new";

fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(UNFINISHED)
}

impl Files for Folder {
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        }
    }

    fn write(&self, name: &str, contents: &mut dyn Read) -> io::Result<()> {
        let path = self.path(name);
        let (folder, file) = parts(&path)?;
        fs::create_dir_all(folder)?;
        let beside = folder.join(format!(".{file}{UNFINISHED}"));
        let mut options = OpenOptions::new();
        let mut new = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)?;
        let written = io::copy(contents, &mut new)
            .and_then(|_| new.sync_all())
            .and_then(|()| fs::rename(&beside, &path));
        if let Err(error) = written {
            // What did not fit must not keep the room that the journal needs; the failure is the first one.
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        sync(folder)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed.and_then(|()| sync(parts(&path)?.0)),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = names(&self.path(folder))?;
        names.retain(|name| !is_unfinished(name));
        Ok(names)
    }

    fn sweep(&self, folder: &str) -> io::Result<()> {
        let path = self.path(folder);
        let mut left = names(&path)?.into_iter().filter(|name| is_unfinished(name));
        left.try_for_each(|name| fs::remove_file(path.join(name)))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

fn parts(path: &Path) -> io::Result<(&Path, &str)> {
    let file = path.file_name().and_then(|name| name.to_str());
    path.parent()
        .zip(file)
        .ok_or_else(|| io::ErrorKind::InvalidInput.into())
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let name =
        |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.map(name).collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn files_are_their_owners_and_whole() {
        let root = tempfile::tempdir().unwrap();
        let files = Folder::new(root.path());
        assert_eq!(files.read("a/b.toml").unwrap(), None);
        assert_eq!(files.list("a").unwrap(), Vec::<String>::new());
        files.write("a/b.toml", &mut b"one".as_slice()).unwrap();
        files.write("a/b.toml", &mut b"two".as_slice()).unwrap();
        assert_eq!(files.read("a/b.toml").unwrap().unwrap(), b"two");
        let mode = fs::metadata(files.path("a/b.toml"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(files.path("a/.c.toml.new"), "tor").unwrap();
        assert_eq!(files.list("a").unwrap(), ["b.toml"]);
        files.sweep("a").unwrap();
        assert!(!files.path("a/.c.toml.new").exists());
        files.remove("a/b.toml").unwrap();
        files.remove("a/b.toml").unwrap();
        assert_eq!(files.list("a").unwrap(), Vec::<String>::new());
    }
}
