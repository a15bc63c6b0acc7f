//! Drivers that were loaded, kept in memory until the installation.

use firn_words::{Text, say};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use firn_image::run::DRIVERS as FOLDER;
const LIST: &str = "drivers.json";

/// A driver that was loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Loaded {
    /// The file's name.
    pub file: String,
    /// Its modules, in the order of loading.
    pub modules: Vec<String>,
    /// Its firmware, by path below a firmware folder.
    pub firmware: Vec<String>,
    /// How many devices it serves.
    pub devices: usize,
    /// Modules of the image that must be there first.
    pub needs: Vec<String>,
}

/// All of them, in the order of loading.
pub fn list() -> Vec<Loaded> {
    read(Path::new(FOLDER))
}

pub(super) fn read(folder: &Path) -> Vec<Loaded> {
    let text = firn_words::read_text(folder.join(LIST)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Remembers one more; the same file loaded again replaces itself.
pub(super) fn add(folder: &Path, loaded: &Loaded) -> io::Result<()> {
    let mut all = read(folder);
    all.retain(|other| other.file != loaded.file);
    all.push(loaded.clone());
    let text = serde_json::to_string_pretty(&all).map_err(io::Error::other)?;
    fs::create_dir_all(folder)?;
    fs::write(folder.join(LIST), text)
}

/// Where a loaded module's file is kept.
pub(super) fn module_file(folder: &Path, module: &str) -> PathBuf {
    folder.join("modules").join(format!("{module}.ko"))
}

impl Loaded {
    /// What came of it, for people.
    pub fn text(&self) -> Text {
        if self.modules.is_empty() {
            let count = self.firmware.len();
            return say!("driver-firmware-there", file = &self.file, count = count);
        }
        if self.devices == 0 {
            return say!("driver-serves-nothing", file = &self.file);
        }
        say!("driver-loaded", file = &self.file, count = self.devices)
    }
}
