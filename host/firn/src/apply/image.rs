//! The running image: its id, and its own files, which what was changed on this host lies over.

use anyhow::{Context, Result};
use firn_config::File;
use firn_image::{Manifest, file, run};
use rustix::fs::CWD;
use rustix::mount::{OpenTreeFlags, open_tree};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// An image whose files can be read.
pub struct Image {
    /// The image id.
    pub id: String,
    root: PathBuf,
    /// Keeps `root` open.
    _tree: Option<OwnedFd>,
}

impl Image {
    /// The image that runs.
    pub fn running() -> Result<Self> {
        let path = Path::new(run::SLOT).join(file::MANIFEST);
        let reading = || format!("reading {}", path.display());
        let text = fs::read_to_string(&path).with_context(reading)?;
        let id = Manifest::parse(&text).with_context(reading)?.id;
        // A view of the root alone: nothing is mounted in it, so its /etc is the image's.
        let flags = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC;
        let tree = open_tree(CWD, "/", flags).context("looking at the image's own files")?;
        Ok(Self {
            id,
            root: format!("/proc/self/fd/{}", tree.as_raw_fd()).into(),
            _tree: Some(tree),
        })
    }

    /// An image in a folder.
    #[cfg(test)]
    pub fn at(root: &Path, id: &str) -> Self {
        Self {
            id: id.into(),
            root: root.to_owned(),
            _tree: None,
        }
    }

    /// A file or link of the image; none if it has no such.
    pub fn file(&self, path: &str) -> Result<Option<File>> {
        let Some((found, place)) = self.look(path)? else {
            return Ok(None);
        };
        let reading = || format!("reading the image's {path}");
        let (content, link) = if found.is_symlink() {
            let target = fs::read_link(&place).with_context(reading)?;
            (String::new(), Some(target.to_string_lossy().into_owned()))
        } else {
            (fs::read_to_string(&place).with_context(reading)?, None)
        };
        Ok(Some(File {
            path: path.into(),
            mode: found.permissions().mode() & 0o7777,
            content,
            link,
        }))
    }

    /// User and group of one of its files.
    pub fn owner(&self, path: &str) -> Result<Option<(u32, u32)>> {
        let found = self.look(path)?;
        Ok(found.map(|(found, _)| (found.uid(), found.gid())))
    }

    fn look(&self, path: &str) -> Result<Option<(Metadata, PathBuf)>> {
        let place = super::change::below(&self.root, path);
        match fs::symlink_metadata(&place) {
            Ok(found) => Ok(Some((found, place))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("looking for the image's {path}")),
        }
    }
}
