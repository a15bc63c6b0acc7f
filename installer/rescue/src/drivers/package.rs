//! Debian packages with modules or firmware.

use super::find::is_driver;
use super::module::name_of;
use firn_command::cmd;
use firn_words::{Text, say};
use std::fs;
use std::path::{Path, PathBuf};

/// A package that needs more memory than this, in KiB, is no driver's.
const MOST_KIB: u64 = 512 << 10;
/// A kernel's own package has thousands of modules; loading them all would be madness.
const MOST_MODULES: usize = 64;

/// What a package brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Modules for the running kernel.
    pub modules: Vec<PathBuf>,
    /// The folder with its firmware, if it has any.
    pub firmware: Option<PathBuf>,
}

/// Unpacks a package into the folder and says what is in it for the kernel of this release.
///
/// # Errors
/// When the package is damaged, or holds no driver for this kernel.
pub fn open(package: &Path, folder: &Path, release: &str) -> Result<Contents, Text> {
    let file = name_of(package);
    let damaged =
        |e: firn_command::Error| say!("driver-damaged", file = &file, reason = e.last_words());
    let size = cmd("dpkg-deb", ["--field"])
        .arg(package)
        .arg("Installed-Size");
    let size: u64 = size.read().map_err(damaged)?.trim().parse().unwrap_or(0);
    if size > MOST_KIB {
        return Err(say!("driver-too-large", file = &file));
    }
    let unpack = cmd("dpkg-deb", ["--extract"]).arg(package).arg(folder);
    unpack.run().map_err(damaged)?;
    contents(&file, folder, release)
}

/// Looks through an unpacked package.
pub(super) fn contents(file: &str, folder: &Path, release: &str) -> Result<Contents, Text> {
    let roots = ["lib", "usr/lib"].map(|lib| folder.join(lib));
    let mut found = Contents::default();
    let mut kernels = Vec::new();
    for root in &roots {
        for kernel in entries(&root.join("modules")) {
            let name = name_of(&kernel);
            if name == release {
                collect(&kernel, &mut found.modules);
            }
            kernels.push(name);
        }
        let firmware = root.join("firmware");
        if !entries(&firmware).is_empty() {
            found.firmware = Some(firmware);
        }
    }
    found.modules.sort();
    if found.modules.len() > MOST_MODULES {
        let count = found.modules.len();
        return Err(say!("driver-too-many", file = file, count = count));
    }
    // Firmware alone is a driver's, too; but beside modules for another kernel it would only look like a success.
    let firmware_alone = found.firmware.is_some() && kernels.is_empty();
    if !found.modules.is_empty() || firmware_alone {
        return Ok(found);
    }
    let source = entries(&folder.join("usr/src"))
        .iter()
        .any(|source| source.join("dkms.conf").exists());
    Err(match kernels.as_slice() {
        [] if source => say!("driver-dkms", file = file, running = release),
        [] => say!("driver-not-inside", file = file),
        kernels => say!(
            "driver-other-kernel",
            file = file,
            kernel = kernels.join(", "),
            running = release
        ),
    })
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The modules below a folder; links are not followed, a package could point anywhere.
fn collect(folder: &Path, modules: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            collect(&path, modules);
        } else if is_driver(&name_of(&path)) {
            modules.push(path);
        }
    }
}
