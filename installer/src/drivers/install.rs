//! Loaded drivers go along to the installed host.

use super::kept::{self, FOLDER, Loaded};
use super::module;
use firn_command::cmd;
use firn_cpio::Archive;
use firn_image::file::{DRIVERS as IN_INITRD, INITRD, LOCAL_INITRD as LOCAL};
use firn_words::{Text, say};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file with the modules' order, beside them in the initrd.
const LOAD: &str = "load";
/// The first place where a kernel looks for firmware.
const FIRMWARE_IN_INITRD: &str = "usr/lib/firmware/updates";
/// On the host's state; the host sees it as /var/lib/firn/drivers.
const ON_STATE: &str = "drivers";

/// A file by its path below a folder, and what it holds.
type Files = Vec<(String, Vec<u8>)>;

/// Gives every loaded driver to the host whose slot and state are mounted at these folders; gives their names.
/// Without any, nothing is written.
///
/// # Errors
/// What could not be read or written.
pub fn install(slot: &Path, state: &Path) -> Result<Vec<String>, Text> {
    let loaded = kept::list();
    if loaded.is_empty() {
        return Ok(Vec::new());
    }
    let failed = |e: io::Error| say!("driver-not-installed", reason = e.to_string());
    let work = Path::new("/var/tmp/firn-driver-needs");
    let result = fs::create_dir_all(work)
        .map_err(failed)
        .and_then(|()| modules(Path::new(FOLDER), &loaded, work))
        .and_then(|modules| {
            let firmware = firmware(Path::new(FOLDER)).map_err(failed)?;
            to_state(&state.join(ON_STATE), &modules, &firmware).map_err(failed)?;
            to_slot(slot, &modules, &firmware).map_err(failed)
        });
    let _ = fs::remove_dir_all(work);
    result.map(|()| loaded.into_iter().map(|l| l.file).collect())
}

/// All modules in the order of loading, first those of the image that drivers need: the initrd may lack them.
fn modules(folder: &Path, loaded: &[Loaded], work: &Path) -> Result<Files, Text> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for driver in loaded {
        for need in &driver.needs {
            for file in files_of(need) {
                paths.push(module::unpack(&file, work)?);
            }
        }
        let own = driver.modules.iter();
        paths.extend(own.map(|name| kept::module_file(folder, name)));
    }
    let mut files: Files = Vec::new();
    for path in paths {
        let name = module::name_of(&path);
        if files.iter().all(|(other, _)| *other != name) {
            let bytes = fs::read(&path);
            let bytes = bytes.map_err(|e| say!("driver-not-installed", reason = e.to_string()))?;
            files.push((name, bytes));
        }
    }
    Ok(files)
}

/// The files that loading a module of the image would take, in order; none if it is built in or missing.
fn files_of(module: &str) -> Vec<PathBuf> {
    let text = cmd("modprobe", ["--show-depends", module]).read();
    shown(&text.unwrap_or_default())
}

/// The output of `modprobe --show-depends`: `insmod FILE [PARAMETERS]`, `builtin NAME`.
pub(super) fn shown(text: &str) -> Vec<PathBuf> {
    let file = |line: &str| Some(line.strip_prefix("insmod ")?.split(' ').next()?.into());
    text.lines().filter_map(file).collect()
}

fn firmware(folder: &Path) -> io::Result<Files> {
    let root = folder.join("firmware");
    let mut paths = Vec::new();
    super::firmware::tree(&root, &root, &mut paths);
    paths.sort();
    let read = |path: PathBuf| Ok((path.display().to_string(), fs::read(root.join(&path))?));
    paths.into_iter().map(read).collect()
}

/// The names of the modules, one a line.
fn load_list(modules: &Files) -> String {
    modules
        .iter()
        .map(|(name, _)| format!("{name}\n"))
        .collect()
}

/// For the running host, which may load them again and look for their firmware.
pub(super) fn to_state(folder: &Path, modules: &Files, firmware: &Files) -> io::Result<()> {
    let kernel = super::kernel::running().release;
    let firmware = firmware
        .iter()
        .map(|(path, bytes)| (format!("firmware/{path}"), bytes));
    let modules_at = modules
        .iter()
        .map(|(name, bytes)| (format!("modules/{name}"), bytes));
    for (path, bytes) in firmware.chain(modules_at) {
        write(&folder.join(path), bytes)?;
    }
    write(&folder.join(LOAD), load_list(modules).as_bytes())?;
    write(&folder.join("kernel"), format!("{kernel}\n").as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// The slot's own initrd with an archive behind it; under its last name only when it is whole.
pub(super) fn to_slot(slot: &Path, modules: &Files, firmware: &Files) -> io::Result<()> {
    let mut bytes = fs::read(slot.join(INITRD))?;
    firn_cpio::append(&mut bytes, archive(modules, firmware));
    let new = slot.join(format!("{LOCAL}.new"));
    let mut file = File::create(&new)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(new, slot.join(LOCAL))?;
    File::open(slot)?.sync_all()
}

fn archive(modules: &Files, firmware: &Files) -> Archive {
    let mut archive = Archive::default();
    for (path, bytes) in firmware {
        archive.file(&format!("{FIRMWARE_IN_INITRD}/{path}"), bytes);
    }
    for (name, bytes) in modules {
        archive.file(&format!("{IN_INITRD}/{name}"), bytes);
    }
    archive.file(
        &format!("{IN_INITRD}/{LOAD}"),
        load_list(modules).as_bytes(),
    );
    archive
}
